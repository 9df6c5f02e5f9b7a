package dev.nightjar.gate.history;

import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.store.run.BenchmarkFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The run to be judged.
 *
 * @param run what identifies it
 * @param samples by series, in the order in which they came
 * @param failures benchmarks that failed
 * @param assumed series of which nobody says which way is better
 */
public record PresentRun(
    PastRun run,
    SequencedMap<Series, List<Sample>> samples,
    List<BenchmarkFailure> failures,
    Set<Series> assumed) {

  public static PresentRun of(PastRun run, List<Sample> samples, List<BenchmarkFailure> failures) {
    SequencedMap<Series, List<Sample>> bySeries = new LinkedHashMap<>();
    for (Sample sample : samples) {
      bySeries.computeIfAbsent(sample.series(), _ -> new ArrayList<>(1)).add(sample);
    }
    return new PresentRun(run, bySeries, failures, Set.of());
  }

  /** The same, with series of which nobody says which way is better. */
  public PresentRun assuming(Set<Series> series) {
    return new PresentRun(run, samples, failures, series);
  }

  /** Whether anything was read of the machine while it was made. */
  public boolean hasReadings() {
    return samples.values().stream()
        .flatMap(List::stream)
        .anyMatch(sample -> sample.wallNanos() > 0);
  }
}
