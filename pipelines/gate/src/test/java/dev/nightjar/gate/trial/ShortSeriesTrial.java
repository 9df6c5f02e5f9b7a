package dev.nightjar.gate.trial;

import dev.nightjar.gate.statistics.series.ChangePoints;
import dev.nightjar.model.ChangePoint;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * What is found in short series: clean steps, by the runs before and after them; nothing, where
 * there is no step; and whether a step that was found stays while runs are added.
 */
public final class ShortSeriesTrial {
  private static final double NOISE = 0.006;
  private static final int[][] SHAPES = {
    {5, 3}, {5, 4}, {5, 5}, {5, 9}, {10, 5}, {10, 10}, {20, 8}, {8, 3}, {12, 3}, {30, 3}, {30, 5}
  };
  private static final int[] LENGTHS = {6, 8, 10, 12, 15, 20, 30, 50, 100};
  private static final int APPENDED = 40;

  private final SplittableRandom random;

  private ShortSeriesTrial(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Arguments: a seed; steps of each shape; series without a step of each length. */
  public static void main(String[] args) {
    System.out.println("seed " + args[0] + ", noise " + NOISE);
    ShortSeriesTrial trial = new ShortSeriesTrial(Long.parseLong(args[0]));
    for (double effect : new double[] {0.15, 0.05, 0.02}) {
      trial.steps(effect, Integer.parseInt(args[1]));
    }
    trial.flat(Integer.parseInt(args[2]));
    for (double effect : new double[] {0.15, 0.08, 0.05}) {
      trial.appended(effect, Integer.parseInt(args[1]));
    }
  }

  private double[] stepped(int before, int after, double effect) {
    double[] values = new double[before + after];
    Arrays.setAll(values, i -> (i < before ? 1 : 1 + effect) * (1 + NOISE * random.nextGaussian()));
    return values;
  }

  private static boolean isFound(double[] values, int place, int margin) {
    return ChangePoints.detect(values).stream()
        .map(ChangePoint::index)
        .anyMatch(index -> Math.abs(index - place) <= margin);
  }

  private void steps(double effect, int count) {
    StringBuilder line = new StringBuilder("steps of " + effect + ", found of " + count + ":");
    for (int[] shape : SHAPES) {
      int found = 0;
      for (int i = 0; i < count; i++) {
        found += isFound(stepped(shape[0], shape[1], effect), shape[0], 0) ? 1 : 0;
      }
      line.append(" %d/%d %d".formatted(shape[0], shape[1], found));
    }
    System.out.println(line);
  }

  private void appended(double effect, int count) {
    int lost = 0;
    for (int before : new int[] {5, 8, 12, 30}) {
      for (int i = 0; i < count; i++) {
        double[] values = stepped(before, APPENDED, effect);
        boolean isFound = false;
        boolean isLost = false;
        for (int n = before + 3; n <= values.length; n++) {
          boolean isThere = isFound(Arrays.copyOf(values, n), before, 1);
          isLost |= isFound && !isThere;
          isFound |= isThere;
        }
        lost += isLost ? 1 : 0;
      }
    }
    System.out.printf(
        Locale.ROOT, "steps of %s lost while runs are added: %d of %d%n", effect, lost, 4 * count);
  }

  private double[] remembering(int length, double memory) {
    double[] values = new double[length];
    double wander = random.nextGaussian() * NOISE / Math.sqrt(1 - memory * memory);
    for (int i = 0; i < length; i++) {
      values[i] = 1 + wander;
      wander = memory * wander + NOISE * random.nextGaussian();
    }
    return values;
  }

  private double[] each(int length, IntFunction<Double> value) {
    double[] values = new double[length];
    Arrays.setAll(values, value::apply);
    return values;
  }

  private void flat(int count) {
    Map<String, IntFunction<double[]>> noises = new LinkedHashMap<>();
    noises.put("normal", n -> remembering(n, 0));
    noises.put("autoregression 0.3", n -> remembering(n, 0.3));
    noises.put("autoregression 0.6", n -> remembering(n, 0.6));
    noises.put("autoregression 0.85", n -> remembering(n, 0.85));
    noises.put("lognormal", n -> each(n, i -> Math.exp(0.3 * random.nextGaussian())));
    noises.put(
        "two modes", n -> each(n, i -> stepped(0, 1, random.nextDouble() < 0.3 ? 0.15 : 0)[0]));
    noises.put(
        "outliers",
        n ->
            each(n, i -> stepped(0, 1, random.nextDouble() < 0.1 ? random.nextDouble(0.3) : 0)[0]));
    noises.put("drift", n -> each(n, i -> 1 + NOISE * (0.5 * i + random.nextGaussian())));
    System.out.println("series without a step in which one is found, of " + count);
    noises.forEach((name, noise) -> {
      StringBuilder line = new StringBuilder("  " + name + ":");
      for (int length : LENGTHS) {
        int found = 0;
        for (int i = 0; i < count; i++) {
          found += ChangePoints.detect(noise.apply(length)).isEmpty() ? 0 : 1;
        }
        line.append(" %d:%d".formatted(length, found));
      }
      System.out.println(line);
    });
  }
}
