package dev.nightjar.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nightjar.bench.BenchmarkOutcome.End;
import dev.nightjar.bench.quantity.Measured;
import dev.nightjar.bench.quantity.Quantity;
import dev.nightjar.kernel.HostOffer;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.kernel.process.RunningTotals;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Skip;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
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
  void memoryAllocationsAndSizesAreMeasuredByOneWordEach() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/time")), "install the package 'time'");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/valgrind")), "install valgrind");
    Files.writeString(repository.resolve("program"), "1234567");
    assertEquals(
        BenchmarkOutcome.completed(3),
        run(
            BenchmarkDefinition.named("a")
                .command("head -c 20000000 /dev/zero | tail -c 20000000 >/dev/null")
                .measures(
                    List.of(
                        new Measured(Quantity.PEAK_MEMORY),
                        new Measured(Quantity.ALLOCATED),
                        new Measured(Quantity.ALLOCATIONS),
                        new Measured(Quantity.SIZE, "program")))
                .repetitions(3)));
    double peak = values("peak_memory").getFirst();
    assertTrue(peak > 20_000_000 && peak < 100_000_000, "of tail, not of this JVM: " + peak);
    assertTrue(values("allocated").getFirst() > 20_000_000, samples.toString());
    assertTrue(values("allocations").getFirst() > 1, samples.toString());
    assertEquals(List.of(7.0, 7.0, 7.0), values("size"));
    assertEquals(3, values("peak_memory").size());
  }

  @Test
  void whatJavaProgramsAllocateIsAddedUp() throws Exception {
    Files.writeString(
        repository.resolve("Fill.java"),
        """
        class Fill {
          static byte[] last;
          public static void main(String[] args) throws Exception {
            Thread thread = new Thread(() -> {
              for (int i = 0; i < 64; i++) {
                last = new byte[1 << 20];
              }
            });
            thread.start();
            thread.join();
          }
        }
        """);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    assertEquals(
        0,
        new ProcessBuilder(java + "c", "Fill.java")
            .directory(repository.toFile())
            .inheritIO()
            .start()
            .waitFor());
    run(
        BenchmarkDefinition.named("one")
            .command(java + " Fill")
            .measures(List.of(new Measured(Quantity.JVM_ALLOCATED)))
            .repetitions(3));
    List<Double> one = values("jvm_allocated");
    assertTrue(one.getFirst() > 64 << 20 && one.getFirst() < 80 << 20, one.toString());
    assertEquals(3, one.size());
    samples.clear();
    run(
        BenchmarkDefinition.named("two")
            .command(java + " Fill; " + java + " Fill")
            .measures(List.of(new Measured(Quantity.JVM_ALLOCATED)))
            .repetitions(3));
    assertEquals(2, values("jvm_allocated").getFirst() / one.getFirst(), 0.05);
    BenchmarkOutcome none =
        run(
            BenchmarkDefinition.named("none")
                .command("true")
                .measures(List.of(new Measured(Quantity.JVM_ALLOCATED))));
    assertTrue(
        String.valueOf(none.reason()).startsWith("no Java virtual machine"), none.toString());
  }

  @Test
  void whatThisHostCannotMeasureIsLeftOutWithTheReasonAndFailsAlone() throws Exception {
    boolean hasEnergy;
    try (RunningTotals totals = HostPlatform.current().totals()) {
      hasEnergy = totals.read().totals().has(Indicator.ENERGY);
    }
    assumeTrue(!hasEnergy, "this machine tells its energy");
    List<Measured> energy = List.of(new Measured(Quantity.ENERGY));
    BenchmarkOutcome alone = run(BenchmarkDefinition.named("a").command("true").measures(energy));
    assertEquals(End.FAILED, alone.end());
    assertTrue(
        String.valueOf(alone.reason())
            .startsWith("'energy' cannot be measured here, as this machine shows no energy"),
        alone.toString());
    assertEquals(List.of(), samples);
    run(
        BenchmarkDefinition.named("a")
            .command("true")
            .measures(List.of(Measured.TIME, energy.getFirst()))
            .repetitions(1));
    assertEquals("a, energy", skips.getFirst().subject());
    assertEquals(1, values("time").size());
  }

  @Test
  void aSizeOfNothingHasFailedAndASizeAloneRunsNothing() throws Exception {
    BenchmarkDefinition.Builder definition =
        BenchmarkDefinition.named("a")
            .command("touch ran")
            .measures(List.of(new Measured(Quantity.SIZE, "program")));
    BenchmarkOutcome outcome = run(definition);
    assertEquals(End.FAILED, outcome.end());
    assertEquals("there is no 'program' whose size could be told", outcome.reason());
    Files.writeString(repository.resolve("program"), "1234567");
    assertEquals(BenchmarkOutcome.completed(3), run(definition));
    assertTrue(Files.notExists(repository.resolve("ran")));
  }

  @Test
  void aWordThatDoesNotSuitTakesNothingFromTheOthers() throws Exception {
    assertEquals(
        BenchmarkOutcome.completed(4),
        run(
            BenchmarkDefinition.named("a")
                .command("true")
                .measures(
                    List.of(
                        Measured.TIME,
                        new Measured(Quantity.JVM_ALLOCATED),
                        new Measured(Quantity.SIZE, "nowhere")))
                .repetitions(4)));
    assertEquals(4, values("time").size());
    assertEquals(2, skips.size(), skips.toString());
    assertTrue(skips.getFirst().reason().startsWith("no Java virtual machine"), skips.toString());
    assertEquals("a, size", skips.getLast().subject());
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
