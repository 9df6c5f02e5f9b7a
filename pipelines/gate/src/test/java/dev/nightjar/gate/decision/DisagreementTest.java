package dev.nightjar.gate.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisagreementTest {
  private static Verdict verdict(String benchmark, boolean isCount, VerdictKind kind) {
    Benchmark of =
        isCount
            ? new Benchmark(
                benchmark, null, "instructions", "{instruction}", Direction.LOWER_IS_BETTER)
            : new Benchmark(benchmark, null, "time", "s", Direction.LOWER_IS_BETTER);
    Map<String, String> parameters = isCount ? Map.of(Series.COUNTER, "hardware") : Map.of();
    return new Verdict(
        new Series(of, new TreeMap<>(parameters), Device.CPU),
        kind,
        null,
        null,
        null,
        null,
        null,
        "grounds",
        null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "REGRESSED | IMPROVED | grounds; fewer instructions, yet slower: the two disagree"
            + " | grounds; fewer instructions, yet slower: the two disagree",
        "IMPROVED | REGRESSED | grounds; more instructions, yet faster: the two disagree"
            + " | grounds; more instructions, yet faster: the two disagree",
        "REGRESSED | PASS | grounds; it executes no more instructions, so look at memory, caches,"
            + " waiting and the machine | grounds",
        "PASS | REGRESSED | grounds | grounds; its time passes all the same",
        "PASS | PASS | grounds | grounds",
        "REGRESSED | REGRESSED | grounds | grounds",
        "INCONCLUSIVE | REGRESSED | grounds | grounds",
      })
  void eachSaysWhatTheOtherSays(
      VerdictKind time, VerdictKind count, String ofTime, String ofCount) {
    List<Verdict> told =
        Disagreement.told(List.of(verdict("a", false, time), verdict("a", true, count)));
    assertEquals(List.of(ofTime, ofCount), told.stream().map(Verdict::evidence).toList());
    assertEquals(List.of(time, count), told.stream().map(Verdict::kind).toList());
  }

  @Test
  void benchmarksAreNotMixed() {
    List<Verdict> verdicts =
        List.of(
            verdict("a", false, VerdictKind.REGRESSED), verdict("b", true, VerdictKind.IMPROVED));
    assertEquals(verdicts, Disagreement.told(verdicts));
  }
}
