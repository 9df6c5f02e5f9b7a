package dev.nightjar.bench.profile;

import dev.nightjar.bench.profile.symbols.PlacedFunctions;
import dev.nightjar.bench.profile.symbols.SourceNames;
import dev.nightjar.bench.profile.symbols.Symbols;
import dev.nightjar.model.profile.CodeFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes stacks of functions of what perf sampled, those that were inlined included. */
final class PerfStacks {
  private final SourceNames names;
  private final PlacedFunctions functions;
  private final Symbols symbols;
  private final double sampleSeconds;
  private final Map<String, Map<Long, List<Symbols.Place>>> places = new HashMap<>();
  private Map<String, String> meanings = Map.of();

  PerfStacks(SourceNames names, Symbols symbols, double sampleSeconds) {
    this.names = names;
    functions = new PlacedFunctions(names);
    this.symbols = symbols;
    this.sampleSeconds = sampleSeconds;
  }

  CallTree tree(Map<List<PerfReader.Frame>, long[]> samples) throws InterruptedException {
    Map<String, Set<Long>> asked = new HashMap<>();
    Set<String> all = new HashSet<>();
    for (List<PerfReader.Frame> stack : samples.keySet()) {
      for (int i = 0; i < stack.size(); i++) {
        PerfReader.Frame frame = stack.get(i);
        asked.computeIfAbsent(frame.object(), o -> new HashSet<>()).add(instruction(frame, i));
        all.add(frame.symbol());
      }
    }
    for (Map.Entry<String, Set<Long>> object : asked.entrySet()) {
      places.put(object.getKey(), symbols.at(object.getKey(), object.getValue()));
      places
          .getOrDefault(object.getKey(), Map.of())
          .values()
          .forEach(here -> functions.meet(object.getKey(), here.getFirst()));
    }
    meanings = symbols.demangled(all);
    CallTree tree = new CallTree(sampleSeconds);
    samples.forEach((stack, count) -> add(tree, stack, count[0]));
    return tree;
  }

  /** Of a caller, that of the call before the address to which it returns. */
  private static long instruction(PerfReader.Frame frame, int depth) {
    return depth == 0 ? frame.address() : frame.address() - 1;
  }

  private void add(CallTree tree, List<PerfReader.Frame> frames, long count) {
    List<CodeFunction> stack = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      PerfReader.Frame frame = frames.get(i);
      List<Symbols.Place> here =
          places
              .getOrDefault(frame.object(), Map.of())
              .getOrDefault(instruction(frame, i), List.of());
      here.forEach(place -> stack.add(functions.at(frame.object(), place)));
      if (here.isEmpty()) {
        String meaning = meanings.getOrDefault(frame.symbol(), frame.symbol());
        stack.add(
            new CodeFunction(SourceNames.function(meaning), names.object(frame.object()), null));
      } else if (i == 0) {
        tree.ran(functions.at(frame.object(), here.getFirst()), here.getFirst().line());
      }
    }
    Collections.reverse(stack);
    tree.add(stack, count * sampleSeconds);
  }
}
