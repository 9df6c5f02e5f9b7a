package dev.nightjar.bench;

import dev.nightjar.model.Failure;
import java.time.Duration;
import java.util.Arrays;

/**
 * When a benchmark has been repeated often enough: its median is known well enough, or the budget
 * is spent.
 *
 * <p>The interval of the median is that of order statistics (the sign test's), which assumes no
 * distribution. Looking after each repetition makes it a little too narrow, so it decides when to
 * stop and is no verdict's interval.
 *
 * @param relativeHalfWidth half the interval's width over the median, such as 0.01
 * @param confidence the interval's coverage, within (0, 1)
 * @param fewest repetitions in any case
 * @param most repetitions in any case
 * @param budget of time for warm-ups and repetitions; one that has begun is ended
 */
public record PrecisionTarget(
    double relativeHalfWidth, double confidence, int fewest, int most, Duration budget) {
  private static final int MOST_REPETITIONS = 1000;

  /** 1 % at 95 %, 5 to 200 repetitions in at most two minutes. */
  public static final PrecisionTarget DEFAULT =
      new PrecisionTarget(0.01, 0.95, 5, 200, Duration.ofMinutes(2));

  public PrecisionTarget {
    if (!(relativeHalfWidth > 0) || !(confidence > 0 && confidence < 1)) {
      throw new Failure.Misuse("A precision needs a width above 0 and a confidence within (0, 1).");
    }
    if (fewest < 1 || most < fewest || most > MOST_REPETITIONS || !budget.isPositive()) {
      throw new Failure.Misuse(
          "A precision needs 1 to 1000 repetitions, no more least than most, and a budget.");
    }
  }

  /** Whether these values, in any order, are enough. */
  public boolean isMet(double[] values) {
    return values.length >= most
        || (values.length >= fewest && relativeHalfWidth(values, confidence) <= relativeHalfWidth);
  }

  /** Of the median's interval; infinite if there are too few values for the confidence. */
  static double relativeHalfWidth(double[] values, double confidence) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    int rank = rank(n, (1 - confidence) / 2);
    if (rank == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    return (sorted[n - rank] - sorted[rank - 1]) / 2 / Math.abs(median);
  }

  /** The largest rank, from 1, below which a binomial of n fair coins falls with that chance. */
  private static int rank(int n, double tail) {
    double chance = Math.pow(0.5, n);
    double below = chance;
    int rank = 0;
    while (below <= tail && rank < n / 2) {
      rank++;
      chance *= (double) (n - rank + 1) / rank;
      below += chance;
    }
    return rank;
  }
}
