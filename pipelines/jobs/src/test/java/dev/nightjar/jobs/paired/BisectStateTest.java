package dev.nightjar.jobs.paired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.ExtractedMetric;
import dev.nightjar.bench.MetricDefinition;
import dev.nightjar.model.Failure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class BisectStateTest {
  private static final List<String> QUESTION = List.of("repository", "good", "bad");

  @TempDir Path folder;

  private static MeasuredCommit.Pair pair(long spentNanos) {
    return new MeasuredCommit.Pair(
        "time",
        "s",
        null,
        new MeasuredCommit.Reading(
            0.05, 50_000_000, OptionalLong.of(48_000_000), OptionalLong.empty()),
        new MeasuredCommit.Reading(
            0.06, 60_000_000, OptionalLong.empty(), OptionalLong.of(1_000_000)),
        spentNanos);
  }

  /** A benchmark that prints its time. */
  private static BenchmarkDefinition printing() {
    return BenchmarkDefinition.named("p")
        .command("p")
        .extract(ExtractedMetric.of(MetricDefinition.TIME, "took ([0-9.]+)"))
        .build();
  }

  private static MeasuredCommit.Pair counted(double good, double here) {
    return new MeasuredCommit.Pair(
        "instructions",
        "{instruction}",
        "cachegrind",
        new MeasuredCommit.Reading(good, 1, OptionalLong.empty(), OptionalLong.empty()),
        new MeasuredCommit.Reading(here, 1, OptionalLong.empty(), OptionalLong.empty()),
        3);
  }

  @Test
  void countsAreKnownAgainAsCounts() {
    BisectState.of(folder, QUESTION).add("a", counted(1000, 1010));
    MeasuredCommit again = BisectState.of(folder, QUESTION).commit("a");
    assertEquals(List.of(counted(1000, 1010)), again.pairs());
    assertTrue(again.values(printing()).series().isCounted());
    assertEquals(3, again.fewestPairs());
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("bisect"))) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void theSameQuestionFindsItsPairsAgain() {
    BisectState state = BisectState.of(folder, QUESTION);
    state.add("a", pair(1));
    state.add("a", pair(2));
    state.skip("b", "it does not build");
    BisectState again = BisectState.of(folder, QUESTION);
    assertEquals(List.of("a", "b"), List.copyOf(again.commits().keySet()));
    assertEquals(List.of(pair(1), pair(2)), again.commit("a").pairs());
    assertEquals(2, again.commit("a").spent().toNanos());
    assertEquals(Optional.of("it does not build"), again.commit("b").skipped());
    assertTrue(BisectState.of(folder, List.of("another")).commits().isEmpty());
    assertEquals(0.06, again.commit("a").values(printing()).head(1));
    assertTrue(BisectState.afresh(folder, QUESTION).commits().isEmpty());
    assertTrue(BisectState.of(folder, QUESTION).commits().isEmpty());
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatIsNoStateCostsNeitherTimeNorMemory() throws Exception {
    BisectState.of(folder, QUESTION).add("a", pair(1));
    Path file = file();
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }
    assertTrue(refusal().contains("is larger than 64 MiB"), refusal());
    Files.delete(file);
    assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
    assertTrue(refusal().contains("is a pipe"), refusal());
    BisectState.afresh(folder, QUESTION).add("a", pair(2));
    assertEquals(List.of(pair(2)), BisectState.of(folder, QUESTION).commit("a").pairs());
  }

  private String refusal() {
    return String.valueOf(
        assertThrows(Failure.Misuse.class, () -> BisectState.of(folder, QUESTION)).getMessage());
  }

  @Test
  void whatIsNoTextIsMeasuredAgain() throws Exception {
    BisectState.of(folder, QUESTION).add("a", pair(1));
    Files.write(file(), new byte[] {(byte) 0xc3, 0x28, '\n'}, StandardOpenOption.APPEND);
    assertEquals(List.of(pair(1)), BisectState.of(folder, QUESTION).commit("a").pairs());
    BisectState.of(folder, QUESTION).add("a", pair(2));
    assertEquals(List.of(pair(1), pair(2)), BisectState.of(folder, QUESTION).commit("a").pairs());
  }

  @Test
  void aLineThatAKillCutIsLeftOutWhereverItWasCut() throws Exception {
    BisectState state = BisectState.of(folder, QUESTION);
    state.add("a", pair(1));
    int whole = Files.readString(file()).length();
    state.add("a", pair(2));
    String text = Files.readString(file());
    for (int cut = whole; cut < text.length() - 1; cut++) {
      Files.writeString(file(), text.substring(0, cut));
      BisectState resumed = BisectState.of(folder, QUESTION);
      assertEquals(List.of(pair(1)), resumed.commit("a").pairs(), "cut at " + cut);
      resumed.add("a", pair(3));
      assertEquals(List.of(pair(1), pair(3)), BisectState.of(folder, QUESTION).commit("a").pairs());
    }
    Files.writeString(file(), text.strip());
    BisectState.of(folder, QUESTION).add("a", pair(3));
    assertEquals(
        List.of(pair(1), pair(2), pair(3)), BisectState.of(folder, QUESTION).commit("a").pairs());
  }
}
