package dev.nightjar.gate.statistics;

import dev.nightjar.gate.statistics.estimate.Robust;
import java.util.Arrays;
import java.util.List;

/**
 * The log ratios of pairs of values, and where they may lie for the rounding of these: 0.002 s over
 * 0.001 s is anything from 1 to 5 times as long.
 *
 * <p>Two programs that are run in turns are rounded the same way each time, so rounding does not
 * average out over pairs as noise does; each end of an interval is that of the worst case. Where
 * noise carries the values over several steps that is more than needed, by a step over the value.
 *
 * <p>A zero is below the first step, or, where nothing is rounded, all that can be said of its pair
 * is which side is larger. The ratio of two zeros, or with a negative value, can be anything. Such
 * pairs stay among the others, as far out as they may lie.
 */
public final class LogRatios {
  /** Behind every ratio of numbers, and not infinite, as means are taken. */
  private static final double FAR = 1e6;

  /** Rounding that is no larger than this share of all values spares two thirds of the work. */
  private static final double NEGLIGIBLE = 1e-7;

  private static final double LONGEST_MEMORY = 0.9;

  private final double[] ratios;
  private final double[] leastMeans;
  private final double[] means;
  private final double[] mostMeans;
  private final double deviation;
  private final double rounding;

  /** Of so many pairs, B over A, in values of that unit. */
  public LogRatios(String unit, double[] as, double[] bs) {
    double half = halfAStep(unit, as, bs);
    int n = as.length;
    double[] least = new double[n];
    double[] most = new double[n];
    double[] widths = new double[n];
    ratios = new double[n];
    for (int i = 0; i < n; i++) {
      boolean isRatio = as[i] >= 0 && bs[i] >= 0;
      least[i] = isRatio ? logRatio(as[i] + half, bs[i] - half, -FAR) : -FAR;
      most[i] = isRatio ? logRatio(as[i] - half, bs[i] + half, FAR) : FAR;
      widths[i] = (most[i] - least[i]) / 2;
      ratios[i] = as[i] > 0 && bs[i] > 0 ? Math.log(bs[i] / as[i]) : (least[i] + most[i]) / 2;
    }
    rounding = Robust.median(widths);
    means = Robust.walshAverages(ratios);
    boolean isExact = Arrays.equals(least, most);
    leastMeans = isExact ? means : Robust.walshAverages(least);
    mostMeans = isExact ? means : Robust.walshAverages(most);
    double memory = Math.clamp(rankMemory(ratios), 0, LONGEST_MEMORY);
    deviation = deviation(n) * Math.sqrt((1 + memory) / (1 - memory));
  }

  private static double halfAStep(String unit, double[] as, double[] bs) {
    double half = Resolution.of(unit, List.of(as, bs)).step() / 2;
    double least = Math.min(Arrays.stream(as).min().orElse(0), Arrays.stream(bs).min().orElse(0));
    return half < NEGLIGIBLE * least ? 0 : half;
  }

  private static double logRatio(double a, double b, double ofNothing) {
    if (a <= 0 && b <= 0) {
      return ofNothing;
    }
    return a <= 0 ? FAR : b <= 0 ? -FAR : Math.log(b / a);
  }

  /** Of the sum of signed ranks of so many. */
  private static double deviation(double n) {
    return Math.sqrt(n * (n + 1) * (2 * n + 1) / 24);
  }

  private static int rank(double means, double reach) {
    return (int) Math.floor(means / 2 - reach - 0.5);
  }

  /** The fewest pairs of which an interval of so many standard errors has ends. */
  public static int fewest(double errors) {
    int n = 1;
    while (rank(n * (n + 1) / 2.0, errors * deviation(n)) < 0) {
      n++;
    }
    return n;
  }

  /** The Hodges–Lehmann location, as a relative change; infinite when nothing stands against it. */
  public double effect() {
    double location = Robust.medianOfSorted(means);
    return location > FAR / 2 ? Double.POSITIVE_INFINITY : Math.expm1(location);
  }

  /** Wilcoxon's interval of relative changes, so many standard errors to both sides. */
  public Interval interval(double errors) {
    int rank = rank(means.length, errors * deviation);
    return rank < 0
        ? new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
        : new Interval(
            Math.expm1(leastMeans[rank]), Math.expm1(mostMeans[means.length - 1 - rank]));
  }

  /** What the interval is wider for rounding, to each side, in logarithms. */
  public double rounding() {
    return rounding;
  }

  /** How much the ratio of a single pair varies: a robust standard deviation. */
  public static double spread(double[] as, double[] bs) {
    double[] ratios = new double[as.length];
    Arrays.setAll(ratios, i -> logRatio(as[i], bs[i], 0));
    return Robust.deviationFrom(Robust.median(ratios), ratios);
  }

  /** Correlation of neighbours, by signs about the median: heavy tails do not sway it. */
  private static double rankMemory(double[] values) {
    double centre = Robust.median(values);
    double sum = 0;
    for (int i = 1; i < values.length; i++) {
      sum += Math.signum(values[i] - centre) * Math.signum(values[i - 1] - centre);
    }
    double signs = sum / (values.length - 1);
    double chance = 1 / Math.sqrt(values.length); // what independent values show by themselves
    return signs > chance ? Math.sin(Math.PI / 2 * signs) : 0;
  }
}
