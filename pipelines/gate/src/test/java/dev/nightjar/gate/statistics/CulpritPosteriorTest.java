package dev.nightjar.gate.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.gate.decision.SeriesFixtures;
import dev.nightjar.gate.statistics.CulpritPosterior.Change;
import dev.nightjar.gate.statistics.CulpritPosterior.Range;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class CulpritPosteriorTest {
  private static final long SEED = 41;
  private static final double ERROR = 0.05;

  private static double[] noisy(int pairs, double level, DoubleSupplier noise) {
    double[] values = new double[pairs];
    Arrays.setAll(values, i -> level * Math.exp(noise.getAsDouble()));
    return values;
  }

  private static double logOdds(double level, double change, double deviation, int pairs) {
    DoubleSupplier noise = SeriesFixtures.normal(new SplittableRandom(SEED), deviation);
    return CulpritPosterior.logOdds(
        "s",
        noisy(pairs, 0.05, noise),
        noisy(pairs, 0.05 * level, noise),
        new Change(Math.log1p(change), 0.001));
  }

  @Test
  void pairsSpeakForTheEndThatTheyAreNearTo() {
    assertTrue(logOdds(1.05, 0.05, 0.01, 16) > 5);
    assertTrue(logOdds(1, 0.05, 0.01, 16) < -5);
    assertTrue(logOdds(0.95, -0.05, 0.01, 16) > 5);
    assertTrue(Math.abs(logOdds(1.025, 0.05, 0.002, 200)) < 3, "half way is neither");
    assertTrue(Math.abs(logOdds(1.05, 0.05, 0.3, 16)) < 1.5, "noise tells nothing");
    assertEquals(0, logOdds(1.05, 0.05, 0.01, 2), "nor do two pairs");
  }

  @Test
  void equalCountsAreSure() {
    double[] hundred = new double[8];
    double[] more = new double[8];
    Arrays.fill(hundred, 100);
    Arrays.fill(more, 105);
    Change change = Change.of("1", hundred, more);
    assertEquals(0.05, change.effect(), 1e-12);
    assertTrue(CulpritPosterior.logOdds("1", hundred, more, change) > 9);
    assertTrue(CulpritPosterior.logOdds("1", hundred, hundred, change) < -9);
  }

  @Test
  void startsEvenAndSplitsInTheMiddle() {
    CulpritPosterior posterior = new CulpritPosterior(8, ERROR);
    assertArrayEquals(new double[] {1, 1, 1, 1, 1, 1, 1, 1}, times8(posterior.chances()), 1e-12);
    Range all = posterior.range(1 - ERROR);
    assertEquals(8, all.size());
    assertEquals(3, posterior.next(all, k -> true));
    assertEquals(4, posterior.next(all, k -> k > 3));
    assertEquals(-1, posterior.next(all, k -> false));
  }

  private static double[] times8(double[] chances) {
    return Arrays.stream(chances).map(chance -> 8 * chance).toArray();
  }

  @Test
  void whatWasMeasuredTooLittleLeavesItsChance() {
    CulpritPosterior posterior = new CulpritPosterior(8, ERROR);
    posterior.observe(3, Math.log(3));
    assertEquals(0.75, Arrays.stream(posterior.chances(), 0, 4).sum(), 1e-12);
    posterior.observe(3, Math.log(1.0 / 3));
    assertEquals(0.25, Arrays.stream(posterior.chances(), 0, 4).sum(), 1e-12);
  }

  @Test
  void noMeasurementIsBelievedWithoutEnd() {
    CulpritPosterior posterior = new CulpritPosterior(8, ERROR);
    posterior.observe(3, Double.POSITIVE_INFINITY);
    posterior.observe(2, Double.NEGATIVE_INFINITY);
    double[] chances = posterior.chances();
    assertTrue(chances[3] > 1 - ERROR && chances[3] < 1, Arrays.toString(chances));
    assertTrue(posterior.isExhausted(3));
    assertEquals(new Range(3, 3, chances[3]), posterior.range(1 - ERROR));
  }

  /**
   * Histories of 64 commits, measured where the posterior says until one commit is sure: it is
   * right at least as often as it says.
   */
  @Test
  void isAsOftenRightAsItIsSure() {
    int trials = 400;
    int right = 0;
    int measured = 0;
    for (int trial = 0; trial < trials; trial++) {
      SplittableRandom random = new SplittableRandom(31 * SEED + trial);
      int culprit = random.nextInt(64);
      CulpritPosterior posterior = new CulpritPosterior(64, ERROR);
      double[][] pairs = new double[64][0];
      Range range = posterior.range(1 - ERROR);
      while (range.size() > 1) {
        int next = posterior.next(range, k -> !posterior.isExhausted(k) && pairs[k].length < 400);
        if (next < 0) {
          break;
        }
        DoubleSupplier noise = SeriesFixtures.heavyTailed(random, 0.05);
        double level = next >= culprit ? 1.05 : 1;
        pairs[next] = concat(pairs[next], noisy(8, level, noise));
        double[] good = new double[pairs[next].length];
        Arrays.fill(good, 1);
        posterior.observe(
            next, CulpritPosterior.logOdds("s", good, pairs[next], new Change(0.0488, 0.003)));
        measured += 8;
        range = posterior.range(1 - ERROR);
      }
      right += range.first() <= culprit && culprit <= range.last() ? 1 : 0;
    }
    System.out.println(
        "culprit: right "
            + right
            + " of "
            + trials
            + ", pairs "
            + measured / trials
            + ", seed "
            + SEED);
    assertTrue(right >= 0.93 * trials, right + " of " + trials + ", seed " + SEED);
  }

  private static double[] concat(double[] before, double[] more) {
    double[] all = Arrays.copyOf(before, before.length + more.length);
    System.arraycopy(more, 0, all, before.length, more.length);
    return all;
  }
}
