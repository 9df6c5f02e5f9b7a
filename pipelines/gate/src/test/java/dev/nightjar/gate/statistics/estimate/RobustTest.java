package dev.nightjar.gate.statistics.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RobustTest {
  private static final long SEED = 3;

  /** One to forty finite values of either sign within a million. */
  private static double[][] levels() {
    System.out.println("RobustTest: seed " + SEED);
    SplittableRandom random = new SplittableRandom(SEED);
    double[][] levels = new double[300][];
    for (int k = 0; k < levels.length; k++) {
      levels[k] = random.doubles(random.nextInt(1, 41), -1e6, 1e6).toArray();
      if (k % 3 == 0) {
        Arrays.setAll(levels[k], i -> random.nextInt(-2, 3)); // ties
      }
    }
    return levels;
  }

  @Test
  void knownLocations() {
    assertEquals(2.5, Robust.median(new double[] {4, 1, 3, 2}));
    assertEquals(3, Robust.median(new double[] {9, 3, 1}));
    assertEquals(2, Robust.hodgesLehmann(new double[] {1, 2, 3}));
    assertEquals(1.4826, Robust.deviationFrom(0, new double[] {-1, 1, 100}), 1e-4);
    assertEquals(5, Robust.weightedMedian(new double[] {1, 5, 9}, new double[] {0.1, 1, 0.2}));
    assertEquals(1.5, Robust.weightedMedian(new double[] {2, 1}, new double[] {1, 1}));
  }

  @Test
  void equalWeightsGiveThePlainMedian() {
    for (double[] values : levels()) {
      double[] weights = new double[values.length];
      Arrays.fill(weights, 1);
      assertEquals(Robust.median(values), Robust.weightedMedian(values, weights), 1e-6);
    }
  }

  @Test
  void aLocationLiesAmongItsValuesAndMovesWithThem() {
    for (double[] values : levels()) {
      double location = Robust.hodgesLehmann(values);
      assertTrue(location >= Arrays.stream(values).min().orElseThrow());
      assertTrue(location <= Arrays.stream(values).max().orElseThrow());
      double[] moved = Arrays.stream(values).map(value -> value + 1000).toArray();
      assertEquals(location + 1000, Robust.hodgesLehmann(moved), 1e-6);
    }
  }
}
