package dev.nightjar.gate.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Series;
import dev.nightjar.model.VerdictKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts against earlier runs: one of those is enough where repetitions tell how they differ. */
class CountedHistoryTest {
  private static final Series COUNTED =
      new Series(
          new Benchmark("a", null, "instructions", "{instruction}", Direction.LOWER_IS_BETTER),
          new TreeMap<>(Map.of(Series.COUNTER, "cachegrind")),
          Device.CPU);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1000000 1000000 1000000 | 1000000 1000000 1000000 | PASS",
        "1000000 1000000 1000000 | 1010000 1010000 1010000 | REGRESSED",
        "1000000 1000000 1000000 | 990000 990000 990000 | IMPROVED",
        "1000000 1000200 1000100 | 1010000 1010100 1010200 | REGRESSED",
        "1000000 1030000 1010000 | 1020000 1050000 1030000 | INCONCLUSIVE",
        "1000000 1000000 1000000; 1000100 1000100 1000100 | 1010000 1010000 1010000 | REGRESSED",
        "1000000 | 1010000 | INCONCLUSIVE",
        "1000000; 1000000 | 1010000 | REGRESSED",
      })
  void areDecidedByWhatTheyMoveByThemselves(String earlier, String present, VerdictKind kind) {
    List<RunValues> runs = new ArrayList<>();
    for (String run : earlier.split(";")) {
      runs.add(run(runs.size(), run));
    }
    SeriesHistory history = SeriesHistory.measured(COUNTED, runs, run(9, present));
    assertEquals(kind, Judge.judge(List.of(history), GatePolicy.DEFAULT).getFirst().kind());
  }

  private static RunValues run(int number, String values) {
    return RunValues.undisturbed(
        new UUID(0, number),
        "c" + number,
        Instant.EPOCH.plusSeconds(number),
        Arrays.stream(values.strip().split(" ")).mapToDouble(Double::parseDouble).toArray());
  }
}
