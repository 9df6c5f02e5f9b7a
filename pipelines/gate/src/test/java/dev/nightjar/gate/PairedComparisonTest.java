package dev.nightjar.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.gate.PairedComparison.Decision;
import dev.nightjar.model.Direction;
import dev.nightjar.model.VerdictKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedComparisonTest {
  private static final long SEED = 23;

  private final SplittableRandom random = new SplittableRandom(SEED);

  private static Decision run(
      DoubleSupplier noise, double shift, double smallestEffect, double error) {
    PairedComparison comparison =
        new PairedComparison(error, smallestEffect, Direction.LOWER_IS_BETTER, 180);
    Decision decision = comparison.add(shift + noise.getAsDouble());
    while (decision.goesOn()) {
      decision = comparison.add(shift + noise.getAsDouble());
    }
    return decision;
  }

  /** What came of many trials, each with noise of its own. */
  private static Map<VerdictKind, Integer> count(
      int trials,
      Function<SplittableRandom, DoubleSupplier> noise,
      double shift,
      double smallestEffect,
      double error) {
    Map<VerdictKind, Integer> counts =
        IntStream.range(0, trials)
            .parallel()
            .mapToObj(trial -> noise.apply(new SplittableRandom(31 * SEED + trial)))
            .map(one -> SeriesFixtures.given(run(one, shift, smallestEffect, error).kind()))
            .collect(
                Collectors.toMap(
                    kind -> kind, kind -> 1, Integer::sum, () -> new EnumMap<>(VerdictKind.class)));
    System.out.println("paired, shift " + shift + ": " + counts + ", seed " + SEED);
    return counts;
  }

  private static int changed(Map<VerdictKind, Integer> counts) {
    return counts.getOrDefault(VerdictKind.REGRESSED, 0)
        + counts.getOrDefault(VerdictKind.IMPROVED, 0);
  }

  @Test
  void keepsTheStatedErrorUnderSequentialStopping() {
    int red = changed(count(2000, own -> SeriesFixtures.heavyTailed(own, 0.1), 0, 0, 0.01));
    // Expected at most 20; more than 36 has a chance below 0.1 %.
    assertTrue(red <= 36, red + " of 2000, seed " + SEED);
  }

  @Test
  void keepsItWhenNeighbouringPairsAreAlike() {
    int red = changed(count(1000, PairedComparisonTest::remembering, 0, 0, 0.01));
    assertTrue(red <= 25, red + " of 1000, seed " + SEED);
  }

  private static DoubleSupplier remembering(SplittableRandom own) {
    DoubleSupplier fresh = SeriesFixtures.normal(own, 0.05);
    double[] last = {fresh.getAsDouble()};
    return () -> last[0] = 0.3 * last[0] + fresh.getAsDouble();
  }

  @Test
  void passesEqualsAndFindsSlowdowns() {
    Function<SplittableRandom, DoubleSupplier> noise = own -> SeriesFixtures.heavyTailed(own, 0.04);
    assertTrue(count(300, noise, 0, 0.02, 0.01).getOrDefault(VerdictKind.PASS, 0) >= 285);
    assertTrue(
        count(300, noise, Math.log(1.03), 0, 0.01).getOrDefault(VerdictKind.REGRESSED, 0) >= 285);
    assertEquals(300, count(300, noise, Math.log(1.1), 0.02, 0.01).get(VerdictKind.REGRESSED));
    assertEquals(300, count(300, noise, -Math.log(1.1), 0.02, 0.01).get(VerdictKind.IMPROVED));
  }

  @Test
  void aRunOfAHundredKeepsTheErrorTogether() {
    int changed =
        changed(count(10_000, own -> SeriesFixtures.heavyTailed(own, 0.05), 0, 0.02, 0.01 / 100));
    // 10,000 comparisons are 100 runs of 100: expected at most one red run.
    assertTrue(changed <= 4, changed + " of 10,000, seed " + SEED);
  }

  @Test
  void stopsEarlyOnWhatIsPlain() {
    Decision decision = run(SeriesFixtures.normal(random, 0.01), Math.log(1.5), 0.02, 0.01);
    assertEquals(VerdictKind.REGRESSED, decision.kind());
    assertTrue(decision.pairs() <= 54, decision.toString());
    assertEquals(0.5, decision.effect(), 0.02);
    assertTrue(decision.low() <= decision.effect() && decision.effect() <= decision.high());
  }

  @Test
  void isInconclusiveWhenTheBudgetIsSpentOnNoise() {
    Decision decision = run(SeriesFixtures.normal(random, 0.5), 0, 0.02, 0.01);
    assertEquals(VerdictKind.INCONCLUSIVE, decision.kind());
    assertEquals(180, decision.pairs());
  }

  @Test
  void finishesWithWhatThereIs() {
    PairedComparison comparison = new PairedComparison(0.01, 0.02, Direction.LOWER_IS_BETTER, 180);
    assertTrue(comparison.add(0).goesOn());
    Decision decision = comparison.finish();
    assertFalse(decision.goesOn());
    assertEquals(VerdictKind.INCONCLUSIVE, decision.kind());
    assertThrows(IllegalArgumentException.class, () -> comparison.add(Double.NaN));
    assertThrows(
        IllegalArgumentException.class,
        () -> new PairedComparison(0.01, 0.02, Direction.LOWER_IS_BETTER, 3));
  }
}
