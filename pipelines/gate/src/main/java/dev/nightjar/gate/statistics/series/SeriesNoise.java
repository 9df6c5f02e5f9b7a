package dev.nightjar.gate.statistics.series;

import dev.nightjar.gate.statistics.estimate.Robust;
import java.util.Arrays;

/**
 * A series with its outliers pulled in, and what its noise is like: how strong, and how long it
 * remembers.
 *
 * <p>The memory is that of a first-order autoregression. For such noise the variance of differences
 * at lag 2 is 1 + φ times that at lag 1, and steps touch only a few differences; the estimate is
 * the ratio of clipped variances less one, less {@value #CAUTION}/√n, since a short series shows
 * memory by chance and what it then hides are steps. What looks most like a step is left out: it
 * touches one difference at lag 1 and two at lag 2, and in a short series these alone would look
 * like the longest memory.
 */
final class SeriesNoise {
  private static final int HALF_WINDOW = 4;
  private static final int FEWEST_BESIDE = 3;
  private static final double REACH = 3;
  private static final double CAUTION = 3;
  private static final double LONGEST_MEMORY = 0.97;

  /** The mean absolute deviation of a normal distribution times this is its deviation: √(π/2). */
  private static final double MEAN_TO_SIGMA = Math.sqrt(Math.PI / 2);

  private final double[] values;
  private final double variance;
  private final double longRunVariance;

  SeriesNoise(double[] raw) {
    values = withoutOutliers(raw);
    int largest = largestStep();
    double near = differenceVariance(1, largest);
    double far = differenceVariance(2, largest);
    double memory = near > 0 && far > 0 ? far / near - 1 - CAUTION / Math.sqrt(raw.length) : 0;
    memory = Math.clamp(memory, 0, LONGEST_MEMORY);
    double resolution = resolution(raw);
    double all = Math.abs(differenceVariance(1, 0));
    variance = Math.max(all / (2 * (1 - memory)), resolution * resolution / 12);
    longRunVariance = variance * (1 + memory) / (1 - memory);
  }

  double[] values() {
    return values;
  }

  double variance() {
    return variance;
  }

  /** What the variance of a mean of many values is, times their number. */
  double longRunVariance() {
    return longRunVariance;
  }

  private static double[] withoutOutliers(double[] raw) {
    int n = raw.length;
    int width = Math.min(n, 2 * HALF_WINDOW + 1);
    double[] middle = new double[n];
    double[] away = new double[n];
    for (int i = 0; i < n; i++) {
      int from = Math.clamp(i - HALF_WINDOW, 0, n - width);
      middle[i] = Robust.median(Arrays.copyOfRange(raw, from, from + width));
      away[i] = Math.abs(raw[i] - middle[i]);
    }
    double reach = REACH * deviation(away);
    double[] pulledIn = new double[n];
    for (int i = 0; i < n; i++) {
      pulledIn[i] = Math.clamp(raw[i], middle[i] - reach, middle[i] + reach);
    }
    return pulledIn;
  }

  /** The deviation that absolute distances tell; by their mean where most are 0, as with counts. */
  private static double deviation(double[] away) {
    double byMedian = Robust.MAD_TO_SIGMA * Robust.median(away);
    return byMedian > 0 ? byMedian : MEAN_TO_SIGMA * Arrays.stream(away).average().orElse(0);
  }

  /** The place at which the means of the few values on both sides differ most. */
  private int largestStep() {
    int place = 0;
    double largest = 0;
    for (int i = FEWEST_BESIDE; i <= values.length - FEWEST_BESIDE; i++) {
      int width = Math.min(HALF_WINDOW, Math.min(i, values.length - i));
      double difference = 0;
      for (int k = 0; k < width; k++) {
        difference += values[i + k] - values[i - 1 - k];
      }
      if (Math.abs(difference) / width > largest) {
        largest = Math.abs(difference) / width;
        place = i;
      }
    }
    return place;
  }

  /**
   * Negative when most differences are equal, so that it tells nothing of memory.
   *
   * @param but a place over which differences do not count
   */
  private double differenceVariance(int lag, int but) {
    double[] differences = new double[values.length - lag];
    int count = 0;
    for (int i = 0; i + lag < values.length; i++) {
      if (i >= but || i + lag < but) {
        differences[count++] = values[i + lag] - values[i];
      }
    }
    differences = Arrays.copyOf(differences, count);
    double centre = Robust.median(differences);
    double reach = REACH * Robust.deviationFrom(centre, differences);
    double sum = 0;
    double plain = 0;
    for (double difference : differences) {
      double away = Math.abs(difference - centre);
      plain += away;
      sum += Math.min(away, reach) * Math.min(away, reach);
    }
    double deviation = MEAN_TO_SIGMA * plain / differences.length;
    return reach > 0 ? sum / differences.length : -deviation * deviation;
  }

  /** The smallest step between two different values: below it nothing can be seen. */
  private static double resolution(double[] raw) {
    double[] sorted = raw.clone();
    Arrays.sort(sorted);
    double least = Double.POSITIVE_INFINITY;
    for (int i = 1; i < sorted.length; i++) {
      double gap = sorted[i] - sorted[i - 1];
      if (gap > 1e-12) {
        least = Math.min(least, gap);
      }
    }
    return Double.isFinite(least) ? least : 0;
  }
}
