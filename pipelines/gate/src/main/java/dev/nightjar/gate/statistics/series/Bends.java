package dev.nightjar.gate.statistics.series;

/** How much less a line that bends at a place leaves of a window than a straight one: in O(1). */
final class Bends {
  private final double[] sums;
  private final double[] timed;

  /** By the sums of values, and of values times their places. */
  Bends(double[] sums, double[] timed) {
    this.sums = sums;
    this.timed = timed;
  }

  static Bends of(double[] values) {
    double[] sums = new double[values.length + 1];
    double[] timed = new double[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      sums[i + 1] = sums[i] + values[i];
      timed[i + 1] = timed[i] + values[i] * i;
    }
    return new Bends(sums, timed);
  }

  /**
   * The place of the clearest bend in windows of a width, of which each begins a quarter behind the
   * last; -1 where none is beyond the threshold.
   *
   * @param margin how many points a side has at the least
   */
  int clearest(int from, int to, int width, int margin, double threshold) {
    int place = -1;
    double most = threshold;
    int stride = Math.max(1, width / 4);
    for (int start = from; start + width <= to; start += stride) {
      int begin = start + width + stride > to ? to - width : start; // the last reaches the end
      for (int at = begin + margin; at <= begin + width - margin; at++) {
        double gain = gain(begin, at, begin + width);
        if (gain > most) {
          most = gain;
          place = at;
        }
      }
    }
    return place;
  }

  /** The most that a line gains over a window by bending between two places in it. */
  double most(int from, int first, int last, int to) {
    double most = 0;
    for (int at = first; at <= last; at++) {
      most = Math.max(most, gain(from, at, to));
    }
    return most;
  }

  private double gain(int from, int at, int to) {
    double n = to - from;
    double middle = (from + to - 1) / 2.0;
    double timeSquares = n * (n * n - 1) / 12;
    double sum = sums[to] - sums[from];
    double slope = (timed[to] - timed[from] - middle * sum) / timeSquares;
    double right = to - at;
    double height = right * (right - 1) / 2;
    double heightSquares = height * (2 * right - 1) / 3;
    double withTime = heightSquares + (at - middle) * height;
    double product =
        timed[to] - timed[at] - at * (sums[to] - sums[at]) - sum / n * height - slope * withTime;
    double own = heightSquares - height * height / n - withTime * withTime / timeSquares;
    return product * product / own;
  }
}
