package dev.nightjar.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import dev.nightjar.gate.noise.MachineWindows;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.finding.ComparedBy;
import dev.nightjar.model.finding.Finding;
import dev.nightjar.model.finding.FindingEnd;
import dev.nightjar.model.finding.FindingState;
import dev.nightjar.model.finding.RunFindings;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A regression stays one until a measurement or a person ends it. */
class FindingLifeTest {
  private static final long SEED = 32;
  private static final int GOOD = 10;

  /** Runs that vary by 1.5 %, and the same after a step of 8 %. */
  private static final double[] NOISY = {
    0.993, 1.021, 0.985, 1.004, 1.012, 0.979, 1.001, 1.017, 0.991, 1.008, 0.986, 1.003
  };

  private static final double[] SLOW = {
    1.0850, 1.0793, 1.0774, 1.0629, 1.0943, 1.0745, 1.0877, 1.0757, 1.0955, 1.0795
  };

  private static final Instant FIRST = Instant.parse("2026-10-01T02:00:00Z");

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final List<ArchivedRun> kept = new ArrayList<>();
  private Series series = series("s", Direction.LOWER_IS_BETTER);

  private static Series series(String unit, Direction direction) {
    return new Series(
        new Benchmark("parse", null, "time", unit, direction), new TreeMap<>(), Device.CPU);
  }

  private static String commit(int number) {
    return "%040x".formatted(number + 1);
  }

  private PastRun run(int night, int commit, String branch) {
    return new PastRun(
        new UUID(0, night + 1),
        "nightly",
        commit(commit),
        branch,
        FIRST.plus(Duration.ofDays(night)));
  }

  private ArchivedRun measured(PastRun run, double level) {
    List<Sample> samples = new ArrayList<>();
    double all = level * (1 + 0.003 * random.nextGaussian());
    for (int i = 0; i < 10; i++) {
      double value = all * (1 + 0.003 * random.nextGaussian());
      samples.add(new Sample(series, i, value, run.startedAt(), 0, BoundaryReadings.ABSENT));
    }
    return new ArchivedRun(run, "key", "box", samples, List.of(), List.of());
  }

  private static Judgement judge(
      ArchivedRun present, List<ArchivedRun> earlier, boolean isOwnHistory) {
    PresentRun judged = PresentRun.of(present.run(), present.samples(), List.of());
    List<PastRun> runs =
        earlier.stream()
            .map(ArchivedRun::run)
            .filter(run -> !run.id().equals(present.run().id()))
            .toList();
    return new RunJudge(
            new FolderHistory(earlier, judged, "key"),
            new Baseline(runs, "the branch's history", List.of(), Set.of(), isOwnHistory),
            new Inventory(List.of(), List.of(), List.of(), "nightly"),
            MachineWindows.NONE)
        .judge(judged, GatePolicy.DEFAULT);
  }

  /** Judges the next night of the main branch, and keeps it as its file does. */
  private Judgement night(double level) {
    return night(kept.size(), level);
  }

  private Judgement night(int commit, double level) {
    ArchivedRun present = measured(run(kept.size(), commit, "main"), level);
    Judgement judgement = judge(present, kept, true);
    kept.add(throughAFile(present.with(judgement.findings())));
    return judgement;
  }

