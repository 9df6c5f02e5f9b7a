package dev.nightjar.gate.decision;

import static dev.nightjar.gate.decision.SeriesFixtures.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Equal levels are no certainty: what a value's last digit or a clock's tick hides is noise. */
class RoundedHistoryTest {
  private static final long SEED = 12_10;

  private static SeriesHistory history(String unit, String earlier, String current) {
    List<RunValues> runs = new ArrayList<>();
    for (String level : earlier.split(" ")) {
      String[] times = level.split("x");
      for (int i = 0; i < (times.length > 1 ? Integer.parseInt(times[1]) : 1); i++) {
        runs.add(run(runs.size(), Double.parseDouble(times[0])));
      }
    }
    Series series =
        new Series(
            new Benchmark("case", null, "time", unit, Direction.LOWER_IS_BETTER),
            new TreeMap<>(),
            Device.CPU);
    double[] values = Arrays.stream(current.split(" ")).mapToDouble(Double::parseDouble).toArray();
    return SeriesHistory.measured(series, runs, run(runs.size(), values));
  }

  @ParameterizedTest
  @CsvSource({
    "s, 0.001x2, 0.002, inconclusive", // JUnit
    "s, 0.001x20, 0.002, inconclusive",
    "s, 0.001x20, 0.003, inconclusive",
    "s, 0.001x20, 0.05, regressed",
    "s, 0.01x10, 0.02, inconclusive", // a clock of 100 Hz
    "s, 0.015625x10, 0.03125, inconclusive", // of 64 Hz
    "s, 1x5, 2, inconclusive", // whole seconds
    "s, 0.001x5 0x5, 0.002, inconclusive",
    "s, 0.001x10, 0, inconclusive",
    "s, 1.0x11, 0, inconclusive", // no duration at all
    "s, 0x11, 0.5, inconclusive",
    "s, 0x11, 0, inconclusive",
    "s, 1.0x11, 1.5 1.5 1.5, regressed",
    "s, 1.0x10, 1.3, regressed",
    "s, 1.0x3, 1.2, regressed",
    "s, 0.01x10, 0.012, regressed", // printed as 10.0 and 12.0 ms
    "s, 1.0x11, 1.0, pass",
    "s, 1.5e-6x6, 1.5e-6, pass",
    "s, 1.5e-6x6, 1.5000000000000002e-6, pass",
    "1, 2x10, 3, regressed", // allocations are counted, not measured
    "1, 5x10, 0, improved"
  })
  void theLastDigitIsAFloorOfTheNoise(
      String unit, String earlier, String current, String expected) {
    Verdict verdict =
        Judge.judge(List.of(history(unit, earlier, current)), GatePolicy.DEFAULT).getFirst();
    assertEquals(expected, verdict.kind().word(), verdict.toString());
  }

  @Test
  void theEvidenceSaysWhatTheValuesCannotTell() {
    Verdict verdict =
        Judge.judge(List.of(history("s", "0.001x9", "0.002")), GatePolicy.DEFAULT).getFirst();
    assertTrue(
        verdict.evidence().contains("as they tell nothing finer than 0.0010 s"),
        verdict.evidence());
  }

  /**
   * Ten thousand cases of some milliseconds in which nothing changed, as a test report has them.
   */
  @Test
  void aReportOfShortTestsIsNotRed() {
    SplittableRandom random = new SplittableRandom(SEED);
    int red = 0;
    for (int trial = 0; trial < 20; trial++) {
      List<SeriesHistory> histories = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        double median = 0.0003 * Math.exp(1.5 * random.nextGaussian());
        List<RunValues> runs = new ArrayList<>();
        for (int night = 0; night <= 12; night++) {
          double seconds = median * Math.exp(0.25 * random.nextGaussian());
          runs.add(run(night, Math.rint(seconds * 1000) / 1000));
        }
        histories.add(
            SeriesHistory.measured(
                SeriesFixtures.series("case" + i), runs.subList(0, 12), runs.get(12)));
      }
      List<Verdict> verdicts = Judge.judge(histories, GatePolicy.DEFAULT);
      red += verdicts.stream().anyMatch(v -> v.kind() == VerdictKind.REGRESSED) ? 1 : 0;
    }
    assertEquals(0, red, "seed " + SEED);
  }
}
