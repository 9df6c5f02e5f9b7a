package dev.nightjar.gate.statistics;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How finely a series tells: the last digit that its values are printed with, or its clock's tick.
 * Whatever lies closer together cannot be told apart, so it is a floor of the noise, however equal
 * the values look: 0.001 s, 0.001 s, 0.002 s is no slowdown of 100 %.
 *
 * <p>It is found from the values alone, as result files keep numbers and not how they were printed:
 * the fewest decimals that show all of them, so that one more digit in any value makes it finer. Of
 * whole numbers, zeros at the end count where that many would be chance less than once in 10⁹;
 * people like round numbers too. The tick of 1/64 s that many systems have is known by its factor.
 *
 * <p>What is counted is exact: three allocations instead of two are one more.
 *
 * @param step the distance between neighbouring values that can occur, in the series' unit; 0 for
 *     exact ones
 */
public record Resolution(double step) {
  /** Nothing is rounded. */
  static final Resolution EXACT = new Resolution(0);

  /** Doubles that come of decimal numbers by converting units have their noise behind these. */
  private static final double SIGNIFICANT = 1e-12;

  private static final int ZEROS_BEYOND_CHANCE = 9;

  /** Those that a double holds exactly; long digits ask for many. */
  private static final double[] POWERS = new double[23];

  static {
    Arrays.setAll(POWERS, exponent -> Math.pow(10, exponent));
  }

  /** 1/64 s is 15.625 ms, and 5⁶ in whatever decimal unit it is printed. */
  private static final long BINARY_TICK = 15_625;

  /** A uniform distribution as wide as 1 has this deviation. */
  private static final double UNIFORM_DEVIATION = 1 / Math.sqrt(12);

  /** What is read off an instrument, in UCUM; whole numbers of anything else are counts. */
  private static final Set<String> MEASURED =
      Set.of(
          "s", "ms", "us", "µs", "ns", "min", "h", "sec", "second", "seconds", "%", "W", "mW", "J",
          "Hz", "Cel", "K", "V");

  /** Between the words of a unit, a tool's own such as {@code p99-ns} among them. */
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}%µ]+");

  /** That of values of a unit, of all that is compared: both sides, or all runs. */
  static Resolution of(String unit, Collection<double[]> groups) {
    double[] values = distinct(groups);
    int decimals = 0;
    for (double value : values) {
      decimals = Math.max(decimals, decimals(value));
    }
    if (values.length == 0 || (decimals == 0 && isCounted(unit))) {
      return EXACT;
    }
    double digit = Math.pow(10, -decimals);
    long[] digits = new long[values.length];
    Arrays.setAll(digits, i -> Math.round(values[i] / digit));
    return new Resolution(digit * ticks(digits));
  }

  /** The different ones that are no zero, ascending. */
  private static double[] distinct(Collection<double[]> groups) {
    int most = 0;
    for (double[] group : groups) {
      most += group.length;
    }
    double[] all = new double[most];
    int count = 0;
    for (double[] group : groups) {
      for (double value : group) {
        if (value != 0) {
          all[count++] = value;
        }
      }
    }
    Arrays.sort(all, 0, count);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || all[i] != all[kept - 1]) {
        all[kept++] = all[i];
      }
    }
    return Arrays.copyOf(all, kept);
  }

  /** Whether whole numbers of it are counts. */
  public static boolean isCounted(String unit) {
    return !MEASURED.contains(unit)
        && BETWEEN_WORDS.splitAsStream(unit).noneMatch(MEASURED::contains);
  }

  /** How many show the value. */
  private static int decimals(double value) {
    double size = Math.abs(value);
    int decimals = Math.max(0, (int) -Math.floor(Math.log10(size)));
    double digits = size * powerOfTen(decimals);
    while (Math.abs(digits - Math.rint(digits)) > SIGNIFICANT * digits) {
      decimals++;
      digits = size * powerOfTen(decimals);
    }
    return decimals;
  }

  private static double powerOfTen(int exponent) {
    return exponent < POWERS.length ? POWERS[exponent] : Math.pow(10, exponent);
  }

  /** How many last digits a clock's tick is. */
  private static long ticks(long[] digits) {
    if (areMultiples(digits, BINARY_TICK) && !areMultiples(digits, 2 * BINARY_TICK)) {
      return BINARY_TICK;
    }
    long tick = 1;
    int zeros = 0;
    while (areMultiples(digits, tick * 10)) {
      tick *= 10;
      zeros++;
    }
    return digits.length > 1 && zeros * digits.length >= ZEROS_BEYOND_CHANCE ? tick : 1;
  }

  private static boolean areMultiples(long[] digits, long of) {
    for (long one : digits) {
      if (one % of != 0) {
        return false;
      }
    }
    return true;
  }

  /** The deviation that a value has for being rounded alone, in the series' unit. */
  double deviation() {
    return step * UNIFORM_DEVIATION;
  }

  /** The same about a level, on the scale of a comparison. */
  double deviation(Scale scale, double level) {
    return scale == Scale.RATIO ? deviation() / scale.back(level) : deviation();
  }
}
