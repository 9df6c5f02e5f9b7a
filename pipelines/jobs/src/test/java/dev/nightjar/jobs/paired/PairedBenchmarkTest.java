package dev.nightjar.jobs.paired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.BenchmarkOutcome;
import dev.nightjar.bench.InterleavedOutcome.FailedRun;
import dev.nightjar.bench.InterleavedOutcome.Side;
import dev.nightjar.bench.quantity.Measured;
import dev.nightjar.bench.quantity.Quantity;
import dev.nightjar.gate.decision.GatePolicy;
import dev.nightjar.gate.pairs.PairedComparison;
import dev.nightjar.gate.pairs.TurnComparison;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PairedBenchmarkTest {
  private static final Duration BUDGET = Duration.ofSeconds(20);
  private static final int MOST_PAIRS = 1000;

  private final List<String> notes = new ArrayList<>();
  private final long[] nowNanos = {0};
  private int timesTaken;
  private final PairedBenchmark suite = suite(BUDGET);

  private PairedBenchmark suite(Duration budget) {
    return benchmark(
        BenchmarkDefinition.named("suite").command("true").results("out.json"), budget);
  }

  private PairedBenchmark benchmark(BenchmarkDefinition.Builder definition, Duration budget) {
    return new PairedBenchmark(
        definition.build(),
        budget,
        MOST_PAIRS,
        (series, count, pairs) -> PairedComparison.under(GatePolicy.DEFAULT, series, count, pairs),
        notes::add,
        () -> nowNanos[0]);
  }

  private static Sample sample(String name, double value, Duration wall) {
    return new Sample(
        new Series(
            new Benchmark("suite/" + name, null, "time", "s", Direction.LOWER_IS_BETTER),
            Collections.emptySortedMap(),
            Device.CPU),
        0,
        value,
        Instant.EPOCH,
        wall.toNanos(),
        BoundaryReadings.ABSENT);
  }

  private static Sample sample(String name, double value) {
    return sample(name, value, Duration.ofMillis(100));
  }

  private PairedSeries only() {
    PairedSeries series = suite.series().getFirst();
    series.finish();
    return series;
  }

  private static VerdictKind kind(PairedSeries series) {
    return Objects.requireNonNull(Objects.requireNonNull(series.decision()).kind());
  }

  @Test
  void aPairThatLacksAValueIsCountedAndNoOther() {
    for (int pair = 0; pair < 30; pair++) {
      List<Sample> head = pair == 7 ? List.of() : List.of(sample("a", 1.123));
      suite.pairDone(pair, List.of(sample("a", 1.123)), head);
    }
    assertEquals(1, only().lacking(Side.HEAD));
    assertEquals(0, only().lacking(Side.BASE));
    assertEquals(VerdictKind.PASS, kind(only()));
    assertEquals(List.of(), suite.onlyIn(Side.BASE));
  }

  /** An instrument may take long, and times need many more pairs than counts. */
  @Test
  void aCountThatIsDecidedIsNotMeasuredAnyMoreAndLacksNothing() {
    Measured instructions = new Measured(Quantity.INSTRUCTIONS);
    PairedBenchmark both =
        new PairedBenchmark(
            BenchmarkDefinition.named("a")
                .command("true")
                .measures(List.of(Measured.TIME, instructions))
                .build(),
            BUDGET,
            MOST_PAIRS,
            (series, count, pairs) ->
                TurnComparison.under(GatePolicy.DEFAULT, series, count, pairs),
            notes::add,
            () -> nowNanos[0]);
    assertTrue(both.wants(instructions));
    for (int pair = 0; pair < 20; pair++) {
      List<Sample> samples = new ArrayList<>(List.of(timed()));
      if (both.wants(instructions)) {
        samples.add(counted());
      }
      assertEquals(pair < 2, samples.size() == 2, "in pair " + pair);
      List<Sample> head = new ArrayList<>(samples);
      head.set(0, timed());
      both.pairDone(pair, samples, head);
    }
    assertTrue(both.wants(Measured.TIME));
    PairedSeries counts = both.series().get(1);
    assertEquals(VerdictKind.PASS, kind(counts));
    assertEquals(2, counts.pairs());
    assertEquals(0, counts.lacking());
  }

  /** Of a program whose times tell nothing in so few pairs. */
  private Sample timed() {
    double seconds = 0.1 + 0.05 * (timesTaken++ % 3);
    return new Sample(
        new Series(
            new Benchmark("a", null, "time", "s", Direction.LOWER_IS_BETTER),
            Collections.emptySortedMap(),
            Device.CPU),
        0,
        seconds,
        Instant.EPOCH,
        (long) (seconds * 1e9),
        BoundaryReadings.ABSENT);
  }

  private static Sample counted() {
    return new Sample(
        new Series(
            new Benchmark("a", null, "instructions", "{instruction}", Direction.LOWER_IS_BETTER),
            new TreeMap<>(Map.of(Series.COUNTER, "cachegrind")),
            Device.CPU),
        0,
        1_000_000,
        Instant.EPOCH.plusSeconds(1),
        1_000_000_000,
        BoundaryReadings.ABSENT);
  }

  @Test
  void aSeriesThatTheFirstPairLacksIsStillCompared() {
    suite.pairDone(0, List.of(), List.of(sample("a", 1.123)));
    for (int pair = 1; pair < 30; pair++) {
      suite.pairDone(pair, List.of(sample("a", 1.123)), List.of(sample("a", 1.323)));
    }
    assertEquals(VerdictKind.REGRESSED, kind(only()));
    assertEquals(List.of(), suite.onlyIn(Side.HEAD), "it is not new");
  }

  @Test
  void whatOneVersionAloneGivesIsThatVersions() {
    suite.pairDone(
        0, List.of(sample("a", 1), sample("b", 1)), List.of(sample("b", 1), sample("c", 1)));
    assertEquals(List.of(sample("a", 1).series()), suite.onlyIn(Side.BASE));
    assertEquals(List.of(sample("c", 1).series()), suite.onlyIn(Side.HEAD));
    assertEquals(1, suite.series().size());
  }

  @Test
  void aFailureThatAResultFileTellsOfNowAndThenIsAFlakeAndElseOne() {
    for (int pair = 0; pair < 10; pair++) {
      if (pair < 2) {
        suite.failed(Side.HEAD, "suite/b", "no device");
      }
      suite.failed(Side.HEAD, "suite/c", "no licence");
      if (pair % 3 == 0) {
        suite.failed(Side.BASE, "suite/a", "no memory");
      }
      suite.pairDone(pair, List.of(sample("a", 1)), List.of(sample("a", 1)));
    }
    assertEquals(List.of("suite/c"), List.copyOf(suite.failedIn(Side.HEAD).keySet()));
    assertEquals(List.of("suite/a"), List.copyOf(suite.failedIn(Side.BASE).keySet()));
    assertTrue(notes.getFirst().contains("suite/b failed 2 times in the head"), notes.toString());
  }

  @Test
  void theFewestPairsAreWantedBeyondItsShareUnlessTheWholeRunHasNoTimeForThem() {
    PairedBenchmark slow = suite(Duration.ofSeconds(100));
    assertEquals(1, slow.fewestPairs(), "nothing is known before the first");
    nowNanos[0] = Duration.ofSeconds(105).toNanos();
    List<Sample> five = List.of(sample("a", 1.234, Duration.ofSeconds(5)));
    assertFalse(slow.pairDone(0, five, five), "the time that is over is no last look");
    assertEquals(9, slow.fewestPairs());
    assertTrue(notes.getFirst().contains("one pair takes 10.0 s"), notes.toString());
  }

  @Test
  void whatIsMuchTooSlowEndsWithTheFirstPairAndSaysTheBudget() {
    nowNanos[0] = Duration.ofSeconds(60).toNanos();
    List<Sample> slow = List.of(sample("a", 1.234, Duration.ofSeconds(30)));
    suite.pairDone(0, slow, slow);
    assertEquals(1, suite.fewestPairs());
    String sentence =
        new PairedEvidence(only(), suite.turnTime(), MOST_PAIRS, BUDGET)
            .sentence(Objects.requireNonNull(only().decision()));
    assertTrue(
        sentence.contains(
            "9 pairs are the fewest that decide anything, --budget 620 would decide it"),
        sentence);
  }

  @Test
  void theSentenceTellsIntervalSmallestEffectSpreadAndWayOn() {
    SplittableRandom random = new SplittableRandom(5);
    for (int pair = 0; pair < 20; pair++) {
      nowNanos[0] = Duration.ofSeconds(pair + 1).toNanos();
      double noise = 0.8 + 0.4 * random.nextDouble();
      suite.pairDone(pair, List.of(sample("a", 1.0001)), List.of(sample("a", 1.1 * noise)));
    }
    String sentence =
        new PairedEvidence(only(), suite.turnTime(), MOST_PAIRS, BUDGET)
            .sentence(Objects.requireNonNull(only().decision()));
    assertTrue(
        sentence.matches(
            "\\+[0-9.]+ % over 20 pairs by time, between [-+][0-9.]+ and \\+[0-9.]+ % at 99 %;"
                + " that lies on both sides of the smallest effect of 5 %, --budget [0-9]+ would"
                + " decide it; from pair to pair the ratio of time by [0-9.]+ %"),
        sentence);
  }

  private static List<Sample> timed(double cpuSeconds, double wallSeconds, double waitSeconds) {
    Series series =
        new Series(
            new Benchmark("p", null, "time", "s", Direction.LOWER_IS_BETTER),
            Collections.emptySortedMap(),
            Device.CPU);
    BoundaryReadings readings =
        BoundaryReadings.builder()
            .put(Indicator.USER_CPU, (long) (cpuSeconds * 1e9))
            .put(Indicator.SYSTEM_CPU, 0)
            .put(Indicator.RUN_QUEUE_WAIT, (long) (waitSeconds * 1e9))
            .build();
    return List.of(
        new Sample(series, 0, wallSeconds, Instant.EPOCH, (long) (wallSeconds * 1e9), readings));
  }

  private PairedBenchmark program() {
    return benchmark(BenchmarkDefinition.named("p").command("true"), BUDGET);
  }

  @Test
  void programsThatComputeRunSideBySideAfterAFewTurnsThatAreLeftOut() {
    PairedBenchmark program = program();
    for (int pair = 0; pair < 4; pair++) {
      assertFalse(program.placement(pair).isTogether());
      program.pairDone(pair, timed(0.4, 0.41, 0), timed(0.9, 0.91, 0));
    }
    int pair = 4;
    while (!program.pairDone(pair, timed(0.4, 0.81, 0.4), timed(0.401, 0.82, 0.4))) {
      assertTrue(program.placement(++pair).isTogether());
    }
    program.finish();
    PairedSeries series = program.series().getFirst();
    assertEquals(VerdictKind.PASS, kind(series), "the pairs in turns are left out");
    assertEquals("CPU time, side by side", series.yardstickWords());
    assertEquals(pair + 1 - 4, series.pairs());
  }

  @Test
  void whoFailsBesideTheOtherPartsAtFirstAndIsAFlakeLater() {
    FailedRun failure =
        new FailedRun(
            0,
            Side.HEAD,
            new BenchmarkOutcome(
                BenchmarkOutcome.End.FAILED, 0, "it exited with 8", null, "", List.of()));
    for (int measured : new int[] {6, 24}) {
      PairedBenchmark program = program();
      for (int pair = 0; pair < measured; pair++) {
        boolean isTogether = pair >= 4;
        program.pairDone(
            pair,
            timed(0.4, isTogether ? 0.81 : 0.41, isTogether ? 0.4 : 0),
            timed(0.42, isTogether ? 0.83 : 0.43, isTogether ? 0.4 : 0));
      }
      assertEquals(measured == 6, program.togetherFailed(failure));
      assertEquals(measured == 24, program.placement(measured).isTogether());
      assertEquals(
          measured == 6 ? 0 : 20, program.series().stream().mapToInt(PairedSeries::pairs).sum());
    }
  }

  @Test
  void aVersionThatWaitsMoreIsNotHiddenByRunningSideBySide() {
    PairedBenchmark program = program();
    int pair = 0;
    while (!program.pairDone(
        pair, timed(0.4, pair < 4 ? 0.41 : 0.81, 0), timed(0.4, pair < 4 ? 0.51 : 0.95, 0))) {
      boolean isTogether = program.placement(pair).isTogether();
      assertEquals(pair >= 3 && pair < 19, isTogether, "pair " + pair);
      pair++;
    }
    program.finish();
    PairedSeries series = program.series().getFirst();
    assertEquals(VerdictKind.REGRESSED, kind(series));
    assertFalse(series.yardstickWords().startsWith("CPU"), series.yardstickWords());
  }
}
