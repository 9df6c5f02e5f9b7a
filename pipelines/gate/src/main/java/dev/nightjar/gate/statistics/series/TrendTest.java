package dev.nightjar.gate.statistics.series;

import dev.nightjar.gate.statistics.estimate.Robust;
import java.util.Arrays;

/**
 * Mann and Kendall's test of a trend that stretches have in common, with Sen's slope: both look at
 * pairs within a stretch alone, so a step from one stretch to the next is no trend.
 *
 * <p>Only the order of values counts, so wild ones and second modes sway it little, and it has its
 * null distribution whatever the noise. Noise that remembers makes trends by itself: the variance
 * is inflated for the memory of a first-order autoregression (Hamed and Rao 1998 with one lag), as
 * told by the ranks of what the slope leaves, plus {@value #CAUTION} standard error, since the
 * tests that go wrong are those whose memory is estimated too low.
 */
final class TrendTest {
  private static final double CAUTION = 1;
  private static final double LONGEST_MEMORY = 0.97;

  /** Of ranks that nobody orders, at least this share of a count's variance stays. */
  private static final double LEAST_VARIANCE = 0.05;

  /** A step must leave so much less than the slope to be the better account. */
  private static final double BETTER = 1.1;

  private static final int SHORTEST = 4;
  private static final double QUANTILE_95 = 1.959963984540054;

  private final double[] values;
  private final int[] cuts;
  private final double variance;
  private final double score;

  /**
   * Of stretches that follow each other.
   *
   * @param cuts where each begins, ascending, and where the last ends
   */
  TrendTest(double[] values, int... cuts) {
    this.values = values;
    this.cuts = cuts;
    double ofScore = 0;
    int sum = 0;
    for (int k = 1; k < cuts.length; k++) {
      double m = cuts[k] - cuts[k - 1];
      ofScore += m * (m - 1) * (2 * m + 5) / 18;
      sum += concordance(cuts[k - 1], cuts[k]);
    }
    variance = ofScore;
    score = sum - Math.signum(sum);
  }

  private int concordance(int from, int to) {
    int sum = 0;
    for (int i = from; i < to; i++) {
      for (int j = i + 1; j < to; j++) {
        sum += values[j] > values[i] ? 1 : values[j] < values[i] ? -1 : 0;
      }
    }
    return sum;
  }

  /** How many deviations the order is away from none, were the noise without memory. */
  double deviations() {
    return variance > 0 ? score / Math.sqrt(variance) : 0;
  }

  /** The slopes of all pairs within stretches, ascending. */
  double[] slopes() {
    double[] slopes = new double[pairs()];
    int next = 0;
    for (int k = 1; k < cuts.length; k++) {
      for (int i = cuts[k - 1]; i < cuts[k]; i++) {
        for (int j = i + 1; j < cuts[k]; j++) {
          slopes[next++] = (values[j] - values[i]) / (j - i);
        }
      }
    }
    Arrays.sort(slopes);
    return slopes;
  }

  private int pairs() {
    int pairs = 0;
    for (int k = 1; k < cuts.length; k++) {
      int m = cuts[k] - cuts[k - 1];
      pairs += m * (m - 1) / 2;
    }
    return pairs;
  }

  /** How far the 95 % interval of the slope reaches to both sides, in places among the slopes. */
  int reach(double inflation) {
    return (int) Math.ceil(QUANTILE_95 * Math.sqrt(variance * inflation) / 2);
  }

  /** What the slope leaves, as ranks about none. */
  RankedRest rest(double slope) {
    double[] rest = new double[cuts[cuts.length - 1] - cuts[0]];
    for (int k = 1; k < cuts.length; k++) {
      double[] stretch = new double[cuts[k] - cuts[k - 1]];
      for (int i = 0; i < stretch.length; i++) {
        stretch[i] = values[cuts[k - 1] + i] - slope * i;
      }
      double middle = Robust.median(stretch);
      for (int i = 0; i < stretch.length; i++) {
        rest[cuts[k - 1] - cuts[0] + i] = stretch[i] - middle;
      }
    }
    return RankedRest.of(rest, cuts.length - 1);
  }

  /** By how much memory makes the variance larger. */
  static double inflation(RankedRest rest) {
    double found = rest.memory();
    double error =
        Math.sqrt(Math.max(LEAST_VARIANCE, 1 - Math.min(1, found * found)) / rest.count());
    double memory = Math.clamp(found + CAUTION * error, 0, LONGEST_MEMORY);
    return (1 + memory) / (1 - memory);
  }

  /** Whether one more step somewhere explains the order better than the slope does. */
  boolean isStep() {
    double byStep = 0;
    double byLine = 0;
    for (int k = 1; k < cuts.length; k++) {
      if (cuts[k] - cuts[k - 1] >= 2 * SHORTEST) {
        double[] ranks = RankedRest.ranks(Arrays.copyOfRange(values, cuts[k - 1], cuts[k]));
        byStep = Math.max(byStep, explainedByStep(ranks));
        byLine += explainedByLine(ranks);
      }
    }
    return byStep > BETTER * byLine;
  }

  private static double explainedByLine(double[] ranks) {
    int n = ranks.length;
    double covariance = 0;
    for (int i = 0; i < n; i++) {
      covariance += (i - (n - 1) / 2.0) * ranks[i];
    }
    return covariance * covariance * 12 / (n * (n * (double) n - 1));
  }

  private static double explainedByStep(double[] ranks) {
    double most = 0;
    double sum = 0;
    for (int i = 1; i < ranks.length; i++) {
      sum += ranks[i - 1];
      int right = ranks.length - i;
      if (i >= SHORTEST - 1 && right >= SHORTEST - 1) {
        most = Math.max(most, sum * sum * (1.0 / i + 1.0 / right));
      }
    }
    return most;
  }
}
