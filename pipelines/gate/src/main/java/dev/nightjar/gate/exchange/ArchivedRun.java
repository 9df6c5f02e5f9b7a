package dev.nightjar.gate.exchange;

import dev.nightjar.gate.history.PastRun;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.finding.RunFindings;
import dev.nightjar.store.run.BenchmarkFailure;
import dev.nightjar.store.sample.DisturbedSample;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A run as it is carried from machine to machine in a file.
 *
 * @param machineKey equal keys mean that results may be compared
 * @param machine its name, for people
 * @param assumed series of which nobody says which way is better
 * @param findings what its judgement says of findings; nothing before it was judged
 */
public record ArchivedRun(
    PastRun run,
    String machineKey,
    String machine,
    List<Sample> samples,
    List<DisturbedSample> disturbed,
    List<BenchmarkFailure> failures,
    Set<Series> assumed,
    RunFindings findings) {

  /** A run of whose series it is said which way is better, as far as is known. */
  public ArchivedRun(
      PastRun run,
      String machineKey,
      String machine,
      List<Sample> samples,
      List<DisturbedSample> disturbed,
      List<BenchmarkFailure> failures) {
    this(run, machineKey, machine, samples, disturbed, failures, Set.of(), RunFindings.NONE);
  }

  /** The same, judged. */
  public ArchivedRun with(RunFindings judged) {
    return new ArchivedRun(run, machineKey, machine, samples, disturbed, failures, assumed, judged);
  }

  public Set<Series> series() {
    Set<Series> series = new LinkedHashSet<>();
    samples.forEach(sample -> series.add(sample.series()));
    return series;
  }
}
