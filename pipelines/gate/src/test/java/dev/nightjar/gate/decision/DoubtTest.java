package dev.nightjar.gate.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the default smallest effect, 5 %. */
class DoubtTest {
  private static Verdict verdict(String unit, VerdictKind kind, @Nullable Double effect) {
    Direction direction =
        unit.equals("B/s") ? Direction.HIGHER_IS_BETTER : Direction.LOWER_IS_BETTER;
    TreeMap<String, String> parameters = new TreeMap<>();
    if (unit.equals("instructions")) {
      parameters.put(Series.COUNTER, "cachegrind");
    }
    Series series =
        new Series(new Benchmark("b", null, "of it", unit, direction), parameters, Device.CPU);
    Double low = effect == null ? null : effect - 0.02;
    Double high = effect == null ? null : effect + 0.02;
    return new Verdict(series, kind, effect, low, high, 0.98, "8 runs", "evidence", null);
  }

  @ParameterizedTest
  @CsvSource({
    "s, REGRESSED, 0.1, REGRESSED",
    "s, INCONCLUSIVE, 0.06, WORSE",
    "s, INCONCLUSIVE, 0.04,",
    "s, INCONCLUSIVE, -0.06,",
    "s, INCONCLUSIVE, ,",
    "B/s, INCONCLUSIVE, -0.06, WORSE",
    "B/s, INCONCLUSIVE, 0.06,",
    "s, STILL_REGRESSED, 0.1,",
    "s, STILL_REGRESSED, 0.04, GOOD_AGAIN",
    "s, STILL_REGRESSED, -0.1, GOOD_AGAIN",
    "s, STILL_REGRESSED, ,",
    "B/s, STILL_REGRESSED, -0.04, GOOD_AGAIN",
    "B/s, STILL_REGRESSED, -0.1,",
    "instructions, REGRESSED, 0.1,",
    "s, PASS, 0.0,",
    "s, IMPROVED, -0.1,",
    "s, NEW, ,",
    "s, MISSING, ,",
    "s, FAILED, ,"
  })
  void isMeasuredAgainWhereMoreRunsMayTell(
      String unit, VerdictKind kind, @Nullable Double effect, @Nullable Doubt doubt) {
    assertEquals(doubt, Doubt.of(verdict(unit, kind, effect), GatePolicy.DEFAULT));
  }
}
