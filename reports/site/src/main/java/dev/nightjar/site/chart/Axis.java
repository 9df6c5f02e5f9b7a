package dev.nightjar.site.chart;

/**
 * Values laid along one side of a plot.
 *
 * @param low the value at 0
 * @param high the value at {@link #LENGTH}; greater than low
 */
public record Axis(double low, double high) {
  /** Units along each side of a plot. */
  public static final int LENGTH = 1000;

  private static final double MARGIN = 0.06;

  public Axis {
    if (!(high > low)) {
      throw new IllegalArgumentException("an axis from " + low + " to " + high);
    }
  }

  /** An axis that shows these values, with a little room at both ends. */
  public static Axis around(double low, double high) {
    double span = high > low ? high - low : Math.max(Math.abs(low) * 0.02, Double.MIN_NORMAL * 1e6);
    double centre = low / 2 + high / 2;
    double half = span / 2 * (1 + 2 * MARGIN);
    return new Axis(centre - half, centre + half);
  }

  /** An axis from zero to a round number not below the value. */
  public static Axis fromZero(double highest) {
    if (!(highest > 0)) {
      return new Axis(0, 1);
    }
    double power = Math.pow(10, Math.floor(Math.log10(highest)));
    for (double step : new double[] {1, 1.5, 2, 3, 4, 5, 6, 8, 10}) {
      if (highest <= step * power * (1 + 1e-9)) {
        return new Axis(0, step * power);
      }
    }
    return new Axis(0, 10 * power);
  }

  /** Where the value stands, from the left. */
  public int across(double value) {
    return clamp((value - low) / (high - low));
  }

  /** Where the value stands, from the top. */
  public int down(double value) {
    return LENGTH - across(value);
  }

  private static int clamp(double fraction) {
    return (int) Math.round(Math.clamp(fraction, 0, 1) * LENGTH);
  }
}
