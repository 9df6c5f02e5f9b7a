package dev.nightjar.gate;

import dev.nightjar.model.Direction;
import dev.nightjar.model.Series;
import dev.nightjar.model.VerdictKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Compares two programs that are run in turns (A-B-B-A), and says after each pair whether to go on.
 *
 * <p><b>Effect.</b> Each pair gives log(B/A). What disturbs a machine hits A and B alike, so the
 * noise of that is symmetric, however heavy its tails; the Hodges–Lehmann location is efficient for
 * it, and the interval is that of Wilcoxon's signed ranks, which assumes nothing but the symmetry.
 * Correlation between neighbouring pairs widens it. Feed it CPU time where programs have it: on a
 * loaded machine the wall time of a 50 ms program varies ten times as much.
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
public final class PairedComparison {
  /** The fewest pairs that are looked at: below, no interval reaches the first look's error. */
  private static final int FIRST_LOOK = 16;

  /** Looks are at this share of the budget's end, at this share of that, and so on. */
  private static final double LOOK_SPACING = 0.6;

  private static final double LONGEST_MEMORY = 0.9;

  private final double error;
  private final double smallestEffect;
  private final Direction direction;
  private final int mostPairs;
  private final double[] ratios;
  private int count;
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
   * @param effect relative change of B against A; 0 before the first look
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
   * @param error the chance of calling an unchanged program changed; for one of many benchmarks,
   *     the run's error divided by their number
   * @param smallestEffect relative change that matters; 0 for any
   * @param direction which way is better
   * @param mostPairs the budget, 16 at least
   */
  public PairedComparison(double error, double smallestEffect, Direction direction, int mostPairs) {
    if (!(error > 0 && error < 1) || !(smallestEffect >= 0 && smallestEffect < 1)) {
      throw new IllegalArgumentException("error " + error + ", effect " + smallestEffect);
    }
    if (mostPairs < FIRST_LOOK) {
      throw new IllegalArgumentException(
          mostPairs + " pairs decide nothing: allow " + FIRST_LOOK + " at least");
    }
    this.error = error;
    this.smallestEffect = smallestEffect;
    this.direction = direction;
    this.mostPairs = mostPairs;
    ratios = new double[mostPairs];
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
        (1 - policy.confidence()) / benchmarks,
        policy.smallestEffectOf(series),
        policy.directionOf(series),
        mostPairs);
  }

  /** Takes the next pair, where the budget is in pairs alone. */
  public Decision add(double logRatio) {
    return add(logRatio, 0);
  }

  /**
   * Takes the next pair.
   *
   * @param logRatio log of B's value over A's
   * @param timeShare how much of the time is used up, from 0; from 1 on this pair is the last
   */
  public Decision add(double logRatio, double timeShare) {
    if (!Double.isFinite(logRatio) || !(timeShare >= 0)) {
      throw new IllegalArgumentException("a pair's log ratio is " + logRatio + " at " + timeShare);
    }
    if (count == mostPairs) {
      throw new IllegalStateException("the budget of " + mostPairs + " pairs is spent");
    }
    ratios[count++] = logRatio;
    double used = Math.max(timeShare, (double) count / mostPairs);
    if (used < 1 && (count < FIRST_LOOK || used < nextLook)) {
      return unseen();
    }
    for (nextLook = 1; nextLook * LOOK_SPACING > used; nextLook *= LOOK_SPACING) {}
    latest = look(Math.min(1, used));
    return latest;
  }

  /** Decides with what there is, when the time is over before the pairs are. */
  public Decision finish() {
    if (latest.pairs == count) { // nothing came since the last look
      VerdictKind kind = latest.goesOn() ? VerdictKind.INCONCLUSIVE : latest.kind;
      return new Decision(kind, count, latest.effect, latest.low, latest.high, latest.confidence);
    }
    return look(1);
  }

  private Decision look(double used) {
    double share = Math.max(0, error * used - spent);
    spent += share;
    SignedRanks ranks = new SignedRanks(Arrays.copyOf(ratios, count));
    Interval changed = ranks.interval(changedBoundary.next(count, share));
    Interval same = ranks.interval(sameBoundary.next(count, share));
    VerdictKind kind =
        changed.isBeyond(smallestEffect)
            ? changed.changed(direction)
            : same.isWithin(smallestEffect)
                ? VerdictKind.PASS
                : used == 1 ? VerdictKind.INCONCLUSIVE : null;
    return new Decision(
        kind, count, Math.expm1(ranks.location()), changed.low(), changed.high(), 1 - error);
  }

  /** Location and intervals by the means of all pairs of values. */
  private static final class SignedRanks {
    private final double[] means;
    private final double deviation;

    SignedRanks(double[] values) {
      means = Robust.walshAverages(values);
      double n = values.length;
      double memory = Math.clamp(rankMemory(values), 0, LONGEST_MEMORY);
      deviation = Math.sqrt(n * (n + 1) * (2 * n + 1) / 24 * (1 + memory) / (1 - memory));
    }

    double location() {
      return Robust.medianOfSorted(means);
    }

    /** So many standard errors to both sides. */
    Interval interval(double errors) {
      double reach = errors * deviation;
      int rank = (int) Math.floor(means.length / 2.0 - reach - 0.5);
      return rank < 0
          ? new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
          : new Interval(Math.expm1(means[rank]), Math.expm1(means[means.length - 1 - rank]));
    }

    /** Correlation of neighbours, by signs about the median: heavy tails do not sway it. */
    private static double rankMemory(double[] values) {
      double centre = Robust.median(values);
      double sum = 0;
      for (int i = 1; i < values.length; i++) {
        sum += Math.signum(values[i] - centre) * Math.signum(values[i - 1] - centre);
      }
      double signs = sum / (values.length - 1);
      double chance = 1 / Math.sqrt(values.length); // what independent values show by themselves
      return signs > chance ? Math.sin(Math.PI / 2 * signs) : 0;
    }
  }
}
