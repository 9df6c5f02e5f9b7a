package dev.nightjar.gate.trial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Labelled series by families of noise. Levels, noise scales, lengths and numbers of changes are
 * drawn; a drift, a second mode, an outlier or another variance is no change.
 */
final class SeriesGenerator {
  static final List<String> FAMILIES =
      List.of(
          "steps",
          "drift",
          "bimodal",
          "outliers",
          "variance",
          "autocorrelation",
          "seasonal",
          "counts",
          "trend",
          "wander",
          "kinks",
          "kinks in memory",
          "kinks and a step");

  private static final int LEAST_GAP = 10;

  /** The fewest points of a slope. */
  private static final int LEAST_RISE = 20;

  private final SplittableRandom random;

  SeriesGenerator(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The given number of series of every family. */
  List<LabelledSeries> generate(int each) {
    List<LabelledSeries> all = new ArrayList<>();
    for (String family : FAMILIES) {
      for (int i = 0; i < each; i++) {
        all.add(of(family));
      }
    }
    return all;
  }

  LabelledSeries of(String family) {
    if (family.equals("trend")) {
      return trend();
    }
    if (family.equals("wander")) {
      return wander();
    }
    if (family.startsWith("kinks")) {
      return kinks(family);
    }
    int length = random.nextInt(40, 400);
    int[] changes = changes(length);
    double[] noise =
        switch (family) {
          case "bimodal" -> bimodal(length);
          case "outliers" -> withOutliers(length);
          case "variance" -> withOtherVariances(length);
          case "autocorrelation" -> autocorrelated(length, random.nextDouble(0.3, 0.8));
          default -> heavyOrNormal(length);
        };
    double least = family.equals("autocorrelation") || family.equals("bimodal") ? 2 : 1;
    double[] levels = levels(length, changes, least, 6);
    double[] values = new double[length];
    double slope = family.equals("drift") ? random.nextDouble(-8, 8) / length : 0;
    double period = random.nextInt(6, 25);
    double swing = family.equals("seasonal") ? random.nextDouble(0.5, 2) : 0;
    for (int i = 0; i < length; i++) {
      values[i] = levels[i] + noise[i] + slope * i + swing * Math.sin(2 * Math.PI * i / period);
    }
    return family.equals("counts")
        ? counts(length, changes)
        : new LabelledSeries(family, rescaled(values), changes);
  }

  private int[] changes(int length) {
    int most = Math.min(4, length / (2 * LEAST_GAP));
    int count = random.nextInt(0, most + 1);
    int[] places = new int[count];
    while (!spaced(places, length)) {
      Arrays.setAll(places, i -> random.nextInt(LEAST_GAP, length - LEAST_GAP));
      Arrays.sort(places);
    }
    return places;
  }

  private static boolean spaced(int[] places, int length) {
    int last = 0;
    for (int place : places) {
      if (place - last < LEAST_GAP) {
        return false;
      }
      last = place;
    }
    return length - last >= LEAST_GAP;
  }

  private double[] levels(int length, int[] changes, double least, double most) {
    double[] levels = new double[length];
    double level = 0;
    int next = 0;
    for (int i = 0; i < length; i++) {
      if (next < changes.length && changes[next] == i) {
        double size = least * Math.pow(most / least, random.nextDouble());
        level += random.nextBoolean() ? size : -size;
        next++;
      }
      levels[i] = level;
    }
    return levels;
  }

  private double[] heavyOrNormal(int length) {
    boolean heavy = random.nextBoolean();
    double[] noise = new double[length];
    for (int i = 0; i < length; i++) {
      double squares = 0;
      for (int k = 0; k < 5; k++) {
        double z = random.nextGaussian();
        squares += z * z;
      }
      noise[i] = random.nextGaussian() * (heavy ? Math.sqrt(3 / squares) : 1);
    }
    return noise;
  }

  private double[] bimodal(int length) {
    double share = random.nextDouble(0.05, 0.5);
    double gap = random.nextDouble(2, 8);
    double[] noise = heavyOrNormal(length);
    double deviation = Math.sqrt(1 + gap * gap * share * (1 - share));
    for (int i = 0; i < length; i++) {
      noise[i] = (noise[i] + (random.nextDouble() < share ? gap : 0)) / deviation;
    }
    return noise;
  }

  private double[] withOutliers(int length) {
    double share = random.nextDouble(0.01, 0.08);
    double[] noise = heavyOrNormal(length);
    for (int i = 0; i < length; i++) {
      if (random.nextDouble() < share) {
        int run = random.nextInt(1, 3);
        double size = random.nextDouble(5, 30) * (random.nextInt(4) == 0 ? -1 : 1);
        for (int k = i; k < Math.min(length, i + run); k++) {
          noise[k] += size;
        }
      }
    }
    return noise;
  }

  private double[] withOtherVariances(int length) {
    double[] noise = heavyOrNormal(length);
    int from = random.nextInt(length / 4, 3 * length / 4);
    double factor = random.nextDouble(1.5, 4);
    boolean calmer = random.nextBoolean();
    for (int i = 0; i < length; i++) {
      noise[i] *= i >= from == calmer ? 1 / factor : 1;
    }
    return noise;
  }

  private double[] autocorrelated(int length, double memory) {
    double[] noise = heavyOrNormal(length);
    double fresh = Math.sqrt(1 - memory * memory);
    for (int i = 1; i < length; i++) {
      noise[i] = memory * noise[i - 1] + fresh * noise[i];
    }
    return noise;
  }

  /** Growth that is no step: exponential, saturating or a slow wave, over several deviations. */
  private LabelledSeries trend() {
    int length = random.nextInt(30, 300);
    double height = random.nextDouble(5, 60);
    int shape = random.nextInt(3);
    double[] values = heavyOrNormal(length);
    for (int i = 0; i < length; i++) {
      double t = (double) i / length;
      values[i] +=
          switch (shape) {
            case 0 -> height * Math.expm1(3 * t) / Math.expm1(3);
            case 1 -> height * -Math.expm1(-4 * t);
            default -> height / 2 * Math.sin(2 * Math.PI * t);
          };
    }
    return new LabelledSeries("trend", rescaled(values), new int[0]);
  }

  /**
   * Slopes that meet, of which the first may be none; with or without a step within one of them.
   * Each bend leads 4 to 30 deviations away until the next.
   */
  private LabelledSeries kinks(String family) {
    int length = random.nextInt(60, 400);
    int pieces = random.nextInt(1, Math.min(4, length / (2 * LEAST_RISE)) + 1) + 1;
    int[] places = pieces(pieces - 1, length);
    double[] values =
        family.endsWith("memory")
            ? autocorrelated(length, random.nextDouble(0.2, 0.5))
            : heavyOrNormal(length);
    double slope = random.nextBoolean() ? 0 : random.nextDouble(-15, 15) / length;
    double level = 0;
    int next = 0;
    for (int i = 0; i < length; i++) {
      if (next < places.length && places[next] == i) {
        slope += bend(places, next, length);
        next++;
      }
      values[i] += level;
      level += slope;
    }
    return family.endsWith("step")
        ? stepped(values, places)
        : new LabelledSeries(family, rescaled(values), new int[0], places);
  }

  private int[] pieces(int count, int length) {
    int[] places = new int[count];
    boolean isSpaced = false;
    while (!isSpaced) {
      Arrays.setAll(places, i -> random.nextInt(LEAST_RISE, length - LEAST_RISE));
      Arrays.sort(places);
      isSpaced = true;
      for (int i = 1; i < count; i++) {
        isSpaced &= places[i] - places[i - 1] >= LEAST_RISE;
      }
    }
    return places;
  }

  /** By how much the slope changes. */
  private double bend(int[] places, int k, int length) {
    int before = places[k] - (k == 0 ? 0 : places[k - 1]);
    int after = (k + 1 < places.length ? places[k + 1] : length) - places[k];
    double away = 4 * Math.pow(30.0 / 4, random.nextDouble());
    return (random.nextBoolean() ? away : -away) / Math.min(before, after);
  }

  /** With a step half way between two kinks, or between the last and the end. */
  private LabelledSeries stepped(double[] values, int[] kinks) {
    int k = random.nextInt(kinks.length);
    int step = (kinks[k] + (k + 1 < kinks.length ? kinks[k + 1] : values.length)) / 2;
    double height = random.nextDouble(4, 10) * (random.nextBoolean() ? 1 : -1);
    for (int i = step; i < values.length; i++) {
      values[i] += height;
    }
    return new LabelledSeries("kinks and a step", rescaled(values), new int[] {step}, kinks);
  }

  /** A random walk under noise. */
  private LabelledSeries wander() {
    int length = random.nextInt(40, 400);
    double[] values = heavyOrNormal(length);
    double pace = random.nextDouble(0.05, 1);
    double level = 0;
    for (int i = 0; i < length; i++) {
      level += pace * random.nextGaussian();
      values[i] += level;
    }
    return new LabelledSeries("wander", rescaled(values), new int[0]);
  }

  private LabelledSeries counts(int length, int[] changes) {
    double[] levels = levels(length, changes, 0.5, 1.2);
    double base = Math.log(random.nextDouble(4, 30));
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = poisson(Math.exp(base + levels[i]));
    }
    return new LabelledSeries("counts", values, changes);
  }

  private double poisson(double mean) {
    if (mean > 200) {
      return Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double limit = Math.exp(-mean);
    double product = random.nextDouble();
    int count = 0;
    while (product > limit) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }

  private double[] rescaled(double[] values) {
    double unit = Math.pow(10, random.nextInt(-9, 10));
    double origin = random.nextDouble(-50, 50);
    return Arrays.stream(values).map(value -> unit * (origin + value)).toArray();
  }
}
