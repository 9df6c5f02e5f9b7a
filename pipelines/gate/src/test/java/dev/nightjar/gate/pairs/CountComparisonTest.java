package dev.nightjar.gate.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.gate.pairs.PairedComparison.Decision;
import dev.nightjar.model.Direction;
import dev.nightjar.model.VerdictKind;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountComparisonTest {
  private static final double ERROR = 0.01;
  private static final double SMALLEST = 0.005;
  private static final int MOST_PAIRS = 64;

  private static CountComparison comparison() {
    return new CountComparison(
        "{instruction}", ERROR, SMALLEST, Direction.LOWER_IS_BETTER, MOST_PAIRS);
  }

  /** As many pairs as it asks for, and no more than are allowed. */
  private static Decision decision(DoubleSupplier a, DoubleSupplier b) {
    CountComparison comparison = comparison();
    Decision decision = comparison.add(a.getAsDouble(), b.getAsDouble(), 0);
    for (int i = 1; decision.goesOn(); i++) {
      decision = comparison.add(a.getAsDouble(), b.getAsDouble(), (i + 1.0) / MOST_PAIRS);
    }
    return decision;
  }

  @ParameterizedTest
  @CsvSource({
    "1000000, 1000000, PASS, 2",
    "1000000, 1004900, PASS, 2",
    "1000000, 1005100, REGRESSED, 5",
    "1000000, 1010000, REGRESSED, 5",
    "1000000, 990000, IMPROVED, 5",
  })
  void countsThatAreAlikeEachTimeAreDecidedAtOnce(double a, double b, VerdictKind kind, int pairs) {
    Decision decision = decision(() -> a, () -> b);
    assertEquals(kind, decision.kind());
    assertEquals(pairs, decision.pairs());
    assertEquals(b / a - 1, decision.effect(), 1e-12);
    assertEquals(decision.low(), decision.high(), 1e-12);
  }

  @Test
  void howMuchACountMovesByItselfIsMeasured() {
    SplittableRandom random = new SplittableRandom(7);
    Decision decision =
        decision(() -> 1_000_000 + random.nextInt(300), () -> 1_010_000 + random.nextInt(300));
    assertEquals(VerdictKind.REGRESSED, decision.kind());
    assertEquals(5, decision.pairs());
    assertTrue(decision.low() > SMALLEST && decision.low() < decision.effect());
    assertTrue(decision.high() < 0.011 && decision.high() > decision.effect());
  }

  @Test
  void whatMovesByMoreThanTheSmallestEffectIsComparedAsTimesAre() {
    SplittableRandom random = new SplittableRandom(11);
    DoubleSupplier a = () -> 1_000_000 * Math.exp(0.01 * random.nextGaussian());
    DoubleSupplier b = () -> 1_050_000 * Math.exp(0.01 * random.nextGaussian());
    assertEquals(VerdictKind.REGRESSED, decision(a, b).kind());
  }

  @Test
  void withoutAChangeFewerThanTheErrorAreCalledChanged() {
    for (int shape = 0; shape < 4; shape++) {
      SplittableRandom random = new SplittableRandom(100 + shape);
      DoubleSupplier count = noise(shape, random);
      int changed = 0;
      int trials = 1000;
      for (int i = 0; i < trials; i++) {
        VerdictKind kind = decision(count, count).kind();
        changed += kind == VerdictKind.REGRESSED || kind == VerdictKind.IMPROVED ? 1 : 0;
      }
      // Three standard errors above what is allowed.
      double most = trials * ERROR + 3 * Math.sqrt(trials * ERROR);
      assertTrue(changed <= most, changed + " of noise " + shape);
    }
  }

  /** Two outcomes, often one of them, a normal spread, a heavy tail: each beyond what matters. */
  private static DoubleSupplier noise(int shape, SplittableRandom random) {
    return switch (shape) {
      case 0 -> () -> random.nextBoolean() ? 1_000_000 : 1_020_000;
      case 1 -> () -> random.nextInt(6) > 0 ? 1_000_000 : 1_020_000;
      case 2 -> () -> 1_000_000 * Math.exp(0.01 * random.nextGaussian());
      default ->
          () -> 1_000_000 * Math.exp(0.002 * random.nextGaussian() / random.nextDouble(0.05, 1));
    };
  }

  @Test
  void aCountOfNothingDecidesNothingByItself() {
    CountComparison comparison = comparison();
    for (int i = 0; i < 5; i++) {
      assertNull(comparison.add(0, 1, 0).kind());
    }
    assertEquals(5, comparison.zeros());
    assertEquals(VerdictKind.INCONCLUSIVE, comparison.finish().kind());
  }

  @Test
  void whenTheTimeIsOverTwoPairsMayPassAndOneDecidesNothing() {
    CountComparison one = comparison();
    one.add(1000, 1000, 0);
    assertEquals(VerdictKind.INCONCLUSIVE, one.finish().kind());
    CountComparison three = comparison();
    for (int i = 0; i < 3; i++) {
      three.add(1000, 1100, 0);
    }
    assertEquals(VerdictKind.INCONCLUSIVE, three.finish().kind());
    assertEquals(5, three.fewestPairs());
  }
}
