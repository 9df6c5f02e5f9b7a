package dev.nightjar.bench.profile.symbols;

import dev.nightjar.bench.profile.symbols.Symbols.Place;
import dev.nightjar.model.profile.CodeFunction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Functions by the places that debug information gives. Of what others were inlined into, some
 * versions of binutils name the wrong file (the unit's, where it is a header's): then the file
 * counts in which the function's own instructions stand.
 */
public final class PlacedFunctions {
  private final SourceNames names;
  private final Map<List<String>, String> files = new HashMap<>();
  private final Set<List<String>> known = new HashSet<>();

  public PlacedFunctions(SourceNames names) {
    this.names = names;
  }

  /** Takes note of where an instruction stands: the innermost place of an address. */
  public void meet(String object, Place innermost) {
    files.putIfAbsent(List.of(object, innermost.function()), innermost.file());
    known.add(List.of(object, innermost.function(), innermost.file()));
  }

  public CodeFunction at(String object, Place place) {
    boolean isKnown = known.contains(List.of(object, place.function(), place.file()));
    String file =
        isKnown
            ? place.file()
            : files.getOrDefault(List.of(object, place.function()), place.file());
    return new CodeFunction(
        SourceNames.function(place.function()), names.object(object), names.source(file));
  }
}
