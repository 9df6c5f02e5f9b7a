package dev.nightjar.gate.trial;

import dev.nightjar.gate.statistics.series.ChangePoints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** How long change point detection takes: one series of 10,000 points, 1,000 series of 500. */
public final class ChangePointSpeed {
  private static final int ROUNDS = 9;

  private ChangePointSpeed() {}

  /**
   * Argument: the seed. The first call of a fresh JVM is told apart from the median of later ones.
   */
  public static void main(String[] args) {
    SplittableRandom random = new SplittableRandom(Long.parseLong(args[0]));
    report("10,000 points", List.of(stepped(10_000, 50, random)));
    List<double[]> many = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      many.add(stepped(500, 100, random));
    }
    report("1,000 series of 500", many);
  }

  private static double[] stepped(int length, int every, SplittableRandom random) {
    double[] values = new double[length];
    Arrays.setAll(values, i -> random.nextGaussian() + i / every % 2 * 4);
    return values;
  }

  private static void report(String what, List<double[]> series) {
    long[] nanos = new long[ROUNDS];
    int found = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      found = series.stream().mapToInt(values -> ChangePoints.detect(values).size()).sum();
      nanos[round] = System.nanoTime() - start;
    }
    long first = nanos[0];
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%s: first %.0f ms, median %.0f ms, worst %.0f ms; %d changes%n",
        what,
        first / 1e6,
        nanos[ROUNDS / 2] / 1e6,
        nanos[ROUNDS - 1] / 1e6,
        found);
  }
}
