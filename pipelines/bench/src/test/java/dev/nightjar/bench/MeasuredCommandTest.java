package dev.nightjar.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nightjar.bench.BenchmarkOutcome.End;
import dev.nightjar.bench.quantity.Measured;
import dev.nightjar.bench.quantity.Quantity;
import dev.nightjar.kernel.HostOffer;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Skip;
import dev.nightjar.model.telemetry.BoundaryReadings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are measured by more than their time, by what this host has for it. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "instructions are counted on Linux")
class MeasuredCommandTest {
  private static final Measured INSTRUCTIONS = new Measured(Quantity.INSTRUCTIONS);

  @TempDir Path repository;

  private final List<Sample> samples = new ArrayList<>();
  private final List<Skip> skips = new ArrayList<>();

  private final RunObserver observer =
      new RunObserver() {
        @Override
        public void repetitionDone(int repetition, List<Sample> done) {
          samples.addAll(done);
        }

        @Override
        public void skipped(Skip skip) {
          skips.add(skip);
        }
      };

  @BeforeEach
  void somethingCounts() {
    boolean isCounted =
        HostPlatform.current().instructionCounter().state() == HostOffer.State.THERE;
    assumeTrue(
        isCounted || Files.isExecutable(Path.of("/usr/bin/valgrind")),
        "nothing counts here: install valgrind");
  }

  private BenchmarkOutcome run(BenchmarkDefinition.Builder definition) throws Exception {
    return BenchmarkRunner.run(definition.warmups(0).build(), repository, observer);
  }

  private List<Double> values(String metric) {
    return samples.stream()
        .filter(sample -> sample.series().benchmark().metric().equals(metric))
        .map(Sample::value)
        .toList();
  }

  @Test
  void timeIsTakenOfAllRepetitionsAndCountsOfTheFirstFew() throws Exception {
    assertEquals(
        BenchmarkOutcome.completed(5),
        run(
            BenchmarkDefinition.named("a")
                .command("echo x >>log")
                .measures(List.of(Measured.TIME, INSTRUCTIONS))
                .repetitions(5)));
    assertEquals(5, values("time").size());
    List<Double> counts = values("instructions");
    assertEquals(counts.getFirst(), counts.getLast(), 0.01 * counts.getFirst());
    Sample count =
        samples.stream().filter(one -> one.series().isCounted()).findFirst().orElseThrow();
    assertEquals(BoundaryReadings.ABSENT, count.readings());
    assertTrue(count.value() > 10_000, "a shell takes more: " + count.value());
  }

  @Test
  void countsAloneNeedThreeRepetitions() throws Exception {
    BenchmarkDefinition.Builder definition =
        BenchmarkDefinition.named("a").command("true").measures(List.of(INSTRUCTIONS));
    assertEquals(BenchmarkOutcome.completed(3), run(definition));
    assertEquals(List.of(0, 1, 2), samples.stream().map(Sample::ordinal).toList());
    assertEquals(3, Repetitions.of(definition.build(), samples).planned().orElseThrow());
  }

  @Test
  void childrenAreCounted() throws Exception {
    run(BenchmarkDefinition.named("one").command("/bin/true").measures(List.of(INSTRUCTIONS)));
    double alone = values("instructions").getFirst();
    samples.clear();
    run(
        BenchmarkDefinition.named("three")
            .command("(/bin/true; /bin/true) & /bin/true; wait")
            .measures(List.of(INSTRUCTIONS)));
    double children = values("instructions").getFirst();
    assertTrue(children > 1.5 * alone, children + " of three, " + alone + " of one");
  }

  @Test
  void ofARuntimeThatCompilesItIsSaidHowMuchItsCountMoves() throws Exception {
    Files.writeString(repository.resolve("node"), "#!/bin/sh\n:\n");
    assertTrue(repository.resolve("node").toFile().setExecutable(true));
    run(BenchmarkDefinition.named("a").command("./node").measures(List.of(INSTRUCTIONS)));
    assertEquals("a, instructions", skips.getFirst().subject());
    assertTrue(
        skips
            .getFirst()
            .reason()
            .matches(
                "the count moved by \\d+\\.\\d\\d % between 3 repetitions: node compiles while it"
                    + " runs, so its counts move with compilation"),
        skips.toString());
  }

  @Test
  void aCommandThatFailsUnderTheInstrumentHasFailed() throws Exception {
    BenchmarkOutcome outcome =
        run(BenchmarkDefinition.named("a").command("exit 3").measures(List.of(INSTRUCTIONS)));
    assertEquals(End.FAILED, outcome.end());
    assertTrue(String.valueOf(outcome.reason()).contains("exited with 3"), outcome.toString());
  }

  @Test
  void whatIsPrintedIsMeasuredBesides() throws Exception {
    BenchmarkDefinition.Builder definition =
        BenchmarkDefinition.named("a")
            .command("echo work 7")
            .extract(
                ExtractedMetric.of(
                    new MetricDefinition("work", "1", MetricDefinition.TIME.direction()),
                    "work ([0-9]+)"))
            .measures(List.of(Measured.TIME, INSTRUCTIONS))
            .repetitions(2);
    run(definition);
    assertEquals(List.of(7.0, 7.0), values("work"));
    assertEquals(2, values("time").size());
    assertEquals(2, values("instructions").size());
    assertEquals(2, Repetitions.of(definition.build(), samples).next());
  }
}