  private static ArchivedRun throughAFile(ArchivedRun run) {
    try {
      StringWriter text = new StringWriter();
      RunFile.write(run, text);
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      return RunFile.read(new ByteArrayInputStream(bytes), new SeriesPool());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void good() {
    for (int i = 0; i < GOOD; i++) {
      night(1);
    }
  }

  private static void assertSays(VerdictKind kind, String part, Judgement judgement) {
    Verdict verdict = judgement.verdicts().getFirst();
    assertEquals(kind, verdict.kind(), verdict.toString());
    assertTrue(
        (verdict.evidence() + "; " + verdict.suspectedCause()).contains(part), verdict.toString());
  }

  private static Finding onlyOpen(Judgement judgement) {
    assertEquals(1, judgement.findings().open().size(), judgement.toString());
    return judgement.findings().open().getFirst();
  }

  private static List<FindingState> ended(Judgement judgement) {
    return judgement.findings().ended().stream().map(FindingEnd::state).toList();
  }

  @Test
  void whatIsLeftAloneStaysRegressedForTheSameCommitsUntilItIsMended() {
    good();
    Judgement first = night(1.15);
    assertSays(VerdictKind.REGRESSED, "commits 00000000000", first);
    Finding finding = onlyOpen(first);
    String cause = String.valueOf(first.verdicts().getFirst().suspectedCause());
    for (int i = 1; i <= 30; i++) {
      Judgement later = night(1.15);
      assertSays(
          VerdictKind.STILL_REGRESSED,
          "%d run%s ago; %s".formatted(i, i == 1 ? "" : "s", cause),
          later);
      assertEquals(finding, onlyOpen(later));
      Double effect = later.verdicts().getFirst().effect();
      assertTrue(effect != null && effect > 0.13 && effect < 0.17, String.valueOf(effect));
    }
    Judgement mended = night(1);
    assertSays(VerdictKind.PASS, "mended: as before", mended);
    assertEquals(List.of(FindingState.MENDED), ended(mended));
    assertEquals(List.of(), mended.findings().open());
    Judgement after = night(1);
    assertSays(VerdictKind.PASS, "over 11 runs", after);
    assertEquals(RunFindings.NONE, after.findings());
    assertSays(VerdictKind.REGRESSED, "", night(1.15));
  }

  @Test
  void theSameCommitMeasuredAgainIsRedAgain() {
    good();
    assertSays(VerdictKind.REGRESSED, "", night(GOOD, 1.15));
    assertSays(VerdictKind.STILL_REGRESSED, "1 run ago", night(GOOD, 1.15));
    assertSays(VerdictKind.STILL_REGRESSED, "2 runs ago", night(GOOD, 1.15));
  }

  @Test
  void aRunThatIsJudgedAgainSaysTheSame() {
    good();
    night(1.15);
    for (ArchivedRun run : List.copyOf(kept.subList(GOOD, kept.size()))) {
      Judgement again = judge(run, kept, true);
      assertEquals(run.findings(), again.findings());
      assertSays(VerdictKind.REGRESSED, "", again);
    }
    night(1);
    Judgement end = judge(kept.getLast(), kept, true);
    assertEquals(kept.getLast().findings(), end.findings());
  }

  @Test
  void whatTheNextRunDoesNotShowWasNone() {
    good();
    assertSays(VerdictKind.REGRESSED, "", night(1.15));
    Judgement next = night(1);
    assertSays(VerdictKind.PASS, "unconfirmed: as before", next);
    assertEquals(List.of(FindingState.UNCONFIRMED), ended(next));
    assertSays(VerdictKind.PASS, "over 12 runs", night(1)); // it tells of the noise, and stays in
  }

  @Test
  void whatGetsWorseOnceMoreIsAFindingOfItsOwn() {
    good();
    Finding first = onlyOpen(night(1.15));
    for (int i = 0; i < 4; i++) {
      night(1.15);
    }
    Judgement worse = night(1.4);
    assertSays(VerdictKind.REGRESSED, "it was slow already, since 2026-10-11", worse);
    assertSays(VerdictKind.REGRESSED, "commits 00000000000", worse);
    assertEquals(2, worse.findings().open().size());
    assertEquals(run(14, 14, "main").id(), worse.findings().open().getLast().lastGood().runId());
    assertSays(VerdictKind.STILL_REGRESSED, first.cause(), night(1.4));
    Judgement half = night(1.15);
    assertSays(VerdictKind.STILL_REGRESSED, first.cause(), half);
    assertEquals(List.of(FindingState.MENDED), ended(half));
    assertEquals(first, onlyOpen(half));
    assertSays(VerdictKind.STILL_REGRESSED, first.cause(), night(1.15));
    assertSays(VerdictKind.PASS, "mended", night(1));
  }

  @Test
  void aBranchThatForkedBeforeKnowsNothingOfIt() {
    good();
    night(1.15);
    List<ArchivedRun> before = List.copyOf(kept.subList(0, GOOD));
    ArchivedRun present = measured(run(30, 30, "feature"), 1);
    assertSays(VerdictKind.PASS, "over 10 runs", judge(present, before, true));
  }

  @Test
  void onABranchThatHoldsTheSlowCommitItIsInherited() {
    good();
    night(1.15);
    for (boolean isOwnHistory : new boolean[] {true, false}) {
      ArchivedRun present = measured(run(30, 30, "feature"), 1.15);
      Judgement judgement = judge(present, kept, isOwnHistory);
      assertSays(VerdictKind.STILL_REGRESSED, "1 run ago", judgement);
      assertEquals(Set.of(series), judgement.inherited());
      ArchivedRun worse = measured(run(30, 30, "feature"), 1.4);
      night(1.15);
      night(1.15);
      Judgement ofItsOwn = judge(worse, kept, isOwnHistory);
      assertSays(VerdictKind.REGRESSED, "it was slow already", ofItsOwn);
      assertEquals(isOwnHistory ? 2 : 1, ofItsOwn.findings().open().size());
      kept.subList(GOOD + 1, kept.size()).clear();
    }
  }

  @Test
  void aPullRequestEndsNothing() {
    good();
    night(1.15);
    Judgement judgement = judge(measured(run(30, 30, "feature"), 1), kept, false);
    assertSays(VerdictKind.PASS, "as before", judgement);
    assertEquals(List.of(), judgement.findings().ended());
  }

  @Test
  void itOutlivesTheRunThatFoundItAndTheGoodOnes() {
    good();
    Finding finding = onlyOpen(night(1.15));
    night(1.15);
    kept.subList(0, GOOD + 1).clear();
    ArchivedRun present = measured(run(30, 30, "main"), 1.15);
    Judgement judgement = judge(present, kept, true);
    assertSays(VerdictKind.STILL_REGRESSED, finding.cause(), judgement);
    assertEquals(finding, onlyOpen(judgement));
    assertSays(VerdictKind.PASS, "as before", judge(measured(run(30, 30, "main"), 1), kept, true));
  }

  @Test
  void whatIsNotMeasuredStaysOpen() {
    good();
    Finding finding = onlyOpen(night(1.15));
    Series own = series;
    series = series("By", Direction.LOWER_IS_BETTER);
    assertEquals(finding, onlyOpen(night(1)));
    series = own;
    assertSays(VerdictKind.STILL_REGRESSED, finding.cause(), night(1.15));
  }

  @Test
  void aThroughputThatFellIsKeptToo() {
    series = series("1/s", Direction.HIGHER_IS_BETTER);
    good();
    assertSays(VerdictKind.REGRESSED, "", night(0.85));
    assertSays(VerdictKind.STILL_REGRESSED, "1 run ago", night(0.85));
    assertSays(VerdictKind.PASS, "mended", night(1));
    assertSays(VerdictKind.REGRESSED, "", night(0.85));
  }

  @Test
  void whatIsBetterThanBeforeItIsMendedAndImproved() {
    good();
    night(1.15);
    night(1.15);
    Judgement mended = night(0.8);
    assertSays(VerdictKind.IMPROVED, "mended", mended);
    assertEquals(List.of(FindingState.MENDED), ended(mended));
  }

  @Test
  void aFileWithWhatALaterVersionFoundIsRead() throws Exception {
    good();
    night(1.15);
    StringWriter text = new StringWriter();
    RunFile.write(kept.getLast(), text);
    String later =
        text.toString()
            .replace("\"kind\":\"regression\"", "\"kind\":\"oscillation\"")
            .replace(
                "\"open_findings\"",
                "\"ended_findings\":[{\"state\":\"postponed\"}],\"open_findings\"");
    byte[] bytes = later.getBytes(StandardCharsets.UTF_8);
    ArchivedRun read = RunFile.read(new ByteArrayInputStream(bytes), new SeriesPool());
    assertEquals(RunFindings.NONE, read.findings());
    assertEquals(10, read.samples().size());
  }

  /** A machine in a fast state, in a history that is too noisy to call it an improvement. */
  @Test
  void aMendedOneEndsThatNightWhereNoiseReachesAsFarAsItDid() {
    for (int i = 0; i < GOOD; i++) {
      night(i % 2 == 0 ? 0.985 : 1.015);
    }
    assertSays(VerdictKind.REGRESSED, "", night(1.14));
    assertSays(VerdictKind.STILL_REGRESSED, "", night(1.14));
    assertSays(VerdictKind.STILL_REGRESSED, "", night(1.08));
    Judgement mended = night(1.025);
    assertEquals(FindingState.MENDED, mended.findings().ended().getFirst().state());
  }

  /** Each looks undecided by itself, and the runs since it came would hide the next one. */
  @Test
  void aStepThatNoNightShowsBecomesNoBaselineUnsaid() {
    for (double level : NOISY) {
      night(level);
    }
    List<VerdictKind> kinds = new ArrayList<>();
    for (double level : SLOW) {
      kinds.add(night(level).verdicts().getFirst().kind());
    }
    assertFalse(kinds.contains(VerdictKind.PASS), kinds.toString());
    assertTrue(kinds.contains(VerdictKind.REGRESSED), kinds.toString());
    assertEquals(VerdictKind.STILL_REGRESSED, kinds.getLast());
  }

  @Test
  void whatIsMuchWorseOnTopOfAKnownOneIsRedOnTheBranchThatDoesIt() {
    good();
    night(1.15);
    ArchivedRun first = measured(run(kept.size(), GOOD + 1, "feature"), 3);
    Judgement judgement = judge(first, kept, true);
    assertSays(VerdictKind.REGRESSED, "worse than all that is known of it", judgement);
    assertEquals(
        "commits %s..%s"
            .formatted(commit(GOOD).substring(0, 12), commit(GOOD + 1).substring(0, 12)),
        judgement.verdicts().getFirst().suspectedCause());
    kept.add(throughAFile(first.with(judgement.findings())));
    ArchivedRun second = measured(run(kept.size(), GOOD + 2, "feature"), 3);
    assertSays(VerdictKind.STILL_REGRESSED, "", judge(second, kept, true));
  }

  @Test
  void oneRunThatIsFasterThanEverEndsNothing() {
    good();
    for (double level : new double[] {1.02, 0.98, 1.02, 0.98, 1.02, 0.98}) {
      night(level);
    }
    night(1.3);
    night(1.3);
    assertSays(VerdictKind.STILL_REGRESSED, "2 runs ago", night(0.92));
    assertSays(VerdictKind.STILL_REGRESSED, "3 runs ago", night(1.3));
    assertSays(VerdictKind.PASS, "mended", night(1));
  }

  @Test
  void aCountThatIsZeroNoMoreStaysSo() {
    series = series("{allocation}", Direction.LOWER_IS_BETTER);
    for (int i = 0; i < 5; i++) {
      night(0);
    }
    ArchivedRun slow = counted(run(5, 5, "main"), 3);
    Judgement first = judge(slow, kept, true);
    assertSays(VerdictKind.REGRESSED, "0 -> 3", first);
    kept.add(throughAFile(slow.with(first.findings())));
    Judgement next = judge(counted(run(6, 6, "main"), 3), kept, true);
    assertSays(VerdictKind.STILL_REGRESSED, "1 run ago", next);
    assertSays(VerdictKind.PASS, "as before", judge(counted(run(6, 6, "main"), 0), kept, true));
  }

  private ArchivedRun counted(PastRun run, double value) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      samples.add(new Sample(series, i, value, run.startedAt(), 0, BoundaryReadings.ABSENT));
    }
    return new ArchivedRun(run, "key", "box", samples, List.of(), List.of());
  }

