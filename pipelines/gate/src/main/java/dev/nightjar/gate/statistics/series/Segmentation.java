package dev.nightjar.gate.statistics.series;

import org.apache.commons.statistics.distribution.TDistribution;

/** What segments of a cleaned series cost, and how sure a step between two of them is. */
final class Segmentation {
  /** The fewest points that make a segment. */
  static final int SHORTEST = 4;

  /** What a slope costs, in units of the noise's variance and of log n. */
  private static final double SLOPE_PENALTY = 3;

  /** What a step between slopes must leave less than a bend, in the same units. */
  private static final double LEAST_WORTH = 0.7;

  /** What a bend must save before the stretches of others end there, in the same units. */
  private static final double CLEAR_BEND = 20;

  /** The chances that stand for a break of the slope, and for one that is not even that. */
  private static final double BEND = Double.NaN;

  private static final double NOTHING = 2;

  /** The smallest step that counts, in deviations of the segments' noise. */
  private static final double SMALLEST_STEP = 1;

  private static final double LONGEST_MEMORY = 0.95;

  /** Segments quieter than this share of the whole series' variance are taken to be that loud. */
  private static final double LEAST_VARIANCE_SHARE = 0.1;

  private final double[] values;
  private final double[] sums;
  private final double[] squares;
  private final double[] timed;
  private final double variance;
  private final double longRunVariance;
  private final double slopePrice;
  private final Bends bends;

  Segmentation(SeriesNoise noise) {
    values = noise.values();
    variance = noise.variance();
    longRunVariance = noise.longRunVariance();
    slopePrice = SLOPE_PENALTY * Math.log(values.length);
    sums = new double[values.length + 1];
    squares = new double[values.length + 1];
    timed = new double[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      sums[i + 1] = sums[i] + values[i];
      squares[i + 1] = squares[i] + values[i] * values[i];
      timed[i + 1] = timed[i] + values[i] * i;
    }
    bends = new Bends(sums, timed);
  }

  int length() {
    return values.length;
  }

  /** How far the means on both sides of a place differ, in standard errors. */
  double contrast(int from, int at, int to) {
    double left = at - from;
    double right = to - at;
    double difference = (sums[to] - sums[at]) / right - (sums[at] - sums[from]) / left;
    return Math.abs(difference) * Math.sqrt(left * right / (left + right) / longRunVariance);
  }

  /**
   * What is left of a segment around its mean, or around its line where that is worth the price.
   */
  double cost(int from, int to) {
    double flat = aroundMean(from, to);
    return mayBeLine(from, to)
        ? Math.min(flat / longRunVariance, aroundLine(from, to) / longRunVariance + slopePrice)
        : flat / longRunVariance;
  }

  private static boolean mayBeLine(int from, int to) {
    return to - from >= 2 * SHORTEST;
  }

  private double aroundMean(int from, int to) {
    double sum = sums[to] - sums[from];
    return Math.max(0, squares[to] - squares[from] - sum * sum / (to - from));
  }

  private double aroundLine(int from, int to) {
    double covariance = timeCovariance(from, to);
    return Math.max(0, aroundMean(from, to) - covariance * covariance / timeSquares(from, to));
  }

  private double timeCovariance(int from, int to) {
    return timed[to] - timed[from] - (from + to - 1) / 2.0 * (sums[to] - sums[from]);
  }

  private static double timeSquares(int from, int to) {
    double length = to - from;
    return length * (length * length - 1) / 12;
  }

  private double slope(int from, int to) {
    boolean line =
        mayBeLine(from, to)
            && aroundLine(from, to) + slopePrice * longRunVariance < aroundMean(from, to);
    return line ? timeCovariance(from, to) / timeSquares(from, to) : 0;
  }

  private double[] residuals(int from, int to) {
    double mean = (sums[to] - sums[from]) / (to - from);
    double slope = slope(from, to);
    double centre = (from + to - 1) / 2.0;
    double[] residuals = new double[to - from];
    for (int i = from; i < to; i++) {
      residuals[i - from] = values[i] - mean - slope * (i - centre);
    }
    return residuals;
  }

