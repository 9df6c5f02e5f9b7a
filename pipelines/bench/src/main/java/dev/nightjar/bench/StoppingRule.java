package dev.nightjar.bench;

import dev.nightjar.model.Failure;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;

/**
 * When a benchmark has been repeated often enough: a number of times, or until the median of each
 * of its series is known well enough, or a budget is spent.
 *
 * <p>The interval of the median is that of order statistics (the sign test's), which assumes no
 * distribution. Looking after each repetition makes it a little too narrow, so it decides when to
 * stop and is no verdict's interval.
 *
 * @param relativeHalfWidth half the interval's width over the median, such as 0.01
 * @param confidence the interval's coverage, within (0, 1)
 * @param fewest repetitions in any case, whatever the budget
 * @param most repetitions in any case
 * @param budget of time that repetitions took, beyond which none is begun but the fewest
 */
public record StoppingRule(
    double relativeHalfWidth, double confidence, int fewest, int most, Duration budget) {
  private static final int MOST_REPETITIONS = 10_000;

  /** 1 % at 95 %, 10 to 100 repetitions in 30 s. */
  public static final StoppingRule DEFAULT =
      new StoppingRule(0.01, 0.95, 10, 100, Duration.ofSeconds(30));

  public StoppingRule {
    if (!(relativeHalfWidth > 0) || !(confidence > 0 && confidence < 1)) {
      throw new Failure.Misuse("A precision needs a width above 0 and a confidence within (0, 1).");
    }
    if (fewest < 1 || most < fewest || most > MOST_REPETITIONS || !budget.isPositive()) {
      throw new Failure.Misuse(
          "A benchmark needs 1 to 10000 repetitions, no more least than most, and a budget.");
    }
  }

  /** So many, whatever they give. */
  public static StoppingRule exactly(int repetitions) {
    return new StoppingRule(
        DEFAULT.relativeHalfWidth, DEFAULT.confidence, repetitions, repetitions, DEFAULT.budget);
  }

  /** The default's repetitions, until a precision is reached or a budget spent. */
  public static StoppingRule until(double relativeHalfWidth, Duration budget) {
    return new StoppingRule(
        relativeHalfWidth, DEFAULT.confidence, DEFAULT.fewest, DEFAULT.most, budget);
  }

  /**
   * Whether these are enough.
   *
   * @param values of each series, in any order
   * @param spentNanos that the repetitions took
   */
  public boolean isMet(int repetitions, Collection<double[]> values, long spentNanos) {
    if (repetitions >= most) {
      return true;
    }
    return repetitions >= fewest
        && (spentNanos >= budget.toNanos()
            || values.stream()
                .allMatch(one -> relativeHalfWidth(one, confidence) <= relativeHalfWidth));
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
    double width = sorted[n - rank] - sorted[rank - 1];
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    return width == 0 ? 0 : width / 2 / Math.abs(median);
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
