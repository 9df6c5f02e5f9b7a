package dev.nightjar.gate.statistics.series;

import dev.nightjar.gate.statistics.estimate.Robust;
import java.util.Arrays;

/**
 * The values of a series that are numbers.
 *
 * @param places where they stand in the series
 * @param kept the values
 * @param scaled centred on the median, the farthest value at distance 1; empty when all are the
 *     same
 */
@SuppressWarnings("ArrayRecordComponent") // read-only; never compared
record FiniteValues(int[] places, double[] kept, double[] scaled) {
  private static final double SAME = 1e-13;

  static FiniteValues of(double[] values) {
    int[] places = places(values);
    double[] kept = Arrays.stream(places).mapToDouble(place -> values[place]).toArray();
    return new FiniteValues(places, kept, kept.length == 0 ? kept : scaled(kept));
  }

  int count() {
    return kept.length;
  }

  double median(int from, int to) {
    return Robust.median(Arrays.copyOfRange(kept, from, to));
  }

  private static int[] places(double[] values) {
    int[] places = new int[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (Double.isFinite(values[i])) {
        places[count++] = i;
      }
    }
    return Arrays.copyOf(places, count);
  }

  private static double[] scaled(double[] values) {
    double centre = Robust.median(values);
    double largest = Math.abs(centre);
    double reach = 0;
    double[] scaled = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = values[i] / 2 - centre / 2; // halves, as a difference can overflow
      largest = Math.max(largest, Math.abs(values[i]));
      reach = Math.max(reach, Math.abs(scaled[i]));
    }
    if (reach <= SAME * largest) {
      return new double[0];
    }
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] /= reach;
    }
    return scaled;
  }

  private double reach(double centre) {
    double reach = 0;
    for (double value : kept) {
      reach = Math.max(reach, Math.abs(value / 2 - centre / 2));
    }
    return reach;
  }

  /** The value that scaled is this. */
  double level(double scaledLevel) {
    double centre = Robust.median(kept);
    double half = scaledLevel * reach(centre) + centre / 2;
    return bounded(half);
  }

  /** The difference that scaled is this. */
  double difference(double scaledDifference) {
    return bounded(scaledDifference * reach(Robust.median(kept)));
  }

  /** Twice a half, as far as a number reaches. */
  private static double bounded(double half) {
    return Math.clamp(2 * half, -Double.MAX_VALUE, Double.MAX_VALUE);
  }
}