  /** The chance of a step where no line that bends near by, without one, is as good an account. */
  private double unlessBent(double chance, int from, int at, int to) {
    int slopes = (slope(from, at) == 0 ? 0 : 1) + (slope(at, to) == 0 ? 0 : 1);
    if (slopes == 0) {
      return chance;
    }
    int first = Math.max(from + SHORTEST, at - (at - from) / 2);
    int last = Math.min(to - SHORTEST, at + (to - at) / 2);
    double unit = Math.log(values.length);
    double gain = bends.most(from, first, last, to) / longRunVariance;
    double bent = aroundLine(from, to) / longRunVariance - gain;
    boolean isBend =
        bent + (slopes * SLOPE_PENALTY - LEAST_WORTH) * unit <= cost(from, at) + cost(at, to);
    return isBend ? gain < CLEAR_BEND * unit ? NOTHING : BEND : chance;
  }

  /**
   * The chance that noise shows a step like that at a place, anywhere in the series; above 2 for a
   * step too small to count; NaN where the slope breaks instead.
   *
   * @param from where the segment before it begins
   * @param to where the segment after it ends
   */
  double chance(int from, int at, int to) {
    double[] left = residuals(from, at);
    double[] right = residuals(at, to);
    double size = Math.abs(values[at] - right[0] - (values[at - 1] - left[left.length - 1]));
    double pooled = (squares(left) + squares(right)) / (left.length + right.length - 2);
    double inDeviations = size / Math.sqrt(Math.max(pooled, Double.MIN_NORMAL));
    double chance = welch(size, ends(from, at), left, ends(at, to), right);
    return inDeviations < SMALLEST_STEP ? 3 - inDeviations : unlessBent(chance, from, at, to);
  }

  /**
   * How much less sure the end of a segment is than its mean: a line's has 4 times the variance.
   */
  private double ends(int from, int to) {
    return slope(from, to) == 0 ? 1 : 4;
  }

  /** Welch's test with Satterthwaite's degrees of freedom, for noise with memory. */
  private double welch(
      double size, double leftFactor, double[] left, double rightFactor, double[] right) {
    double leftSquares = squares(left);
    double rightSquares = squares(right);
    double least = LEAST_VARIANCE_SHARE * variance;
    int leftFree = left.length - 1;
    int rightFree = right.length - 1;
    double ofLeft = leftFactor * Math.max(least, leftSquares / leftFree) / left.length;
    double ofRight = rightFactor * Math.max(least, rightSquares / rightFree) / right.length;
    double both = ofLeft + ofRight;
    double inflation = inflation(left, right, leftSquares + rightSquares);
    double free = both * both / (ofLeft * ofLeft / leftFree + ofRight * ofRight / rightFree);
    TDistribution student = TDistribution.of(Math.max(2, free / Math.sqrt(inflation)));
    double once = 2 * student.survivalProbability(size / Math.sqrt(both * inflation));
    return Math.min(1, once * Math.max(SHORTEST, values.length / (double) SHORTEST));
  }

  /** By how much memory in the residuals makes the variance of their mean larger. */
  private static double inflation(double[] left, double[] right, double squares) {
    int count = left.length + right.length;
    double found = squares > 0 ? (lagged(left) + lagged(right)) / squares : 0;
    double unbiased = found + 2 * (1 + 3 * found) / count; // two means were taken away
    double memory = Math.clamp(unbiased, 0, LONGEST_MEMORY);
    return (1 + memory) / (1 - memory);
  }

  private static double lagged(double[] residuals) {
    double sum = 0;
    for (int i = 1; i < residuals.length; i++) {
      sum += residuals[i] * residuals[i - 1];
    }
    return sum;
  }

  private static double squares(double[] residuals) {
    double sum = 0;
    for (double residual : residuals) {
      sum += residual * residual;
    }
    return sum;
  }
}
