package dev.nightjar.gate.history;

import dev.nightjar.model.Series;
import dev.nightjar.store.run.BenchmarkFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The benchmarks that failed in a run, found by the series that they concern. */
public final class FailureIndex {
  private final List<BenchmarkFailure> failures;
  private final Map<String, Integer> bySuite = new HashMap<>();
  private final Map<String, Integer> byName = new HashMap<>();
  private final Map<String, List<Integer>> ofOneSeries = new HashMap<>();
  private final Map<String, List<Integer>> ofOneCase = new HashMap<>();
  private final Set<Integer> seen = new HashSet<>();

  public FailureIndex(List<BenchmarkFailure> failures) {
    this.failures = failures;
    for (int i = 0; i < failures.size(); i++) {
      BenchmarkFailure failure = failures.get(i);
      if (failure.suite() != null && failure.isOfOneCase()) {
        ofOneCase.computeIfAbsent(failure.suite(), suite -> new ArrayList<>(1)).add(i);
      } else if (failure.suite() != null) {
        bySuite.putIfAbsent(failure.suite(), i);
      } else if (failure.isOfOneCase()) {
        ofOneSeries.computeIfAbsent(failure.name(), name -> new ArrayList<>(1)).add(i);
      } else {
        byName.putIfAbsent(failure.name(), i);
      }
    }
  }

  /** Why the series' benchmark failed; absent when it did not. */
  public @Nullable String reason(Series series) {
    int first = Integer.MAX_VALUE;
    for (int concerned : concerned(series)) {
      seen.add(concerned);
      first = Math.min(first, concerned);
    }
    return first == Integer.MAX_VALUE ? null : failures.get(first).reason();
  }

  /** Those that concern no series that was asked for. */
  public List<BenchmarkFailure> ofNone() {
    List<BenchmarkFailure> left = new ArrayList<>();
    Set<BenchmarkFailure> told = new HashSet<>();
    for (int i = 0; i < failures.size(); i++) {
      BenchmarkFailure failure = failures.get(i);
      Integer first =
          failure.isOfOneCase()
              ? Integer.valueOf(i)
              : failure.suite() == null ? byName.get(failure.name()) : bySuite.get(failure.suite());
      if (first != null && !seen.contains(first) && told.add(failures.get(first))) {
        left.add(failure);
      }
    }
    return left;
  }

  /** As {@link BenchmarkFailure#concerns} has it: of the suite, or of the name or one above it. */
  private List<Integer> concerned(Series series) {
    if (failures.isEmpty()) {
      return List.of();
    }
    List<Integer> found = new ArrayList<>(1);
    String suite = series.benchmark().suite();
    if (suite != null) {
      addIfAny(found, bySuite.get(suite));
      addThoseOfOne(found, ofOneCase.getOrDefault(suite, List.of()), series);
      return found;
    }
    String name = series.benchmark().name();
    addIfAny(found, byName.get(name));
    addThoseOfOne(found, ofOneSeries.getOrDefault(name, List.of()), series);
    for (int end = name.lastIndexOf('/'); end >= 0; end = name.lastIndexOf('/', end - 1)) {
      addIfAny(found, byName.get(name.substring(0, end)));
    }
    return found;
  }

  private void addThoseOfOne(List<Integer> found, List<Integer> candidates, Series series) {
    for (int index : candidates) {
      if (failures.get(index).concerns(series)) {
        found.add(index);
      }
    }
  }

  private static void addIfAny(List<Integer> found, @Nullable Integer index) {
    if (index != null) {
      found.add(index);
    }
  }
}
