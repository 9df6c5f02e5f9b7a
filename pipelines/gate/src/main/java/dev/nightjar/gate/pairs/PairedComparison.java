package dev.nightjar.gate.pairs;

import dev.nightjar.gate.decision.GatePolicy;
import dev.nightjar.gate.statistics.Interval;
import dev.nightjar.gate.statistics.LogRatios;
import dev.nightjar.gate.statistics.SequentialBoundary;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Series;
import dev.nightjar.model.VerdictKind;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Compares two programs that are run in turns (A-B-B-A), and says after each pair whether to go on.
 *
 * <p><b>Effect.</b> Each pair gives log(B/A), within what the rounding of both leaves open ({@link
 * LogRatios}). What disturbs a machine hits A and B alike, so the noise of that is symmetric,
 * however heavy its tails; the Hodges–Lehmann location is efficient for it, and the interval is
 * that of Wilcoxon's signed ranks, which assumes nothing but the symmetry. Correlation between
 * neighbouring pairs widens it. Feed it CPU time where programs have it: on a loaded machine the
 * wall time of a 50 ms program varies ten times as much.
 *
 * <p><b>Sequential stopping</b> is a group-sequential design: the error is spent over looks by Lan
 * and DeMets' function α₃*(t) = αt ("Discrete sequential boundaries for clinical trials",
 * Biometrika 70, 1983), t being the share of the budget that is used up, in pairs or in time,
 * whichever is more (Lan and DeMets, "Group sequential procedures: calendar versus information
 * time", Statistics in Medicine 8, 1989); {@link SequentialBoundary} makes widths of it. What is
 * plain is decided at the first look, for a last one that is a tenth wider than a single look would
 * be. Rejected: their function of O'Brien and Fleming's kind, whose last look is hardly wider, but
 * which decides next to nothing in the first third of the budget; and confidence sequences (Howard
 * and others 2021; Waudby-Smith and Ramdas 2024), which hold without a budget but are 1.5 times as
 * wide, which is twice the pairs; a gate always has a budget.
 *
 * <p>Changed (regressed, improved): the interval lies beyond the smallest effect. Pass: it lies
 * within, each end at the stated error (two one-sided tests). Neither at the last look:
 * inconclusive.
 */
public final class PairedComparison implements TurnComparison {
  /** The fewest pairs that are looked at: below, no interval reaches the first look's error. */
  private static final int FIRST_LOOK = 16;

  /** Looks are at this share of the budget's end, at this share of that, and so on. */
  private static final double LOOK_SPACING = 0.6;

  /** How much wider than a single look the last of several is. */
  private static final double LAST_LOOK = 1.1;

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private final String unit;
  private final double error;
  private final double smallestEffect;
  private final Direction direction;
  private final int mostPairs;
  private final double[] as;
  private final double[] bs;
  private int count;
  private int zeros;
  private final SequentialBoundary changedBoundary = SequentialBoundary.twoSided();
  private final SequentialBoundary sameBoundary = SequentialBoundary.oneSided();
  private double nextLook;
  private Decision latest;
  private double spent;

  /**
   * What is known after a pair.
   *
   * @param kind pass, improved, regressed, inconclusive; absent when another pair is needed
   * @param pairs how many there were
   * @param effect relative change of B against A; 0 before the first look, infinite against zeros
   * @param low lower end of its interval
   * @param high upper end of it
   * @param confidence coverage of that interval over all looks
   */
  public record Decision(
      @Nullable VerdictKind kind,
      int pairs,
      double effect,
      double low,
      double high,
      double confidence) {
    /** Whether another pair is needed. */
    public boolean goesOn() {
      return kind == null;
    }
  }

  /**
   * A comparison within the given budget.
   *
   * @param unit of the values, which tells whether they are rounded or counted
   * @param error the chance of calling an unchanged program changed; for one of many benchmarks,
   *     the run's error divided by their number
   * @param smallestEffect relative change that matters; 0 for any
   * @param direction which way is better
   * @param mostPairs the budget, 16 at least
   */
  public PairedComparison(
      String unit, double error, double smallestEffect, Direction direction, int mostPairs) {
    if (!(error > 0 && error < 1) || !(smallestEffect >= 0 && smallestEffect < 1)) {
      throw new IllegalArgumentException("error " + error + ", effect " + smallestEffect);
    }
    if (mostPairs < FIRST_LOOK) {
      throw new IllegalArgumentException(
          mostPairs + " pairs decide nothing: allow " + FIRST_LOOK + " at least");
    }
    this.unit = unit;
    this.error = error;
    this.smallestEffect = smallestEffect;
    this.direction = direction;
    this.mostPairs = mostPairs;
    as = new double[mostPairs];
    bs = new double[mostPairs];
    latest = unseen();
  }

  private Decision unseen() {
    return new Decision(
        null, count, 0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1 - error);
  }

  /** One of so many benchmarks in a run, which together keep the policy's confidence. */
  public static PairedComparison under(
      GatePolicy policy, Series series, int benchmarks, int mostPairs) {
    return new PairedComparison(
        series.benchmark().unit(),
        (1 - policy.confidence()) / benchmarks,
        policy.smallestEffectOf(series),
        policy.directionOf(series),
        mostPairs);
  }

  @Override
  public Decision add(double a, double b, double timeShare) {
    if (!Double.isFinite(a) || !Double.isFinite(b) || !(timeShare >= 0)) {
      throw new IllegalArgumentException("a pair is " + a + " and " + b + " at " + timeShare);
    }
    if (count == mostPairs) {
      throw new IllegalStateException("the budget of " + mostPairs + " pairs is spent");
    }
    as[count] = a;
    bs[count++] = b;
    zeros += a <= 0 || b <= 0 ? 1 : 0;
    double used = Math.max(timeShare, (double) count / mostPairs);
    if (used < 1 && (count < FIRST_LOOK || used < nextLook)) {
      return unseen();
    }
    for (nextLook = 1; nextLook * LOOK_SPACING > used; nextLook *= LOOK_SPACING) {}
    latest = look(Math.min(1, used));
    return latest;
  }

  @Override
  public Decision pause(double used) {
    if (count >= FIRST_LOOK && latest.pairs < count) {
      latest = look(used);
    }
    return latest;
  }

  @Override
  public Decision finish() {
    if (count == 0) {
      return new Decision(VerdictKind.INCONCLUSIVE, 0, 0, latest.low, latest.high, 1 - error);
    }
    if (latest.pairs == count) { // nothing came since the last look
      VerdictKind kind = latest.goesOn() ? VerdictKind.INCONCLUSIVE : latest.kind;
      return new Decision(kind, count, latest.effect, latest.low, latest.high, latest.confidence);
    }
    return look(1);
  }

  private Decision look(double used) {
    double share = Math.max(0, error * used - spent);
    spent += share;
    LogRatios ratios = ratios();
    Interval changed = ratios.interval(changedBoundary.next(count, share));
    Interval same = ratios.interval(sameBoundary.next(count, share));
    VerdictKind kind =
        changed.isBeyond(smallestEffect)
            ? changed.changed(direction)
            : same.isWithin(smallestEffect) ? VerdictKind.PASS : VerdictKind.INCONCLUSIVE;
    boolean isGood = kind == VerdictKind.PASS || kind == VerdictKind.IMPROVED;
    if (isGood && zeros > 0) {
      kind = VerdictKind.INCONCLUSIVE; // a program that measures nothing is no faster one
    }
    return new Decision(
        kind == VerdictKind.INCONCLUSIVE && used < 1 ? null : kind,
        count,
        ratios.effect(),
        changed.low(),
        changed.high(),
        1 - error);
  }

  private LogRatios ratios() {
    return new LogRatios(unit, Arrays.copyOf(as, count), Arrays.copyOf(bs, count));
  }

  @Override
  public double smallestEffect() {
    return smallestEffect;
  }

  @Override
  public boolean looksChanged() {
    return count > 0 && Math.abs(ratios().effect()) > smallestEffect;
  }

  @Override
  public int pairs() {
    return count;
  }

  @Override
  public int zeros() {
    return zeros;
  }

  @Override
  public int fewestPairs() {
    return LogRatios.fewest(NORMAL.inverseSurvivalProbability(error / 2));
  }

  /** How much the ratio varies from pair to pair: a robust standard deviation of its logarithm. */
  public double spread() {
    return spread(Arrays.copyOf(as, count), Arrays.copyOf(bs, count));
  }

  /** The same of other pairs than this comparison's, such as those by another measure. */
  public static double spread(double[] as, double[] bs) {
    return as.length == 0 ? 0 : LogRatios.spread(as, bs);
  }

  /**
   * The interval has to shrink to what lies between the effect and the smallest effect, and shrinks
   * with the root of the pairs, but for the rounding.
   */
  @Override
  public double pairsToDecide() {
    if (zeros > 0) {
      return Double.POSITIVE_INFINITY;
    }
    LogRatios ratios = ratios();
    Interval one = ratios.interval(1);
    if (!one.isBounded()) {
      return Math.max(fewestPairs(), 2 * count);
    }
    double effect = Math.log1p(ratios.effect());
    double room =
        Math.min(
                Math.abs(Math.log1p(smallestEffect) - effect),
                Math.abs(effect - Math.log1p(-smallestEffect)))
            - ratios.rounding();
    double error = (Math.log1p(one.high()) - Math.log1p(one.low())) / 2 - ratios.rounding();
    double errors = LAST_LOOK * NORMAL.inverseSurvivalProbability(this.error / 2);
    double factor = errors * error / room;
    return room > 0
        ? Math.max(fewestPairs(), Math.ceil(count * factor * factor))
        : Double.POSITIVE_INFINITY;
  }
}
