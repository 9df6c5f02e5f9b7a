package dev.nightjar.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nightjar.bench.BenchmarkOutcome.End;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Skip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are shell lines")
class BenchmarkRunnerTest {
  private static final MetricDefinition RATE =
      new MetricDefinition("rate", "1/s", Direction.HIGHER_IS_BETTER);

  @TempDir Path repository;

  private final List<Sample> samples = new ArrayList<>();
  private final List<Integer> repetitions = new ArrayList<>();
  private final List<Skip> skips = new ArrayList<>();
  private final List<Long> running = new ArrayList<>();

  private final RunObserver observer =
      new RunObserver() {
        @Override
        public void repetitionDone(int repetition, List<Sample> done) {
          repetitions.add(repetition);
          samples.addAll(done);
        }

        @Override
        public void skipped(Skip skip) {
          skips.add(skip);
        }

        @Override
        public void processStarted(long pid) {
          running.add(pid);
        }

        @Override
        public void processEnded(long pid) {
          running.remove(pid);
        }
      };

  private BenchmarkOutcome run(BenchmarkDefinition.Builder definition) throws InterruptedException {
    BenchmarkOutcome outcome = BenchmarkRunner.run(definition.build(), repository, observer);
    assertEquals(List.of(), running);
    return outcome;
  }

  private String read(String file) throws IOException {
    return Files.readString(repository.resolve(file));
  }

  @Test
  void timesEachRepetitionAfterSetupAndWarmups() throws Exception {
    BenchmarkOutcome outcome =
        run(
            BenchmarkDefinition.named("sum")
                .setup("echo setup >> log")
                .command("echo run $NAME >> log")
                .environment(Map.of("NAME", "x"))
                .warmups(2)
                .repetitions(3));
    assertEquals(BenchmarkOutcome.completed(3), outcome);
    assertEquals("setup\n" + "run x\n".repeat(5), read("log"));
    assertEquals(List.of(0, 1, 2), repetitions);
    assertEquals(List.of(0, 1, 2), samples.stream().map(Sample::ordinal).toList());
    Sample first = samples.getFirst();
    assertEquals("time", first.series().benchmark().metric());
    assertEquals("s", first.series().benchmark().unit());
    assertEquals(first.wallNanos() / 1e9, first.value());
  }

  @Test
  void goesOnWithTheNextRepetition() throws Exception {
    BenchmarkDefinition definition =
        BenchmarkDefinition.named("sum").command("true").repetitions(4).build();
    run(BenchmarkDefinition.named("sum").command("true").repetitions(2));
    Repetitions stored = Repetitions.of(definition, List.copyOf(samples));
    assertEquals(2, stored.next());
    BenchmarkRunner.run(definition, repository, observer, stored, null);
    assertEquals(List.of(0, 1, 2, 3), repetitions);
    Repetitions all = Repetitions.of(definition, samples);
    assertEquals(
        BenchmarkOutcome.completed(0),
        BenchmarkRunner.run(definition, repository, observer, all, null));
    assertEquals(4, all.planned().orElseThrow());
  }

  @Test
  void takesMetricsFromTheOutput() throws Exception {
    BenchmarkDefinition.Builder definition =
        BenchmarkDefinition.named("rate")
            .command("echo 'rate: 12.5'; echo 'rate: 13'; echo other")
            .extract(ExtractedMetric.of(RATE, "^rate: ([0-9.]+)$"))
            .warmups(0)
            .repetitions(2);
    assertEquals(End.COMPLETED, run(definition).end());
    assertEquals(List.of(12.5, 13.0, 12.5, 13.0), samples.stream().map(Sample::value).toList());
    assertEquals(List.of(0, 1, 10_000, 10_001), samples.stream().map(Sample::ordinal).toList());
    assertEquals(2, Repetitions.of(definition.build(), samples).next());
  }

  @Test
  void aMetricsUnitIsItsQuantitysOwn() throws Exception {
    MetricDefinition millis = new MetricDefinition("time", "ms", Direction.LOWER_IS_BETTER);
    run(
        BenchmarkDefinition.named("took")
            .command("printf 'took 250 ms\\r\\n'")
            .extract(ExtractedMetric.of(millis, "took ([0-9.]+) ms$"))
            .warmups(0)
            .repetitions(1));
    assertEquals(0.25, samples.getFirst().value());
    assertEquals("s", samples.getFirst().series().benchmark().unit());
  }

