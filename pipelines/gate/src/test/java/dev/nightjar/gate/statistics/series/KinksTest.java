package dev.nightjar.gate.statistics.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class KinksTest {
  private static final long SEED = 17;

  private final SplittableRandom random = new SplittableRandom(SEED);

  private double[] series(int length, IntToDoubleFunction level) {
    double[] values = new double[length];
    Arrays.setAll(values, i -> level.applyAsDouble(i) + random.nextGaussian());
    return values;
  }

  private static List<Kink> kinks(double[] values) {
    return Kinks.detect(values, ChangePoints.detect(values));
  }

  @Test
  void findsWhereASlopeBeginsAndEnds() {
    double[] values = series(150, i -> 0.6 * Math.clamp(i - 50, 0, 50));
    List<Kink> kinks = kinks(values);
    assertEquals(2, kinks.size(), kinks.toString());
    Kink begin = kinks.getFirst();
    Kink end = kinks.getLast();
    assertEquals(50, begin.index(), 5);
    assertEquals(100, end.index(), 5);
    assertEquals(0, begin.slopeBefore(), 0.05);
    assertEquals(0.6, begin.slopeAfter(), 0.05);
    assertEquals(0, end.slopeAfter(), 0.05);
    assertEquals(30, end.level(), 1.5);
    assertTrue(begin.confidence() > 0.99 && begin.confidence() < 1, begin.toString());
  }

  @Test
  void aBrokenSlopeIsNoStep() {
    int steps = 0;
    for (int k = 0; k < 100; k++) {
      double[] values = series(120, i -> 0.25 * Math.max(0, i - 60));
      steps += ChangePoints.detect(values).size();
    }
    assertTrue(steps <= 15, steps + " of 100, seed " + SEED);
  }

  @Test
  void aStepBesideAKinkStaysAStep() {
    int found = 0;
    for (int k = 0; k < 20; k++) {
      double[] values = series(150, i -> 0.25 * Math.max(0, i - 50) + (i < 100 ? 0 : 8));
      found +=
          ChangePoints.detect(values).stream().anyMatch(step -> Math.abs(step.index() - 100) <= 2)
              ? 1
              : 0;
    }
    assertTrue(found >= 16, found + " of 20, seed " + SEED);
  }

  @Test
  void noiseALineAndAStepHaveHardlyEverOne() {
    int wrong = 0;
    for (int k = 0; k < 200; k++) {
      wrong += kinks(series(100, i -> 0)).size();
      wrong += kinks(series(100, i -> 0.1 * i)).size();
      wrong += kinks(series(100, i -> i < 40 ? 0 : 6)).size();
    }
    assertTrue(wrong <= 6, wrong + " of 600, seed " + SEED);
  }

  @Test
  void unitsMissingValuesAndOriginsDoNotMatter() {
    double[] values = series(120, i -> 0.3 * Math.max(0, i - 60));
    int place = kinks(values).getFirst().index();
    double[] scaled = Arrays.stream(values).map(value -> 1e200 * value).toArray();
    assertEquals(place, kinks(scaled).getFirst().index());
    values[10] = Double.NaN;
    values[80] = Double.POSITIVE_INFINITY;
    assertEquals(place, kinks(values).getFirst().index(), 3);
  }

  @Test
  void anyInputGivesFiniteNumbersInOrder() {
    for (int k = 0; k < 400; k++) {
      double[] values = new double[random.nextInt(0, 60)];
      Arrays.setAll(values, i -> Double.longBitsToDouble(random.nextLong()));
      int last = 0;
      for (Kink kink : kinks(values)) {
        assertTrue(kink.index() > last && kink.index() < values.length, kink.toString());
        assertTrue(kink.confidence() > 0 && kink.confidence() < 1, kink.toString());
        assertTrue(Double.isFinite(kink.level() + kink.slopeBefore() / 4 + kink.slopeAfter() / 4));
        last = kink.index();
      }
    }
  }
}
