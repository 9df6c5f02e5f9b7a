package dev.nightjar.gate.pairs;

import dev.nightjar.gate.decision.GatePolicy;
import dev.nightjar.gate.pairs.PairedComparison.Decision;
import dev.nightjar.gate.statistics.Interval;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Series;
import dev.nightjar.model.VerdictKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Compares the counts of two programs: what they execute, allocate, occupy. Nothing else on the
 * machine touches these, so a handful of pairs decides what times need dozens for, and how much a
 * count moves by itself is measured by those pairs, not assumed.
 *
 * <p><b>Steady counts.</b> After two pairs it may pass: the interval of the ratio ({@link
 * CountRatio}) lies within the smallest effect. Changed it is only after so many that no program
 * whose count has just two outcomes, the worst there is for a few equal values, gets there by
 * chance more often than half the error allows: of n pairs all of A alike, all of B alike, and A
 * unlike B, are one in 2^(2n-1), which is five pairs at 99 %. There is one more such look at twice
 * as many, and one when the time is over; the intervals of all of them spend half of the error.
 *
 * <p><b>Others</b>, such as those of a program with random seeds, threads or a compiler in it, are
 * compared as times are ({@link PairedComparison}), with the other half of the error.
 */
public final class CountComparison implements TurnComparison {
  private static final int FIRST_PASS = 2;
  private static final int LOOKS = 3;

  private final double error;
  private final Direction direction;
  private final PairedComparison unsteady;
  private final int pairsForChange;
  private final double[] as;
  private final double[] bs;
  private int count;
  private @Nullable Decision decided;

  /**
   * A comparison, with the arguments of {@link PairedComparison}.
   *
   * @param unit of the counts
   */
  public CountComparison(
      String unit, double error, double smallestEffect, Direction direction, int mostPairs) {
    this.error = error;
    this.direction = direction;
    unsteady = new PairedComparison(unit, error / 2, smallestEffect, direction, mostPairs);
    pairsForChange = (int) Math.ceil((1 - Math.log(error / 2) / Math.log(2)) / 2);
    as = new double[mostPairs];
    bs = new double[mostPairs];
  }

  static CountComparison under(GatePolicy policy, Series series, int benchmarks, int mostPairs) {
    return new CountComparison(
        series.benchmark().unit(),
        (1 - policy.confidence()) / benchmarks,
        policy.smallestEffectOf(series),
        policy.directionOf(series),
        mostPairs);
  }

  @Override
  public Decision add(double a, double b, double timeShare) {
    Decision asTimes = unsteady.add(a, b, timeShare);
    as[count] = a;
    bs[count++] = b;
    boolean isLook = count == FIRST_PASS || count == pairsForChange || count == 2 * pairsForChange;
    decided = isLook ? look() : null;
    return decided == null ? asTimes : decided;
  }

  @Override
  public Decision pause(double used) {
    return decided == null ? unsteady.pause(used) : decided;
  }

  @Override
  public boolean looksChanged() {
    return unsteady.looksChanged();
  }

  @Override
  public int pairs() {
    return count;
  }

  @Override
  public Decision finish() {
    if (decided == null && count >= FIRST_PASS) {
      decided = look();
    }
    return decided == null ? unsteady.finish() : decided;
  }

  /** What steady counts decide; absent when these do not. */
  private @Nullable Decision look() {
    if (zeros() > 0) {
      return null;
    }
    CountRatio ratio = CountRatio.of(Arrays.copyOf(as, count), Arrays.copyOf(bs, count));
    Interval changed = ratio.interval(error / 2 / LOOKS / 2);
    VerdictKind kind = null;
    if (changed.isBeyond(smallestEffect()) && count >= pairsForChange) {
      kind = changed.changed(direction);
    } else if (ratio.interval(error / LOOKS).isWithin(smallestEffect())) {
      kind = VerdictKind.PASS;
    }
    return kind == null
        ? null
        : new Decision(kind, count, ratio.effect(), changed.low(), changed.high(), 1 - error);
  }

  @Override
  public double smallestEffect() {
    return unsteady.smallestEffect();
  }

  @Override
  public int zeros() {
    return unsteady.zeros();
  }

  @Override
  public int fewestPairs() {
    return pairsForChange;
  }

  @Override
  public double pairsToDecide() {
    return unsteady.pairsToDecide();
  }
}