  /** These overflowed the stack, or did not come to an end, with an engine that goes back. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?:.|\n)*total ([0-9.]+)",
        "(?:a+)+total ([0-9.]+)",
        "(?:a|aa|aaa)*b?total ([0-9.]+)",
        "(?:[^x]*[^y]*)*total ([0-9.]+)",
      })
  void noPatternHangsOrOverflows(String pattern) throws Exception {
    long begin = System.nanoTime();
    BenchmarkOutcome outcome =
        run(
            BenchmarkDefinition.named("hostile")
                .command("head -c 300000 /dev/zero | tr '\\0' a; echo; echo total 5")
                .extract(ExtractedMetric.of(RATE, pattern))
                .timeout(Duration.ofSeconds(20))
                .warmups(0)
                .repetitions(1));
    assertTrue(Duration.ofNanos(System.nanoTime() - begin).toSeconds() < 30);
    assertTrue(
        outcome.end() == End.COMPLETED
            || String.valueOf(outcome.reason()).contains("printed nothing like"),
        outcome::toString);
  }

  @Test
  void aSearchEndsAtItsDeadline() {
    String text = "1".repeat(1 << 20);
    ExtractedMetric metric = ExtractedMetric.of(RATE, "([0-9])(?:.*x)?");
    long begin = System.nanoTime();
    assertThrows(
        ExtractedMetric.SearchTooLong.class,
        () -> metric.find(text, Integer.MAX_VALUE, begin + Duration.ofMillis(300).toNanos()));
    assertTrue(Duration.ofNanos(System.nanoTime() - begin).toSeconds() < 5);
  }

  @Test
  void aMetricThatIsNotPrintedFailsTheBenchmark() throws Exception {
    BenchmarkOutcome outcome =
        run(
            BenchmarkDefinition.named("rate")
                .command("echo nothing")
                .extract(ExtractedMetric.of(RATE, "rate: ([0-9.]+)")));
    assertEquals(End.FAILED, outcome.end());
    assertTrue(String.valueOf(outcome.reason()).contains("rate: ([0-9.]+)"));
    assertEquals("nothing\n", outcome.outputTail());
  }

  @Test
  void whatStandardOutputDoesNotHoldIsLookedForInStandardError() throws Exception {
    MetricDefinition other = new MetricDefinition("other", RATE.unit(), RATE.direction());
    BenchmarkOutcome outcome =
        run(
            BenchmarkDefinition.named("rate")
                .command("echo rate: 5 >&2; echo other: 6; echo other: 7 >&2")
                .extract(ExtractedMetric.of(RATE, "rate: ([0-9.]+)"))
                .extract(ExtractedMetric.of(other, "other: ([0-9.]+)"))
                .warmups(0)
                .repetitions(1));
    assertEquals(End.COMPLETED, outcome.end(), outcome::toString);
    assertEquals(List.of(5.0, 6.0), samples.stream().map(Sample::value).toList());
  }

  @Test
  void readsTheResultFilesOfThisRunAlone() throws Exception {
    Files.createDirectories(repository.resolve("out"));
    Path old = Files.writeString(repository.resolve("out/old.json"), "{\"results\":[]}");
    Files.setLastModifiedTime(old, FileTime.fromMillis(1000));
    BenchmarkOutcome outcome =
        run(
            BenchmarkDefinition.named("parser")
                .command(
                    "echo '{\"results\":[{\"name\":\"a\",\"values\":[1,2]},{\"name\":\"b\"}]}'"
                        + " > out/new.json")
                .results("out/*.json"));
    assertEquals(End.COMPLETED, outcome.end());
    assertEquals("parser/a", samples.getFirst().series().benchmark().name());
    assertEquals(List.of(0, 1), samples.stream().map(Sample::ordinal).toList());
    assertEquals(
        List.of("out/new.json:1", "out/old.json"),
        skips.stream().map(Skip::subject).sorted().toList());
  }

  @Test
  void whatAResultFileCallsAFailureIsToldByItsName() throws Exception {
    String file =
        "{\"context\":{},\"benchmarks\":[{\"name\":\"a\",\"real_time\":1},"
            + "{\"name\":\"b\",\"error_occurred\":true,\"error_message\":\"no device\"}]}";
    Files.writeString(repository.resolve("google.json"), file);
    BenchmarkDefinition.Builder definition =
        BenchmarkDefinition.named("suite").command("cp google.json out.json").results("out.json");
    List<String> failed = new ArrayList<>();
    RunObserver told =
        new RunObserver() {
          @Override
          public void repetitionDone(int repetition, List<Sample> done) {
            samples.addAll(done);
          }

          @Override
          public void skipped(Skip skip) {
            skips.add(skip);
          }

          @Override
          public void failed(
              String benchmark, SortedMap<String, String> parameters, String reason) {
            failed.add(benchmark + ": " + reason);
          }
        };
    BenchmarkRunner.run(definition.build(), repository, told);
    assertEquals(List.of("suite/b: no device (out.json:1)"), failed);
    assertEquals("suite/a", samples.getFirst().series().benchmark().name());
    BenchmarkRunner.run(definition.onFailure(OnFailure.SKIP).build(), repository, told);
    assertEquals(1, failed.size(), "what may fail is only named");
    assertEquals(
        new Skip("benchmarks", "suite/b", "it failed: no device (out.json:1)"), skips.getFirst());
  }

  @Test
  void aFailureIsToldWithItsEndAndExitCode() throws Exception {
    BenchmarkOutcome outcome =
        run(BenchmarkDefinition.named("bad").command("yes wrong | head -c 100000 >&2; exit 7"));
    assertEquals(End.FAILED, outcome.end());
    assertEquals(7, outcome.exitCode());
    assertEquals("it exited with 7", outcome.reason());
    assertEquals(4096, outcome.outputTail().length());
    assertEquals(List.of(), samples);
  }

  @Test
  void whatAFailureMeansIsTheDefinitionsChoice() throws Exception {
    String second = "n=$(cat n 2>/dev/null || echo 0); echo $((n+1)) > n; [ $n -ne 1 ]";
    BenchmarkOutcome ignored =
        run(
            BenchmarkDefinition.named("flaky")
                .command(second)
                .warmups(0)
                .repetitions(3)
                .onFailure(OnFailure.IGNORE));
    assertEquals(End.COMPLETED, ignored.end());
    assertEquals(List.of(0, 2), repetitions);
    assertEquals("flaky, repetition 1", skips.getFirst().subject());
    BenchmarkOutcome skipped =
        run(BenchmarkDefinition.named("bad").command("exit 1").onFailure(OnFailure.SKIP));
    assertEquals(End.SKIPPED, skipped.end());
    BenchmarkOutcome none =
        run(
            BenchmarkDefinition.named("bad")
                .command("exit 1")
                .warmups(0)
                .onFailure(OnFailure.IGNORE));
    assertEquals(End.FAILED, none.end());
  }

  @Test
  void aTimeoutIsItsOwnEnd() throws Exception {
    BenchmarkOutcome outcome =
        run(
            BenchmarkDefinition.named("slow")
                .command("sleep 1000")
                .timeout(Duration.ofMillis(200)));
    assertEquals(End.TIMED_OUT, outcome.end());
    assertNotNull(outcome.reason());
  }

  /** A program that prints the numbers of a file, one a run, and then its last one again. */
  private BenchmarkDefinition.Builder printing(String numbers) throws IOException {
    Files.writeString(repository.resolve("numbers"), numbers.replace(' ', '\n') + "\n");
    return BenchmarkDefinition.named("rate")
        .command(
            "echo \"rate: $(head -n 1 numbers)\";"
                + " [ $(wc -l <numbers) -eq 1 ] || sed -i 1d numbers")
        .extract(ExtractedMetric.of(RATE, "rate: ([0-9.]+)"))
        .warmups(0);
  }

