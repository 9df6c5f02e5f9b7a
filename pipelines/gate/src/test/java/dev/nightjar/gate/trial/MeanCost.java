package dev.nightjar.gate.trial;

import java.util.Arrays;

/**
 * Twice the negative log-likelihood of a segment of normal values with one mean and known unit
 * variance, as the change-in-mean methods take it. The values are divided by the noise beforehand:
 * the median absolute deviation of the differences over √2, the usual choice.
 */
final class MeanCost {
  private final double[] sums;
  private final double[] squares;

  MeanCost(double[] values) {
    double noise = noise(values);
    double origin = values[0];
    sums = new double[values.length + 1];
    squares = new double[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      double value = (values[i] - origin) / noise;
      sums[i + 1] = sums[i] + value;
      squares[i + 1] = squares[i] + value * value;
    }
  }

  private static double noise(double[] values) {
    double[] differences = new double[values.length - 1];
    Arrays.setAll(differences, i -> values[i + 1] - values[i]);
    double centre = median(differences);
    double[] away = Arrays.stream(differences).map(d -> Math.abs(d - centre)).toArray();
    double noise = 1.4826 * median(away) / Math.sqrt(2);
    return noise > 0 ? noise : 1;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  double of(int from, int to) {
    double sum = sums[to] - sums[from];
    return squares[to] - squares[from] - sum * sum / (to - from);
  }
}
