package dev.nightjar.jobs.gate;

import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import java.util.List;
import java.util.Set;

/** The earlier runs of the machine that a run was made on, wherever they are kept. */
interface RunHistory {
  /** All of them. */
  List<PastRun> runs();

  /** How many runs over the same repository other machines made: they are never compared. */
  long runsOfOtherMachines();

  /** What a run measured. */
  Set<Series> series(PastRun run);

  /** What a series gave in these runs, in their order; those without it are left out. */
  List<PastValues> values(Series series, List<PastRun> runs);

  /**
   * What a series gave in an earlier run.
   *
   * @param samples at least one
   * @param weights how far each is believed, within (0, 1]
   */
  @SuppressWarnings("ArrayRecordComponent") // read-only by contract; never compared
  record PastValues(PastRun run, List<Sample> samples, double[] weights) {}
}