  @Test
  void repeatsUntilTheMedianIsKnownOrEnoughIsSpent() throws Exception {
    StoppingRule rule = new StoppingRule(0.01, 0.95, 8, 30, Duration.ofMinutes(2));
    assertEquals(8, run(printing("100").repetitions(rule)).repetitionsDone());
    // Of 12 values the 3rd and the 10th bound the median at 95 %: two outliers do not count then.
    assertEquals(12, run(printing("100 110 110 100").repetitions(rule)).repetitionsDone());
    StringBuilder noisy = new StringBuilder("100");
    for (int i = 1; i < 40; i++) {
      noisy.append(' ').append(i % 2 == 0 ? 100 : 150);
    }
    assertEquals(30, run(printing(noisy.toString()).repetitions(rule)).repetitionsDone());
    StoppingRule noTime = new StoppingRule(0.01, 0.95, 8, 30, Duration.ofNanos(1));
    assertEquals(
        8, run(printing(noisy.toString()).repetitions(noTime)).repetitionsDone(), "the fewest");
  }

  @Test
  void whereItStoppedFollowsFromWhatIsStored() throws Exception {
    StoppingRule rule = new StoppingRule(0.01, 0.95, 8, 30, Duration.ofMinutes(2));
    BenchmarkDefinition definition = printing("100 110 110 100").repetitions(rule).build();
    Repetitions live = new Repetitions(definition);
    BenchmarkRunner.run(definition, repository, observer, live, null);
    List<Sample> shuffled = new ArrayList<>(samples);
    Collections.reverse(shuffled);
    Repetitions again = Repetitions.of(definition, shuffled);
    assertEquals(live.planned(), again.planned());
    assertEquals(live.next(), again.next());
    assertFalse(Repetitions.of(definition, samples.subList(0, 5)).isEnough());
  }

