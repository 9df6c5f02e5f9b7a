package dev.nightjar.gate.statistics;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How likely each of a row of commits is to have made a change, by what measuring some of them in
 * turns with the good one told.
 *
 * <p>This is probabilistic bisection (Horstein, "Sequential transmission using noiseless feedback",
 * IEEE Transactions on Information Theory 9, 1963; Waeber, Frazier and Henderson, "Bisection search
 * with noisy responses", SIAM Journal on Control and Optimization 51, 2013): all commits are as
 * likely at first, each measurement of a commit multiplies those up to it by what speaks for the
 * change being in and those behind it by what speaks against, and the next to be measured is where
 * half of the chance lies to either side. The papers' answers are right with a known chance; ours
 * bring their own, from their pairs ({@link #logOdds}). Nothing is ever decided by a sign: what was
 * measured too little weighs little, and more pairs go on from those that are there.
 *
 * <p>One step is looked for. Where there are two, a commit between them is as far from either end,
 * and the chance stays spread over both.
 */
public final class CulpritPosterior {
  /** Of Student's distribution: tails as heavy as measured ones. */
  private static final double MOST_DEGREES = 8;

  /** What commits do to each other's code layout, as a share of the change. */
  private static final double OTHER_CHANGES = 0.05;

  private final double[] logOdds;
  private final double mostLogOdds;

  /**
   * Nothing is known of these.
   *
   * @param commits their number; the last has the change
   * @param error how unsure the answer may be: no commit's measurement counts for more than it
   *     takes to be that sure against all others
   */
  public CulpritPosterior(int commits, double error) {
    logOdds = new double[commits];
    mostLogOdds = Math.log(2 * commits / error);
  }

  /**
   * How much more likely these pairs are if the change is in than if it is not, as a logarithm.
   *
   * @param unit of the values
   * @param as of the good commit
   * @param bs of the commit in question
   * @param change of the bad commit against the good one
   */
  public static double logOdds(String unit, double[] as, double[] bs, Change change) {
    Change seen = Change.of(unit, as, bs);
    if (!Double.isFinite(seen.error)) {
      return 0;
    }
    double others = OTHER_CHANGES * change.logRatio;
    double without = Math.hypot(seen.error, others);
    double with = Math.hypot(without, change.error);
    TDistribution student = TDistribution.of(Math.clamp(as.length - 1.0, 1, MOST_DEGREES));
    return student.logDensity((seen.logRatio - change.logRatio) / with)
        - Math.log(with)
        - student.logDensity(seen.logRatio / without)
        + Math.log(without);
  }

  /**
   * A change, by pairs.
   *
   * @param logRatio the logarithm of the ratio
   * @param error its standard error, rounding included; infinite of too few pairs
   */
  public record Change(double logRatio, double error) {
    /** That of B against A. */
    public static Change of(String unit, double[] as, double[] bs) {
      if (as.length == 0) {
        return new Change(0, Double.POSITIVE_INFINITY);
      }
      LogRatios ratios = new LogRatios(unit, as, bs);
      Interval one = ratios.interval(1);
      double error = (Math.log1p(one.high()) - Math.log1p(one.low())) / 2;
      return new Change(
          Math.log1p(ratios.effect()), Double.isNaN(error) ? Double.POSITIVE_INFINITY : error);
    }

    /** As a relative change, 0.05 being 5 % more. */
    public double effect() {
      return Math.expm1(logRatio);
    }
  }

  /** Takes what is known of a commit by now, in place of what was known of it before. */
  public void observe(int commit, double logOddsOfChange) {
    logOdds[commit] = Math.clamp(logOddsOfChange, -mostLogOdds, mostLogOdds);
  }

  /** Whether more pairs of a commit would count for nothing. */
  public boolean isExhausted(int commit) {
    return Math.abs(logOdds[commit]) >= mostLogOdds;
  }

  /** The chance of each commit to have made the change; together 1. */
  public double[] chances() {
    double[] chances = new double[logOdds.length];
    double score = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int k = chances.length - 1; k >= 0; k--) {
      score += k == chances.length - 1 ? 0 : logOdds[k];
      chances[k] = score;
      highest = Math.max(highest, score);
    }
    double sum = 0;
    for (int k = 0; k < chances.length; k++) {
      chances[k] = Math.exp(chances[k] - highest);
      sum += chances[k];
    }
    for (int k = 0; k < chances.length; k++) {
      chances[k] /= sum;
    }
    return chances;
  }

  /** The fewest neighbouring commits that hold the change with at least that chance. */
  public Range range(double chance) {
    double[] chances = chances();
    Range best = new Range(0, chances.length - 1, 1);
    double held = 0;
    for (int first = 0, last = -1; first < chances.length; first++) {
      while (held < chance && last < chances.length - 1) {
        held += chances[++last];
      }
      boolean isShorter = last - first < best.last - best.first;
      boolean isAsShort = last - first == best.last - best.first;
      if (held >= chance && (isShorter || (isAsShort && held > best.chance))) {
        best = new Range(first, last, Math.min(1, held));
      }
      held -= chances[first];
    }
    return best;
  }

  /**
   * Neighbouring commits.
   *
   * @param first the oldest
   * @param last the newest
   * @param chance that one of them made the change
   */
  public record Range(int first, int last, double chance) {
    /** How many they are. */
    public int size() {
      return last - first + 1;
    }
  }

  /**
   * Which commit of a range to measure next: the one that splits the chance most evenly.
   *
   * @param isMeasurable whether a commit can be measured (further)
   * @return −1 when none can
   */
  public int next(Range range, IntPredicate isMeasurable) {
    double[] chances = chances();
    double upTo = Arrays.stream(chances, 0, range.first).sum();
    int best = -1;
    double nearest = Double.POSITIVE_INFINITY;
    for (int k = range.first; k < range.last; k++) {
      upTo += chances[k];
      double away = Math.abs(upTo - 0.5);
      if (away < nearest && isMeasurable.test(k)) {
        best = k;
        nearest = away;
      }
    }
    return best;
  }
}
