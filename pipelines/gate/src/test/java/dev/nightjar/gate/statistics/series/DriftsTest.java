package dev.nightjar.gate.statistics.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DriftsTest {
  private static final long SEED = 5;
  private static final double SMALLEST = 0.05;

  private final SplittableRandom random = new SplittableRandom(SEED);

  private double[] series(int length, double noise, IntToDoubleFunction level) {
    double[] values = new double[length];
    Arrays.setAll(values, i -> level.applyAsDouble(i) + noise * random.nextGaussian());
    return values;
  }

  private static boolean isFound(double[] values) {
    return Drifts.detect(values, SMALLEST) != null;
  }

  private static Drift found(double[] values) {
    Drift drift = Drifts.detect(values, SMALLEST);
    assertNotNull(drift);
    return drift;
  }

  @Test
  void tellsSinceWhenHowFarAndHowSure() {
    Drift drift = found(series(50, 0.008, i -> 0.002 * i));
    assertEquals(0, drift.from(), 8);
    assertEquals(0.002 * (49 - drift.from()), drift.total(), 0.012);
    assertTrue(drift.low() < drift.total() && drift.total() < drift.high(), drift.toString());
    assertTrue(drift.low() > 0.05 && drift.high() < 0.15, drift.toString());
  }

  @Test
  void namesTheSteepestNeighbourhood() {
    Drift drift =
        found(
            series(
                50,
                0.004,
                i -> 0.001 * i + (i >= 20 && i < 26 ? 0.006 * (i - 20) : i < 20 ? 0 : 0.036)));
    assertEquals(23, drift.steepest(), 4);
  }

  @ParameterizedTest
  @CsvSource({"50, 0.0025", "30, 0.004", "24, 0.02", "200, 0.0025"})
  void aDriftIsFoundWhereverItIsGoing(int runs, double slope) {
    int found = 0;
    for (int k = 0; k < 20; k++) {
      found += isFound(series(runs, 0.006, i -> slope * i)) ? 1 : 0;
      found += isFound(series(runs, 0.006, i -> -slope * i)) ? 1 : 0;
    }
    assertTrue(found >= 36, found + " of 40, seed " + SEED);
  }

  @Test
  void aDriftThatBeganOfLateIsFoundBehindFlatRuns() {
    int found = 0;
    for (int k = 0; k < 20; k++) {
      found += isFound(series(51, 0.006, i -> Math.max(0, i - 25) * 0.004)) ? 1 : 0;
    }
    assertTrue(found >= 18, found + " of 20, seed " + SEED);
  }

  /** Of any height, at any place, by itself or with another. */
  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.04, 0.06, 0.1, 0.5})
  void aStepIsNoDrift(double height) {
    int wrong = 0;
    for (int at = 3; at < 50; at++) {
      int place = at;
      wrong += isFound(series(51, 0.01, i -> i < place ? 0 : height)) ? 1 : 0;
      wrong += isFound(series(51, 0.001, i -> i < place ? 0 : -height)) ? 1 : 0;
      wrong +=
          isFound(series(51, 0.005, i -> (i < 25 ? 0 : 0.2) + (i < place ? 0 : height))) ? 1 : 0;
    }
    assertTrue(wrong <= 2, wrong + " of 141, seed " + SEED);
  }

  @Test
  void aStaircaseOfStepsThatAreTooSmallToMatterIsADrift() {
    int found = 0;
    for (int k = 0; k < 20; k++) {
      found += isFound(series(48, 0.002, i -> Math.floor(i / 4.0) * 0.0075)) ? 1 : 0;
      found += isFound(series(48, 0.006, i -> Math.floor(i / 4.0) * 0.0075)) ? 1 : 0;
    }
    assertTrue(found >= 38, found + " of 40, seed " + SEED);
  }

  @Test
  void aDriftShowsOnBothSidesOfAStep() {
    int found = 0;
    for (int k = 0; k < 20; k++) {
      found += isFound(series(50, 0.005, i -> 0.003 * i + (i < 24 ? 0 : 0.3))) ? 1 : 0;
    }
    assertTrue(found >= 18, found + " of 20, seed " + SEED);
  }

  @Test
  void whatStaysBelowTheSmallestEffectIsNone() {
    for (int k = 0; k < 20; k++) {
      assertNull(Drifts.detect(series(50, 0.001, i -> 0.0009 * i), SMALLEST));
    }
  }

  /** A year of nights each; noise whose totals reach the smallest effect by themselves. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.6})
  void noiseIsHardlyEverADriftThoughItRemembers(double memory) {
    double fresh = 0.015 * Math.sqrt(1 - memory * memory);
    int wrong = 0;
    for (int year = 0; year < 20; year++) {
      double[] values = new double[365];
      for (int i = 1; i < values.length; i++) {
        values[i] = memory * values[i - 1] + fresh * random.nextGaussian();
      }
      for (int n = 1; n <= values.length; n++) {
        if (isFound(Arrays.copyOfRange(values, Math.max(0, n - 51), n))) {
          wrong++;
          break;
        }
      }
    }
    System.out.println("memory " + memory + ": " + wrong + " of 20 years, seed " + SEED);
    assertTrue(wrong <= (memory > 0.5 ? 4 : 1), wrong + " of 20 years, seed " + SEED);
  }

  @Test
  void outliersAndEqualValuesAreNoTrouble() {
    double[] values = series(50, 0.004, i -> 0.003 * i);
    for (int i : new int[] {4, 5, 20, 44}) {
      values[i] += 1.5;
    }
    assertTrue(isFound(values));
    assertNull(Drifts.detect(new double[50], SMALLEST));
    assertNull(Drifts.detect(new double[0], SMALLEST));
    assertTrue(isFound(series(50, 0, i -> Math.rint(i * 0.3) / 100)));
  }

  @Test
  void costsLittle() {
    double[][] flat = new double[2000][];
    Arrays.setAll(flat, k -> series(50, 0.01, i -> 0));
    double[][] rising = new double[2000][];
    Arrays.setAll(rising, k -> series(50, 0.01, i -> 0.003 * i));
    for (int round = 0; round < 4; round++) {
      double[][] all = round % 2 == 0 ? flat : rising;
      long start = cpuNanos();
      for (double[] values : all) {
        Drifts.detect(values, SMALLEST);
      }
      double micros = (cpuNanos() - start) / 1e3 / all.length;
      System.out.printf("%s: %.0f µs a series of 50%n", round % 2 == 0 ? "flat" : "rising", micros);
      assertTrue(micros < 2_000, micros + " µs"); // the bar is well under 1,000 once it is compiled
    }
  }

  /** Of this thread, as other builds may run beside it. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
