package dev.nightjar.site.section.results;

import org.jspecify.annotations.Nullable;

/**
 * The median of some values with an interval that holds the true one with at least 95 %, whatever
 * the distribution.
 *
 * @param low absent below six values, where no such interval exists
 * @param high likewise
 */
record MedianInterval(double median, @Nullable Double low, @Nullable Double high) {
  private static final double TAIL = 0.025;
  private static final double NORMAL_QUANTILE = 1.959964;

  /**
   * From here on the normal approximation is exact to a rank, and 0.5^n soon no number any more.
   */
  private static final int MANY = 1000;

  /** Of at least one value, ascending. */
  static MedianInterval of(double[] values) {
    int n = values.length;
    int rank = lowerRank(n);
    return new MedianInterval(
        (values[(n - 1) / 2] + values[n / 2]) / 2,
        rank < 1 ? null : (Double) values[rank - 1],
        rank < 1 ? null : (Double) values[n - rank]);
  }

  /**
   * The rank r of the order statistics r and n + 1 − r that enclose the median; 0 where none does.
   * Exact binomial tail, summed from its end.
   */
  static int lowerRank(int n) {
    if (n > MANY) {
      return (int) Math.floor((n + 1) / 2.0 - NORMAL_QUANTILE * Math.sqrt(n) / 2.0);
    }
    double probability = Math.pow(0.5, n);
    double tail = 0;
    int rank = 0;
    for (int k = 0; k < n / 2; k++) {
      tail += probability;
      if (tail > TAIL) {
        break;
      }
      rank = k + 1;
      probability = probability * (n - k) / (k + 1);
    }
    return rank;
  }
}
