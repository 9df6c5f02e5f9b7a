package dev.nightjar.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.gate.decision.GatePolicy;
import dev.nightjar.gate.exchange.ArchivedRun;
import dev.nightjar.gate.exchange.FolderHistory;
import dev.nightjar.gate.exchange.RunFile;
import dev.nightjar.gate.exchange.SeriesPool;
import dev.nightjar.gate.history.Baseline;
import dev.nightjar.gate.history.Inventory;
import dev.nightjar.gate.history.PastRun;
import dev.nightjar.gate.history.PresentRun;
import dev.nightjar.gate.history.RunHistory;
import dev.nightjar.gate.noise.MachineWindows;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.model.telemetry.TelemetryMetric;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What disturbed a run's samples counts less, stays in, and is said. */
class RunJudgeTest {
  private static final long SEED = 19;
  private static final Instant FIRST = Instant.parse("2026-10-01T02:00:00Z");
  private static final Series SERIES =
      new Series(
          new Benchmark("parse", null, "time", "s", Direction.LOWER_IS_BETTER),
          new TreeMap<>(),
          Device.CPU);
  private static final long WALL_NANOS = 1_000_000_000;

  private final SplittableRandom random = new SplittableRandom(SEED);

  private Sample sample(int night, int ordinal, double seconds, long waitedNanos, boolean isRead) {
    BoundaryReadings readings =
        new BoundaryReadings(
            WALL_NANOS - waitedNanos,
            0L,
            null,
            null,
            null,
            null,
            null,
            waitedNanos,
            isRead ? waitedNanos : null,
            isRead ? 0L : null,
            isRead ? 0L : null,
            isRead ? 0L : null,
            isRead ? 0L : null);
    Instant startedAt = FIRST.plus(Duration.ofDays(night)).plusSeconds(10L * ordinal);
    return new Sample(SERIES, ordinal, seconds, startedAt, WALL_NANOS, readings);
  }

  private List<Sample> quiet(int night) {
    List<Sample> samples = new ArrayList<>();
    double level = 1 + 0.001 * random.nextGaussian();
    for (int i = 0; i < 10; i++) {
      samples.add(
          sample(
              night, i, level + 0.001 * random.nextGaussian(), random.nextLong(2_000_000), true));
    }
    return samples;
  }

  private static PastRun run(int night) {
    return new PastRun(
        new UUID(0, night),
        "nightly",
        String.format("%040x", night + 1),
        "main",
        FIRST.plus(Duration.ofDays(night)));
  }

  private Judgement judge(List<Sample> present, MachineWindows windows) {
    return judge(present, windows, this::quiet);
  }

  private Judgement judge(
      List<Sample> present, MachineWindows windows, IntFunction<List<Sample>> before) {
    List<ArchivedRun> past = new ArrayList<>();
    List<PastRun> runs = new ArrayList<>();
    for (int night = 0; night < 12; night++) {
      runs.add(run(night));
      past.add(
          new ArchivedRun(run(night), "key", "box", before.apply(night), List.of(), List.of()));
    }
    PresentRun judged = PresentRun.of(run(12), present, List.of());
    RunHistory history = new FolderHistory(past, judged, "key");
    Baseline baseline = new Baseline(runs, "the branch's history", List.of(), Set.of());
    Inventory inventory = new Inventory(List.of(), List.of(), List.of(), "nightly");
    return new RunJudge(history, baseline, inventory, windows).judge(judged, GatePolicy.DEFAULT);
  }

