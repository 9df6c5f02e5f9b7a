package dev.nightjar.gate.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.gate.decision.VerdictText;
import dev.nightjar.gate.statistics.estimate.StudentQuantiles;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is computed less often than it could be must come out the same. */
class DifferenceTest {
  private static final int MANY = 20_000;

  private final Random random = new Random(20_261_130);

  @ParameterizedTest
  @EnumSource(Scale.class)
  void noIntervalLiesBeyondWhatTheEffectDoesNotReach(Scale scale) {
    int beyond = 0;
    int skipped = 0;
    for (int i = 0; i < MANY; i++) {
      double smallest = i % 3 == 0 ? 0 : random.nextDouble(0, 0.2);
      double baseline =
          scale == Scale.RATIO ? random.nextGaussian() : Math.pow(10, random.nextDouble(-9, 9));
      double unit = scale == Scale.RATIO ? 1 : baseline;
      double centre =
          i % 5 == 0
              ? Math.log1p(smallest) * unit * (1 + 1e-16 * random.nextInt(-3, 4)) // at the border
              : 0.1 * unit * random.nextGaussian();
      double error = i % 7 == 0 ? 0 : 0.02 * unit * Math.abs(random.nextGaussian());
      Difference difference =
          new Difference(
              centre, error, random.nextInt(0, 5), scale, baseline, new Regime(List.of(), null), 0);
      Interval interval = difference.interval(random.nextDouble(1e-9, 0.4));
      boolean isBeyond = interval.isBounded() && interval.isBeyond(smallest);
      beyond += isBeyond ? 1 : 0;
      if (!difference.mayBeBeyond(smallest)) {
        skipped++;
        assertFalse(isBeyond, difference + " " + interval + " beyond " + smallest);
      }
    }
    assertTrue(beyond > MANY / 20 && skipped > MANY / 20, beyond + " beyond, skipped " + skipped);
  }

  @Test
  void aRememberedQuantileIsTheOneThatWasFound() {
    for (int i = 0; i < 3000; i++) {
      double degrees = i % 2 == 0 ? random.nextInt(1, 12) : random.nextDouble(0.5, 12);
      double tail = i % 4 < 2 ? 0.01 : random.nextDouble(1e-7, 0.5);
      double found = TDistribution.of(degrees).inverseSurvivalProbability(tail);
      assertEquals(found, StudentQuantiles.upper(degrees, tail), degrees + " " + tail);
      assertEquals(found, StudentQuantiles.upper(degrees, tail), degrees + " " + tail);
    }
  }

  @Test
  void oneDecimalIsThatOfTheFormatter() {
    for (int i = 0; i < MANY; i++) {
      double value =
          switch (i % 4) {
            case 0 -> random.nextInt(200_000) / 20.0;
            case 1 -> random.nextInt(200_000) / 100.0;
            case 2 -> Math.pow(10, random.nextDouble(-20, 20));
            default -> random.nextGaussian() * 10;
          };
      assertEquals(String.format(Locale.ROOT, "%.1f", value), VerdictText.oneDecimal(value));
    }
    for (double value : new double[] {0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, 0.05, 0.25}) {
      assertEquals(String.format(Locale.ROOT, "%.1f", value), VerdictText.oneDecimal(value));
    }
  }
}
