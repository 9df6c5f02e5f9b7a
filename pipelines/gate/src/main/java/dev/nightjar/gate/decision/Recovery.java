package dev.nightjar.gate.decision;

import dev.nightjar.gate.statistics.Difference;
import dev.nightjar.gate.statistics.HistoryComparison;
import dev.nightjar.gate.statistics.Interval;
import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Series;
import dev.nightjar.model.finding.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether what was found is gone: the present run, or the newest few together, held against the
 * last good level, which stands in the finding, so that what is slow never gets into it.
 *
 * <p>It is gone when the level is not beyond the smallest effect, and the far end of its interval
 * shows the same. Where the noise is too large for that, it is enough that the interval excludes
 * what was found, less the smallest effect: a finding on a noisy machine is large, or it would not
 * have been found, and no night there could show that nothing at all is left. Nights are taken
 * together from the newest back, as many as it takes and {@value #MOST_NIGHTS} at most, never with
 * the run that was the finding.
 *
 * @param present the present run against the good level
 * @param nights how many runs show that it is gone; 0 if none do
 * @param isConfirmed whether a run between showed it too
 */
record Recovery(Difference present, Difference pooled, int nights, boolean isConfirmed) {
  private static final int MOST_NIGHTS = 6;
  private static final double LARGEST_ERROR = 0.05;
  private static final int MORE_THAN_OPENING = 5;

  static Recovery of(OpenFinding open, RunValues current, Series series, GatePolicy policy) {
    List<RunValues> after = new ArrayList<>(open.after());
    after.add(current);
    List<Difference> all = differences(open, after, series);
    Difference present = all.getLast();
    all.removeIf(one -> one.scale() != present.scale());
    for (int nights = 1; nights <= Math.min(MOST_NIGHTS, all.size()); nights++) {
      int from = all.size() - nights;
      Difference pooled = Difference.pooled(all.subList(from, all.size()));
      if (isGone(pooled, current, open.finding(), series, policy)
          && (nights > 1 || isNoSurprise(present, series, policy))) {
        boolean isConfirmed = isConfirmed(open.finding(), all.subList(0, from), series, policy);
        return new Recovery(present, pooled, nights, isConfirmed);
      }
    }
    return new Recovery(present, present, 0, true);
  }

  private static List<Difference> differences(
      OpenFinding open, List<RunValues> runs, Series series) {
    String unit = series.benchmark().unit();
    List<RunValues> good = open.good();
    List<Difference> all = new ArrayList<>();
    for (RunValues run : runs) {
      all.add(HistoryComparison.ofLevel(unit, series.isCounted(), good, run));
    }
    return all;
  }

  private static boolean isGone(
      Difference difference, RunValues current, Finding finding, Series series, GatePolicy policy) {
    Double found = finding.effect();
    if (found == null || !difference.isRelative()) {
      return ChangeFromZero.isZeroAsBefore(series.benchmark().unit(), current, difference);
    }
    Direction direction = policy.directionOf(series);
    double smallest = policy.smallestEffectOf(series);
    Interval interval = difference.interval(error(policy));
    double most = Math.max(smallest, worse(found, direction) - smallest);
    return worse(difference.effect(), direction) <= smallest && farEnd(interval, direction) <= most;
  }

  /**
   * How often noise may end what is not mended. An opening must hold among all series of a run, far
   * out in the tail of the noise; an end is of one series, and what ends too early is found anew.
   */
  private static double error(GatePolicy policy) {
    double opening = 1 - policy.confidence();
    return Math.max(opening, Math.min(LARGEST_ERROR, MORE_THAN_OPENING * opening));
  }

  /**
   * Whether a single run is near the good level, or clearly better. One that is faster than ever
   * and cannot tell by how much is more likely a state of the machine, and the next run decides.
   */
  private static boolean isNoSurprise(Difference present, Series series, GatePolicy policy) {
    double smallest = policy.smallestEffectOf(series);
    return !present.isRelative()
        || Math.abs(present.effect()) <= smallest
        || present.interval(1 - policy.confidence()).isBeyond(smallest);
  }

  /** Whether most of the runs between show it, as far as can be told of them one by one. */
  private static boolean isConfirmed(
      Finding finding, List<Difference> between, Series series, GatePolicy policy) {
    if (!finding.foundBy().equals(finding.since().runId())) {
      return true; // several runs found it together
    }
    double smallest = policy.smallestEffectOf(series);
    Direction direction = policy.directionOf(series);
    long slow = between.stream().filter(one -> worse(one.effect(), direction) > smallest).count();
    return 2 * slow > between.size();
  }

  /** A relative change as how much worse it is. */
  static double worse(double effect, Direction direction) {
    return direction == Direction.LOWER_IS_BETTER ? effect : -effect;
  }

  private static double farEnd(Interval interval, Direction direction) {
    return direction == Direction.LOWER_IS_BETTER ? interval.high() : -interval.low();
  }

  boolean isGone() {
    return nights > 0;
  }
}