  @Test
  void disturbedRepetitionsDoNotMakeARunRedAndAreNamed() {
    List<Sample> present = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      boolean isDisturbed = i % 5 < 3;
      present.add(
          sample(12, i, isDisturbed ? 1.3 : 1.0, isDisturbed ? 250_000_000 : 1_000_000, true));
    }
    Judgement judgement = judge(present, MachineWindows.NONE);
    Verdict verdict = judgement.verdicts().getFirst();
    assertTrue(verdict.kind() != VerdictKind.REGRESSED, verdict.toString());
    assertEquals(6, judgement.disturbed().size());
    assertTrue(
        judgement.disturbed().stream().allMatch(mark -> mark.weight() < 0.1),
        judgement.disturbed().toString());
    assertTrue(
        verdict
            .evidence()
            .contains(
                "6 of 10 repetitions were disturbed and count less, mostly as other programs took"
                    + " the CPU"),
        verdict.evidence());
    assertTrue(verdict.evidence().contains("median of 10"), "none was dropped");
  }

  @Test
  void theSameSlownessWithoutADisturbanceIsARegression() {
    List<Sample> present = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      present.add(sample(12, i, i % 5 < 3 ? 1.3 : 1.0, 1_000_000, true));
    }
    Judgement judgement = judge(present, MachineWindows.NONE);
    assertEquals(VerdictKind.REGRESSED, judgement.verdicts().getFirst().kind());
    assertEquals(List.of(), judgement.disturbed());
  }

  @Test
  void telemetryTellsWhatTheBoundariesDidNot() {
    List<Sample> present = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      present.add(sample(12, i, 1, 1_000_000, false));
    }
    long start = present.get(4).startedAt().toEpochMilli();
    // Stolen time grows by 0.6 s within the window of the fifth repetition alone.
    TelemetryBatch steal =
        new TelemetryBatch(
            new TelemetryMetric("system.cpu.time", "cpu.mode=steal", "s"),
            new long[] {start - 100, start + 400, start + 1100},
            new double[] {7.0, 7.3, 7.6});
    Judgement judgement = judge(present, new MachineWindows(List.of(steal)));
    assertEquals(1, judgement.disturbed().size(), judgement.disturbed().toString());
    assertEquals(4, judgement.disturbed().getFirst().ordinal());
    assertEquals(
        "the hypervisor gave the CPU to others (60 % of the time)",
        judgement.disturbed().getFirst().causes());
  }

  @Test
  void aSlowClockIsSeenInTheTelemetryAlone() {
    List<Sample> present = quiet(12);
    long[] times = new long[10];
    double[] hertz = new double[10];
    for (int i = 0; i < 10; i++) {
      times[i] = present.get(i).startedAt().toEpochMilli() + 500;
      hertz[i] = i == 7 ? 2.0e9 : 3.0e9;
    }
    TelemetryBatch clock =
        new TelemetryBatch(
            new TelemetryMetric("system.cpu.frequency", "cpu.logical_number=0", "Hz"),
            times,
            hertz);
    Judgement judgement = judge(present, new MachineWindows(List.of(clock)));
    assertEquals(1, judgement.disturbed().size(), judgement.disturbed().toString());
    assertEquals(7, judgement.disturbed().getFirst().ordinal());
    assertTrue(judgement.disturbed().getFirst().causes().contains("clock was slower"));
  }

  @Test
  void aRunThatWasThrottledThroughoutIsNotItsOwnNorm() {
    List<Sample> present = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      present.add(sample(12, i, 1.3, 1_000_000, false));
    }
    long first = present.getFirst().startedAt().toEpochMilli();
    long[] times = new long[200];
    double[] throttled = new double[200];
    for (int i = 0; i < times.length; i++) {
      times[i] = first - 1000 + 500L * i;
      throttled[i] = 0.15 * i; // 30 % of all the time
    }
    TelemetryBatch batch =
        new TelemetryBatch(
            new TelemetryMetric("nightjar.cgroup.cpu.throttled_time", "", "s"), times, throttled);
    Judgement judgement =
        judge(present, new MachineWindows(List.of(batch)), RunJudgeTest::withoutReadings);
    assertEquals(10, judgement.disturbed().size(), judgement.disturbed().toString());
    Verdict verdict = judgement.verdicts().getFirst();
    assertTrue(
        verdict.evidence().contains("10 of 10 repetitions were disturbed")
            && verdict.evidence().contains("CPU quota was used up"),
        verdict.evidence());
    assertEquals(
        "the machine: most repetitions of this run were disturbed", verdict.suspectedCause());
  }

  private static List<Sample> withoutReadings(int night) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      samples.add(
          new Sample(
              SERIES,
              i,
              1 + 0.001 * ((night + i) % 7),
              FIRST.plus(Duration.ofDays(night)),
              WALL_NANOS,
              BoundaryReadings.ABSENT));
    }
    return samples;
  }

  @Test
  void aClockThatWasSlowThroughoutIsKnownFromEarlierRuns() {
    List<Sample> present = quiet(12);
    MachineWindows windows =
        new MachineWindows(
            List.of(clock(present, 2.0e9)), run -> new MachineWindows(List.of(clockOf(run))));
    Judgement judgement = judge(present, windows);
    assertEquals(10, judgement.disturbed().size(), judgement.disturbed().toString());
    assertTrue(judgement.disturbed().getFirst().causes().contains("clock was slower"));
  }

  private static TelemetryBatch clockOf(PastRun run) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      samples.add(
          new Sample(
              SERIES,
              i,
              1,
              run.startedAt().plusSeconds(10L * i),
              WALL_NANOS,
              BoundaryReadings.ABSENT));
    }
    return clock(samples, 3.0e9);
  }

  private static TelemetryBatch clock(List<Sample> samples, double hertz) {
    long[] times = new long[samples.size()];
    double[] values = new double[samples.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = samples.get(i).startedAt().toEpochMilli() + 500;
      values[i] = hertz;
    }
    return new TelemetryBatch(
        new TelemetryMetric("system.cpu.frequency", "cpu.logical_number=0", "Hz"), times, values);
  }

  @Test
  void aRunSurvivesItsFile() throws Exception {
    List<Sample> present = quiet(12);
    Judgement judgement = judge(present, MachineWindows.NONE);
    ArchivedRun archived =
        new ArchivedRun(run(12), "key", "box", present, judgement.disturbed(), List.of());
    StringWriter text = new StringWriter();
    RunFile.write(archived, text);
    ArchivedRun read =
        RunFile.read(
            new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)),
            new SeriesPool());
    assertEquals(archived.run(), read.run());
    assertEquals(archived.series(), read.series());
    assertEquals(
        present.stream().map(Sample::value).toList(),
        read.samples().stream().map(Sample::value).toList());
  }
}