  @Test
  void runsOnTheCpusThatItIsGiven() throws Exception {
    assumeTrue(OS.LINUX.isCurrentOs(), "the list of allowed CPUs is Linux's");
    BenchmarkDefinition definition =
        BenchmarkDefinition.named("pinned")
            .command("grep Cpus_allowed_list /proc/self/status >cpus")
            .warmups(0)
            .repetitions(1)
            .build();
    BitSet first = new BitSet();
    first.set(0);
    BenchmarkRunner.run(definition, repository, observer, new Repetitions(definition), first);
    assertEquals("Cpus_allowed_list:\t0\n", read("cpus"));
  }

  @Test
  void warmsUpUntilItGetsNoFaster() throws Exception {
    // Each run is half a second shorter than the one before, until the fourth: more than a busy
    // machine adds to one.
    String warming =
        "n=$(cat n 2>/dev/null || echo 0); echo $((n+1)) >n; echo $n >>log;"
            + " case $n in 0) sleep 1.5;; 1) sleep 1;; 2) sleep 0.5;; esac";
    assertEquals(
        End.COMPLETED,
        run(BenchmarkDefinition.named("warming").command(warming).repetitions(1)).end());
    int runs = read("log").lines().toList().size();
    assertTrue(runs >= 6 && runs <= 11, "4 that got faster, one or more that did not: " + runs);
  }

  @Test
  void theMediansIntervalIsThatOfOrderStatistics() {
    double[] values = {8, 1, 7, 2, 6, 3, 5, 4, 9, 10};
    // Ranks 2 and 9 of 10 cover 97.9 %.
    assertEquals((9.0 - 2.0) / 2 / 5.5, StoppingRule.relativeHalfWidth(values, 0.95), 1e-12);
    assertEquals(
        Double.POSITIVE_INFINITY,
        StoppingRule.relativeHalfWidth(new double[] {1, 1, 1, 1, 1}, 0.95));
    assertThrows(
        Failure.Misuse.class, () -> new StoppingRule(0, 0.95, 5, 200, Duration.ofMinutes(1)));
  }

  @Test
  void definitionsThatMakeNoSenseAreRefusedInASentence() {
    assertRefused("has no command", BenchmarkDefinition.named("a"));
    assertRefused("name must be", BenchmarkDefinition.named("a\nb").command("x"));
    assertRefused("outside", BenchmarkDefinition.named("a").command("x").folder("../b"));
    assertRefused("glob", BenchmarkDefinition.named("a").command("x").results("/etc/*"));
    assertRefused("glob", BenchmarkDefinition.named("a").command("x").results("a/[b"));
    assertThrows(Failure.Misuse.class, () -> StoppingRule.exactly(0));
    assertRefused("warm-ups", BenchmarkDefinition.named("a").command("x").warmups(-1));
    assertRefused("timeout", BenchmarkDefinition.named("a").command("x").timeout(Duration.ZERO));
    assertThrows(Failure.Misuse.class, () -> ExtractedMetric.of(RATE, "no group"));
    assertThrows(Failure.Misuse.class, () -> ExtractedMetric.of(RATE, "(broken"));
    assertThrows(Failure.Misuse.class, () -> ExtractedMetric.of(RATE, "(?=ahead)([0-9])"));
    assertThrows(
        Failure.Misuse.class, () -> ExtractedMetric.of(RATE, "(".repeat(900) + ")".repeat(90)));
    assertThrows(Failure.Misuse.class, () -> ExtractedMetric.of(RATE, "([0-9]{1000}){1000}"));
    assertThrows(Failure.Misuse.class, () -> OnFailure.of("explode"));
  }

  private static void assertRefused(String words, BenchmarkDefinition.Builder definition) {
    Failure.Misuse refusal = assertThrows(Failure.Misuse.class, definition::build);
    assertTrue(refusal.toString().contains(words), refusal::toString);
  }
}