  /** A run of a command that is timed beside others: it waits for a CPU for up to its own time. */
  private ArchivedRun loaded(PastRun run, double cpuSeconds) {
    List<Sample> samples = new ArrayList<>();
    double wait = cpuSeconds * random.nextDouble();
    double cpu = cpuSeconds * (1 + 0.003 * random.nextGaussian());
    for (int i = 0; i < 10; i++) {
      long cpuNanos = (long) (1e9 * cpu * (1 + 0.003 * random.nextGaussian()));
      long waitNanos = (long) (1e9 * wait * (1 + 0.1 * random.nextGaussian()));
      BoundaryReadings readings =
          BoundaryReadings.builder()
              .put(Indicator.USER_CPU, cpuNanos)
              .put(Indicator.SYSTEM_CPU, 0)
              .put(Indicator.RUN_QUEUE_WAIT, waitNanos)
              .build();
      long wall = cpuNanos + waitNanos;
      samples.add(new Sample(series, i, wall / 1e9, run.startedAt(), wall, readings));
    }
    return new ArchivedRun(run, "key", "box", samples, List.of(), List.of());
  }

  private Judgement loadedNight(double cpuSeconds) {
    ArchivedRun present = loaded(run(kept.size(), kept.size(), "main"), cpuSeconds);
    Judgement judgement = judge(present, kept, true);
    kept.add(throughAFile(present.with(judgement.findings())));
    return judgement;
  }

