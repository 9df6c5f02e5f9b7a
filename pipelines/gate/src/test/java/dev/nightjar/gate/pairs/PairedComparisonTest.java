package dev.nightjar.gate.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.gate.decision.SeriesFixtures;
import dev.nightjar.gate.pairs.PairedComparison.Decision;
import dev.nightjar.model.Direction;
import dev.nightjar.model.VerdictKind;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedComparisonTest {
  private static final long SEED = 23;

  private final SplittableRandom random = new SplittableRandom(SEED);

  private static Decision run(
      DoubleSupplier noise, double shift, double smallestEffect, double error) {
    PairedComparison comparison =
        new PairedComparison("s", error, smallestEffect, Direction.LOWER_IS_BETTER, 180);
    Decision decision = comparison.add(1, Math.exp(shift + noise.getAsDouble()), 0);
    while (decision.goesOn()) {
      decision = comparison.add(1, Math.exp(shift + noise.getAsDouble()), 0);
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
    PairedComparison comparison = comparison("s", 0.02);
    assertTrue(comparison.add(1, 1, 0).goesOn());
    Decision decision = comparison.finish();
    assertFalse(decision.goesOn());
    assertEquals(VerdictKind.INCONCLUSIVE, decision.kind());
    assertThrows(IllegalArgumentException.class, () -> comparison.add(1, Double.NaN, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new PairedComparison("s", 0.01, 0.02, Direction.LOWER_IS_BETTER, 3));
  }

  private static PairedComparison comparison(String unit, double smallestEffect) {
    return new PairedComparison(unit, 0.01, smallestEffect, Direction.LOWER_IS_BETTER, 180);
  }

  private static Decision ofPairs(PairedComparison comparison, double[] as, double[] bs) {
    Decision decision = comparison.finish();
    for (int i = 0; i < 180 && (i == 0 || decision.goesOn()); i++) {
      decision = comparison.add(as[i % as.length], bs[i % bs.length], 0);
    }
    return decision;
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  @ParameterizedTest(name = "{1} against {2} {0} is {3}")
  @CsvSource({
    "s,   0.001,          0.002,             INCONCLUSIVE",
    "s,   0.001,          0.001,             INCONCLUSIVE",
    "s,   0.001 0.001,    0.001 0.002 0.002, INCONCLUSIVE",
    "s,   0.001,          0.009,             REGRESSED",
    "s,   0.012,          0.013,             INCONCLUSIVE",
    "s,   0.3 0.3 0.3,    0.3 0.3 0.4,       INCONCLUSIVE",
    "s,   1.234,          1.234,             PASS",
    "s,   1.234,          1.434,             REGRESSED",
    "s,   1.234,          1.034,             IMPROVED",
    "1,   3,              4,                 REGRESSED",
    "1,   4,              3,                 IMPROVED",
    "1,   3,              3,                 PASS",
    "1,   0,              0,                 INCONCLUSIVE",
    "1,   0,              5,                 REGRESSED",
    "1,   5,              0,                 INCONCLUSIVE",
    "s,   0.25,           0,                 INCONCLUSIVE",
    "s,   0,              0.25,              REGRESSED",
    "1,   100 100,        100 0,             INCONCLUSIVE",
    "1,   100 100 100,    100 100 0,         INCONCLUSIVE",
    "1,   -1,             1,                 INCONCLUSIVE",
  })
  void zerosAndWhatRoundingLeavesOpenAreNoPass(
      String unit, String as, String bs, VerdictKind kind) {
    PairedComparison comparison = comparison(unit, 0.05);
    Decision decision = ofPairs(comparison, numbers(as), numbers(bs));
    assertEquals(kind, decision.kind(), decision.toString());
    assertFalse(Double.isNaN(decision.effect()), decision.toString());
    boolean holdsZero = Arrays.stream(numbers(as + " " + bs)).anyMatch(value -> value <= 0);
    assertEquals(holdsZero, comparison.zeros() > 0);
  }

  /** Two builds whose true times lie at both sides of where a clock rounds. */
  @Test
  void aClocksTickMakesNoChange() {
    int red = 0;
    for (int trial = 0; trial < 200; trial++) {
      DoubleSupplier noise = SeriesFixtures.normal(random, 0.01);
      double[] as = new double[180];
      double[] bs = new double[180];
      double level = 0.002 + trial * 0.00002;
      Arrays.setAll(as, i -> ticked(level * Math.exp(noise.getAsDouble())));
      Arrays.setAll(bs, i -> ticked(level * 1.01 * Math.exp(noise.getAsDouble())));
      VerdictKind kind = ofPairs(comparison("s", 0.05), as, bs).kind();
      red += kind == VerdictKind.REGRESSED || kind == VerdictKind.IMPROVED ? 1 : 0;
    }
    assertEquals(0, red, "seed " + SEED);
  }

  private static double ticked(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }

  @Test
  void tellsHowManyPairsWouldDecide() {
    DoubleSupplier noise = SeriesFixtures.normal(random, 0.2);
    PairedComparison short40 = new PairedComparison("s", 0.01, 0.05, Direction.LOWER_IS_BETTER, 40);
    Decision decision = short40.finish();
    for (int i = 0; i < 20; i++) {
      double ratio = Math.exp(noise.getAsDouble());
      decision = short40.add(1, ratio, 0);
      decision = short40.add(ratio, 1, 0);
    }
    assertEquals(VerdictKind.INCONCLUSIVE, decision.kind());
    assertEquals(0.2, short40.spread(), 0.07);
    double pairs = short40.pairsToDecide();
    // Of 20 % a pair, an interval of 2.6 to 2.9 standard errors within 5 % takes 110 to 140 pairs.
    assertTrue(pairs > 60 && pairs < 300, pairs + " pairs, " + decision);
    assertEquals(9, short40.fewestPairs());
    assertEquals(
        26,
        new PairedComparison("s", 0.01 / 1000, 0.05, Direction.LOWER_IS_BETTER, 40).fewestPairs());
  }

  @Test
  void noNumberOfPairsDecidesWhatIsRoundedTooCoarsely() {
    PairedComparison comparison = comparison("s", 0.05);
    assertEquals(
        VerdictKind.INCONCLUSIVE, ofPairs(comparison, numbers("0.012"), numbers("0.013")).kind());
    assertEquals(Double.POSITIVE_INFINITY, comparison.pairsToDecide());
  }
}
