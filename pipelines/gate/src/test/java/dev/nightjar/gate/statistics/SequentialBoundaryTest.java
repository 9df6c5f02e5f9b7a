package dev.nightjar.gate.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class SequentialBoundaryTest {
  private static final int WALKS = 200_000;
  private static final int[] LOOKS = {16, 27, 45, 75, 125};

  /** The chance that a walk crosses, by simulation. */
  private static double crossed(SequentialBoundary boundary, boolean twoSided, double error) {
    double[] bounds = new double[LOOKS.length];
    for (int k = 0; k < bounds.length; k++) {
      double before = k == 0 ? 0 : LOOKS[k - 1];
      bounds[k] = boundary.next(LOOKS[k], error * (LOOKS[k] - before) / LOOKS[bounds.length - 1]);
    }
    SplittableRandom random = new SplittableRandom(7);
    int crossed = 0;
    for (int walk = 0; walk < WALKS; walk++) {
      double at = 0;
      boolean isIn = true;
      for (int k = 0; k < bounds.length && isIn; k++) {
        int step = LOOKS[k] - (k == 0 ? 0 : LOOKS[k - 1]);
        at += random.nextGaussian() * Math.sqrt(step);
        double errors = at / Math.sqrt(LOOKS[k]);
        isIn = (twoSided ? Math.abs(errors) : errors) < bounds[k];
      }
      crossed += isIn ? 0 : 1;
    }
    return (double) crossed / WALKS;
  }

  @Test
  void spendsTheErrorItIsGiven() {
    // Three standard errors of the simulation are 0.0007 at 1 %.
    assertEquals(0.01, crossed(SequentialBoundary.twoSided(), true, 0.01), 0.0007);
    assertEquals(0.01, crossed(SequentialBoundary.oneSided(), false, 0.01), 0.0007);
    assertEquals(0.1, crossed(SequentialBoundary.twoSided(), true, 0.1), 0.002);
  }

  @Test
  void aSingleLookIsAPlainTest() {
    NormalDistribution normal = NormalDistribution.of(0, 1);
    assertEquals(
        normal.inverseSurvivalProbability(0.005),
        SequentialBoundary.twoSided().next(50, 0.01),
        1e-6);
    assertEquals(
        normal.inverseSurvivalProbability(0.01),
        SequentialBoundary.oneSided().next(50, 0.01),
        1e-6);
  }

  @Test
  void withoutErrorToSpendNothingCrosses() {
    SequentialBoundary boundary = SequentialBoundary.twoSided();
    assertTrue(Double.isInfinite(boundary.next(10, 0)));
    assertEquals(2.5758, boundary.next(20, 0.01), 0.001);
  }
}
