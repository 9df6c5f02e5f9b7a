package dev.nightjar.gate.statistics.series;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A line that bends at knots without a jump, by least squares. It is told by its heights at the
 * knots and at both ends, of which only neighbours concern each other: the equations are
 * tridiagonal.
 */
final class BrokenLine {
  private static final double LONGEST_MEMORY = 0.95;

  private final double[] values;
  private final int[] knots;
  private final double[] heights;
  private final double squares;
  private final double lagged;

  /**
   * The best line over a stretch.
   *
   * @param knots its first point, where it bends, and its last point; ascending
   */
  BrokenLine(double[] values, int[] knots) {
    this.values = values;
    this.knots = knots;
    heights = solved();
    double ofRest = 0;
    double products = 0;
    double last = 0;
    for (int k = 1; k < knots.length; k++) {
      for (int i = knots[k - 1] + (k > 1 ? 1 : 0); i <= knots[k]; i++) {
        double rest = values[i] - at(k, i);
        ofRest += rest * rest;
        products += rest * last;
        last = rest;
      }
    }
    squares = ofRest;
    lagged = products;
  }

  private double at(int piece, int i) {
    double share = (i - knots[piece - 1]) / (double) (knots[piece] - knots[piece - 1]);
    return heights[piece - 1] + share * (heights[piece] - heights[piece - 1]);
  }

  private double[] solved() {
    int count = knots.length;
    double[] diagonal = new double[count];
    double[] beside = new double[count];
    double[] right = new double[count];
    for (int k = 1; k < count; k++) {
      double length = knots[k] - knots[k - 1];
      for (int i = knots[k - 1] + (k > 1 ? 1 : 0); i <= knots[k]; i++) {
        double share = (i - knots[k - 1]) / length;
        diagonal[k - 1] += (1 - share) * (1 - share);
        diagonal[k] += share * share;
        beside[k - 1] += share * (1 - share);
        right[k - 1] += (1 - share) * values[i];
        right[k] += share * values[i];
      }
    }
    return eliminated(diagonal, beside, right);
  }

  /** By Thomas' elimination; the matrix is positive. */
  private static double[] eliminated(double[] diagonal, double[] beside, double[] right) {
    int count = right.length;
    for (int k = 1; k < count; k++) {
      double factor = beside[k - 1] / diagonal[k - 1];
      diagonal[k] -= factor * beside[k - 1];
      right[k] -= factor * right[k - 1];
    }
    for (int k = count - 1; k >= 0; k--) {
      double known = k + 1 < count ? beside[k] * right[k + 1] : 0;
      right[k] = (right[k] - known) / diagonal[k];
    }
    return right;
  }

  /** What it leaves. */
  double squares() {
    return squares;
  }

  double height(int knot) {
    return heights[knot];
  }

  /** Of the piece that ends at this knot. */
  double slope(int knot) {
    return (heights[knot] - heights[knot - 1]) / (knots[knot] - knots[knot - 1]);
  }

  private int length() {
    return knots[knots.length - 1] - knots[0] + 1;
  }

  private double free() {
    return length() - knots.length;
  }

  double deviation() {
    return Math.sqrt(squares / free());
  }

  /** By how much memory in what it leaves makes its variance larger. */
  private double inflation() {
    double found = squares > 0 ? lagged / squares : 0;
    double unbiased = found + knots.length * (1 + 2 * found) / length();
    double memory = Math.clamp(unbiased, 0, LONGEST_MEMORY);
    return (1 + memory) / (1 - memory);
  }

  /**
   * The chance that noise bends so at a place.
   *
   * @param without what a line leaves that does not bend there
   * @param least what the variance of the noise is at the least
   */
  double chance(BrokenLine without, double least) {
    double inflation = inflation();
    double variance = Math.max(squares / free(), least) * inflation;
    TDistribution student = TDistribution.of(Math.max(2, free() / Math.sqrt(inflation)));
    double gain = Math.max(0, without.squares - squares);
    return 2 * student.survivalProbability(Math.sqrt(gain / Math.max(variance, Double.MIN_NORMAL)));
  }
}
