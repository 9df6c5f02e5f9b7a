package dev.nightjar.gate.statistics.series;

import java.util.Arrays;

/**
 * What a fit leaves of a series, by ranks: how much of it each value hands on to the next.
 *
 * @param count of values
 * @param lagged the correlation of the ranks with their neighbours'
 * @param lines how many lines were taken away, each of which lowers that by itself
 */
record RankedRest(int count, double lagged, double lines) {

  static RankedRest of(double[] rest, int stretches) {
    double[] ranks = ranks(rest);
    double squares = 0;
    double products = 0;
    for (int i = 0; i < ranks.length; i++) {
      squares += ranks[i] * ranks[i];
      products += i > 0 ? ranks[i] * ranks[i - 1] : 0;
    }
    // Stretches have a level each, and the slope in common.
    return new RankedRest(
        ranks.length, squares > 0 ? products / squares : 0, (stretches + 1) / 2.0);
  }

  /** Both stretches together, each about its own fit. */
  RankedRest with(RankedRest other) {
    int both = count + other.count;
    double mean = (lagged * count + other.lagged * other.count) / both;
    return new RankedRest(both, mean, lines + other.lines);
  }

  /** The correlation of neighbours, without what the fit took from it: (2 + 4φ)/n for a line. */
  double memory() {
    return lagged + lines * (2 + 4 * Math.max(0, lagged)) / count;
  }

  /** The ranks about their mean, equal values at the same one. */
  static double[] ranks(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int first = Arrays.binarySearch(sorted, values[i]);
      int last = first;
      while (first > 0 && sorted[first - 1] == values[i]) {
        first--;
      }
      while (last + 1 < sorted.length && sorted[last + 1] == values[i]) {
        last++;
      }
      ranks[i] = (first + last) / 2.0 - (values.length - 1) / 2.0;
    }
    return ranks;
  }
}
