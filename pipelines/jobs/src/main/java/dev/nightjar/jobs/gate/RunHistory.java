package dev.nightjar.jobs.gate;

import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The earlier runs of the machine that a run was made on, wherever they are kept. */
interface RunHistory {
  /** All of them. */
  List<PastRun> runs();

  /** How many runs over the same repository other machines made: they are never compared. */
  long runsOfOtherMachines();

  /** Those of the series that other machines measured. */
  Set<Series> measuredElsewhere(Set<Series> series);

  /** What any of these runs measured. */
  Set<Series> series(Collection<PastRun> runs);

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
   * @param samples at least one
   * @param weights how far each is believed, within (0, 1]
   */
  @SuppressWarnings("ArrayRecordComponent") // read-only by contract; never compared
  record PastValues(PastRun run, List<Sample> samples, double[] weights) {}
}