  @Test
  void onALoadedMachineACommandIsComparedByItsCpuTimeTheWholeLifeOfAFinding() {
    for (int i = 0; i < GOOD; i++) {
      loadedNight(0.4);
    }
    Judgement found = loadedNight(0.44);
    assertSays(VerdictKind.REGRESSED, "s of CPU time (median of 10)", found);
    assertEquals(ComparedBy.CPU_TIME, onlyOpen(found).comparedBy());
    for (int i = 0; i < 5; i++) {
      assertSays(VerdictKind.STILL_REGRESSED, "s of CPU time", loadedNight(0.44));
    }
    Judgement mended = loadedNight(0.4);
    assertSays(VerdictKind.PASS, "mended", mended);
    assertEquals(List.of(FindingState.MENDED), ended(mended));
  }

  private Judgement countedNight(double count) {
    PastRun run = run(kept.size(), kept.size(), "main");
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      samples.add(new Sample(series, i, count, run.startedAt(), 0, BoundaryReadings.ABSENT));
    }
    ArchivedRun present = new ArchivedRun(run, "key", "box", samples, List.of(), List.of());
    Judgement judgement = judge(present, kept, true);
    kept.add(throughAFile(present.with(judgement.findings())));
    return judgement;
  }

  @Test
  void aCountThatOneEarlierRunToldIsMendedByOneRunAsWell() {
    series =
        new Series(
            new Benchmark(
                "parse", null, "instructions", "{instruction}", Direction.LOWER_IS_BETTER),
            new TreeMap<>(Map.of(Series.COUNTER, "cachegrind")),
            Device.CPU);
    countedNight(1_000_000);
    assertSays(VerdictKind.REGRESSED, "1 run", countedNight(1_020_000));
    assertSays(VerdictKind.STILL_REGRESSED, "since", countedNight(1_020_000));
    assertEquals(List.of(FindingState.MENDED), ended(countedNight(1_000_000)));
  }
}
