package dev.nightjar.gate.trial;

import dev.nightjar.gate.statistics.estimate.Robust;
import dev.nightjar.gate.statistics.series.Drifts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * How often a year of nights without a drift shows one, and how often a drift of 8 % in 60 nights
 * is found by its 45th.
 *
 * <p>Noise of recorded series: a night is the median of five neighbouring values. <i>Scattered</i>:
 * where they begin is drawn anew for each night. <i>In a row</i>: eight nights follow each other as
 * the values did, so what these hand on stays.
 */
public final class DriftTrial {
  private static final int YEAR = 365;
  private static final int SEEN = 51;
  private static final int NIGHTS = 60;
  private static final int BY = 45;
  private static final double GROWTH = 0.08;
  private static final int REPETITIONS = 5;
  private static final int IN_A_ROW = 8;
  private static final double NOISE = 0.015;
  private static final double[] SMALLEST = {0.05, 0.03};

  private final SplittableRandom random;
  private final int years;
  private final int rises;
  private int[] alarms = {};
  private int[] finds = {};

  private DriftTrial(long seed, int years, int rises) {
    random = new SplittableRandom(seed);
    this.years = years;
    this.rises = rises;
  }

  /** Arguments: a seed; years without a drift and drifts, of each noise; a file of series. */
  public static void main(String[] args) throws IOException {
    DriftTrial trial =
        new DriftTrial(
            Long.parseLong(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    System.out.printf(
        Locale.ROOT,
        "seed %s; smallest effect %.2f and %.2f: of %d years of %d nights those with a drift; "
            + "of %d drifts of %.2f in %d nights those found by night %d%n",
        args[0],
        SMALLEST[0],
        SMALLEST[1],
        trial.years,
        YEAR,
        trial.rises,
        GROWTH,
        NIGHTS,
        BY);
    trial.report("made", trial.made());
    Map<String, IntFunction<double[]>> scattered = new LinkedHashMap<>();
    Map<String, IntFunction<double[]>> inARow = new LinkedHashMap<>();
    for (LabelledSeries series : ChangePointTrial.recorded(Path.of(args[3]))) {
      double[] noise = Arrays.stream(NullRunsTrial.noise(series)).map(Math::log).toArray();
      String name = "series " + scattered.size();
      scattered.put(name, nights -> trial.recorded(noise, nights, 1));
      inARow.put(name, nights -> trial.recorded(noise, nights, IN_A_ROW));
    }
    trial.report("recorded, scattered", scattered);
    trial.report("recorded, in a row", inARow);
  }

  private Map<String, IntFunction<double[]>> made() {
    Map<String, IntFunction<double[]>> noises = new LinkedHashMap<>();
    for (double memory : new double[] {0, 0.3, 0.6, 0.85, 0.95}) {
      noises.put("autoregression " + memory, nights -> remembering(nights, memory));
    }
    noises.put(
        "wander in noise",
        nights -> {
          double[] values = remembering(nights, 0.9);
          Arrays.setAll(values, i -> values[i] + NOISE * random.nextGaussian());
          return values;
        });
    noises.put("two modes that stay", this::modes);
    noises.put("weekends 4 % slower", this::weeks);
    return noises;
  }

  private double[] remembering(int nights, double memory) {
    double[] values = new double[nights];
    double wander = NOISE * random.nextGaussian();
    for (int i = 0; i < nights; i++) {
      values[i] = wander;
      wander = memory * wander + NOISE * Math.sqrt(1 - memory * memory) * random.nextGaussian();
    }
    return values;
  }

  private double[] weeks(int nights) {
    double[] values = remembering(nights, 0);
    Arrays.setAll(values, i -> values[i] + (i % 7 > 4 ? 0.04 : 0));
    return values;
  }

  private double[] modes(int nights) {
    double[] values = new double[nights];
    boolean isHigh = false;
    for (int i = 0; i < nights; i++) {
      isHigh ^= random.nextInt(7) == 0;
      values[i] = NOISE / 3 * random.nextGaussian() + (isHigh ? 2.5 * NOISE : 0);
    }
    return values;
  }

  private double[] recorded(double[] noise, int nights, int inARow) {
    double[] values = new double[nights];
    int place = 0;
    for (int i = 0; i < nights; i++) {
      place =
          i % inARow == 0
              ? random.nextInt(noise.length - inARow * REPETITIONS + 1)
              : place + REPETITIONS;
      values[i] = Robust.median(Arrays.copyOfRange(noise, place, place + REPETITIONS));
    }
    return values;
  }

  private void report(String title, Map<String, IntFunction<double[]>> noises) {
    System.out.println(title + ": deviation of a night, of the slope's total over " + BY);
    int[] all = new int[SMALLEST.length];
    noises.forEach((name, noise) -> {
      count(noise);
      Arrays.setAll(all, k -> all[k] + alarms[k]);
      double[] some = noise.apply(1000);
      System.out.printf(
          Locale.ROOT,
          "  %-24s %.4f %.4f  a drift %d %d  found %d %d%n",
          name,
          Robust.deviationFrom(Robust.median(some), some),
          totals(noise),
          alarms[0],
          alarms[1],
          finds[0],
          finds[1]);
    });
    System.out.printf("  all: a drift %d %d of %d%n", all[0], all[1], years * noises.size());
  }

  private void count(IntFunction<double[]> noise) {
    alarms = new int[SMALLEST.length];
    finds = new int[SMALLEST.length];
    for (int i = 0; i < years; i++) {
      double[] nights = noise.apply(YEAR);
      Arrays.setAll(alarms, k -> alarms[k] + (isFound(nights, SMALLEST[k]) ? 1 : 0));
    }
    for (int i = 0; i < rises; i++) {
      double[] nights = noise.apply(BY);
      Arrays.setAll(nights, n -> nights[n] + Math.log1p(GROWTH * n / (NIGHTS - 1)));
      Arrays.setAll(finds, k -> finds[k] + (isFound(nights, SMALLEST[k]) ? 1 : 0));
    }
  }

  /** On any night, with as many runs before as a gate sees. */
  private static boolean isFound(double[] nights, double smallest) {
    for (int n = 1; n <= nights.length; n++) {
      double[] seen = Arrays.copyOfRange(nights, Math.max(0, n - SEEN), n);
      if (Drifts.detect(seen, Math.log1p(smallest)) != null) {
        return true;
      }
    }
    return false;
  }

  /** What the best that a line can say varies by itself: no test finds what is much smaller. */
  private double totals(IntFunction<double[]> noise) {
    double sum = 0;
    for (int i = 0; i < rises; i++) {
      double[] nights = noise.apply(BY);
      double total = 0;
      for (int n = 0; n < BY; n++) {
        total += nights[n] * (n - (BY - 1) / 2.0) * 12 / (BY * (BY + 1.0));
      }
      sum += total * total;
    }
    return Math.sqrt(sum / rises);
  }
}
