package dev.nightjar.gate.history;

import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.finding.FindingLife;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The earlier runs of the machine that a run was made on, wherever they are kept. */
public interface RunHistory {
  /** All of them. */
  List<PastRun> runs();

  /** How many runs over the same repository other machines made: they are never compared. */
  long runsOfOtherMachines();

  /** Those of the series that other machines measured. */
  Set<Series> measuredElsewhere(Set<Series> series);

  /** What any of these runs measured. */
  Set<Series> series(Collection<PastRun> runs);

  /** What any of these runs measured and the run to be judged did not. */
  Set<Series> others(Collection<PastRun> runs);

  /** What was found in any of them, and what became of it. */
  List<FindingLife> findings();

  /**
   * What each series gave in the newest runs that have it, oldest first; a series that none has is
   * left out.
   *
   * @param runs to look in, oldest first
   * @param most how many runs of each series at the most
   */
  Map<Series, List<PastValues>> values(Set<Series> series, List<PastRun> runs, int most);

  /**
   * What a series gave in an earlier run.
   *
   * @param observed the samples with what was read of the machine meanwhile; empty where nothing
   *     was, as of files
   */
  record PastValues(PastRun run, RunValues values, List<Sample> observed) {
    /**
     * Of samples.
     *
     * @param samples at least one
     * @param weights how far each is believed, within (0, 1]
     */
    public static PastValues of(PastRun run, List<Sample> samples, double[] weights) {
      double[] values = new double[weights.length];
      boolean isObserved = false;
      for (int i = 0; i < values.length; i++) {
        Sample sample = samples.get(i);
        values[i] = sample.value();
        isObserved |= sample.wallNanos() > 0;
      }
      RunValues all = new RunValues(run.id(), run.commit(), run.startedAt(), values, weights);
      return new PastValues(run, all, isObserved ? List.copyOf(samples) : List.of());
    }

    /** These and more of the same run. */
    public PastValues with(PastValues more) {
      List<Sample> both = new ArrayList<>(observed);
      both.addAll(more.observed);
      return new PastValues(run, values.with(more.values), both);
    }
  }
}
