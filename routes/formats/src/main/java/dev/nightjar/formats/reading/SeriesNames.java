package dev.nightjar.formats.reading;

import dev.nightjar.model.Device;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides which series the identities of a run are, when all of them are known: unlike
 * configurations are unlike series, though a record alone does not tell which of its circumstances
 * matter.
 *
 * <p>Several of one file that only differed in what is not stable get a number in the order in
 * which they came. Then, of those that are still alike, every circumstance in which they differ
 * becomes a parameter. What is alike in all of them stays out, so that a new path of a JDK or a new
 * kernel begins no new series.
 */
final class SeriesNames {
  private static final String INSTANCE = "instance";

  /** What identities have in common that are one series as far as is known. */
  private record Key(String name, SortedMap<String, String> parameters, Device device) {}

  private final Map<Identity, SortedMap<String, String>> parameters = new HashMap<>();

  SeriesNames(Collection<Identity> identities) {
    Set<String> repeated = repeatedNames(identities);
    Map<Key, List<Identity>> alike = new LinkedHashMap<>();
    Map<String, Map<String, Integer>> instances = new HashMap<>();
    for (Identity identity : identities) {
      if (!repeated.contains(identity.name())) {
        continue; // nothing is like it
      }
      SortedMap<String, String> known = numbered(identity, instances);
      alike
          .computeIfAbsent(
              new Key(identity.name(), known, identity.device()), key -> new ArrayList<>(1))
          .add(identity);
    }
    alike.forEach((key, group) -> tellApart(key.parameters(), group));
  }

  private static Set<String> repeatedNames(Collection<Identity> identities) {
    Set<String> names = HashSet.newHashSet(identities.size());
    Set<String> repeated = new HashSet<>();
    for (Identity identity : identities) {
      if (!names.add(identity.name())) {
        repeated.add(identity.name());
      }
    }
    return repeated;
  }

  /** The parameters of an identity's series. */
  SortedMap<String, String> of(Identity identity) {
    return parameters.getOrDefault(identity, identity.parameters());
  }

  private static SortedMap<String, String> numbered(
      Identity identity, Map<String, Map<String, Integer>> instances) {
    String written = identity.written();
    if (written == null) {
      return identity.parameters();
    }
    String stable =
        identity.file() + "\n" + identity.name() + "\n" + identity.parameters() + identity.device();
    Map<String, Integer> known = instances.computeIfAbsent(stable, key -> new HashMap<>());
    int number = known.computeIfAbsent(written, text -> known.size() + 1);
    return number == 1
        ? identity.parameters()
        : with(identity.parameters(), INSTANCE, String.valueOf(number));
  }

  private void tellApart(SortedMap<String, String> known, List<Identity> group) {
    Set<String> differing = differing(group);
    for (Identity identity : group) {
      SortedMap<String, String> full = known;
      for (String circumstance : differing) {
        String value = identity.circumstances().get(circumstance);
        if (value != null && !value.isEmpty()) {
          full = with(full, circumstance, value);
        }
      }
      if (!full.equals(identity.parameters())) {
        parameters.put(identity, full);
      }
    }
  }

  private static Set<String> differing(List<Identity> group) {
    Map<String, String> first = group.getFirst().circumstances();
    Set<String> differing = new TreeSet<>();
    Set<Map<String, String>> seen = new HashSet<>();
    for (Identity identity : group) {
      Map<String, String> one = identity.circumstances();
      if (seen.add(one)) {
        Set<String> names = new HashSet<>(first.keySet());
        names.addAll(one.keySet());
        names.removeIf(name -> first.getOrDefault(name, "").equals(one.getOrDefault(name, "")));
        differing.addAll(names);
      }
    }
    return differing;
  }

  static SortedMap<String, String> with(
      SortedMap<String, String> parameters, String name, String value) {
    SortedMap<String, String> more = new TreeMap<>(parameters);
    more.put(name, value);
    return more;
  }
}
