package dev.nightjar.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.nightjar.gate.decision.Consequence;
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
import dev.nightjar.model.finding.Finding;
import dev.nightjar.model.finding.FindingKind;
import dev.nightjar.model.finding.FindingState;
import dev.nightjar.model.telemetry.BoundaryReadings;
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
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What gets worse bit by bit is told once, stays, and ends by measurement. */
class DriftLifeTest {
  private static final long SEED = 36;
  private static final int NIGHTS = 45;
  private static final double A_NIGHT = 0.002;
  private static final Pattern TOLD =
      Pattern.compile(
          "drifts: \\+\\d+\\.\\d % \\(.*, 95 %\\) over \\d+ runs since .*, \\+1\\.\\d % a week,"
              + " steepest about \\w{10}$");
  private static final Instant FIRST = Instant.parse("2026-10-01T02:00:00Z");

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final List<ArchivedRun> kept = new ArrayList<>();
  private Direction direction = Direction.LOWER_IS_BETTER;
  private Consequence onDrift = Consequence.PASS;

  private ArchivedRun measured(double level) {
    int night = kept.size();
    PastRun run =
        new PastRun(
            new UUID(0, night + 1),
            "nightly",
            "%040x".formatted(night + 1),
            "main",
            FIRST.plus(Duration.ofDays(night)));
    Series series =
        new Series(
            new Benchmark("parse", null, "time", "s", direction), new TreeMap<>(), Device.CPU);
    double all = level * (1 + 0.004 * random.nextGaussian());
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      double value = all * (1 + 0.004 * random.nextGaussian());
      samples.add(new Sample(series, i, value, run.startedAt(), 0, BoundaryReadings.ABSENT));
    }
    return new ArchivedRun(run, "key", "box", samples, List.of(), List.of());
  }

  private Judgement night(double level) {
    ArchivedRun present = measured(level);
    PresentRun judged = PresentRun.of(present.run(), present.samples(), List.of());
    List<PastRun> runs = kept.stream().map(ArchivedRun::run).toList();
    GatePolicy policy =
        new GatePolicy(
            0.99,
            0.05,
            0.05,
            Consequence.PASS,
            Consequence.FAIL,
            Consequence.FAIL,
            null,
            onDrift,
            List.of());
    Judgement judgement =
        new RunJudge(
                new FolderHistory(kept, judged, "key"),
                new Baseline(runs, "the branch's history", List.of(), Set.of(), true),
                new Inventory(List.of(), List.of(), List.of(), "nightly"),
                MachineWindows.NONE)
            .judge(judged, policy);
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

  private Judgement drift(double aNight) {
    Judgement last = night(1);
    for (int i = 1; i < NIGHTS; i++) {
      last = night(1 + aNight * i);
    }
    return last;
  }

  private static Verdict verdict(Judgement judgement) {
    return judgement.verdicts().getFirst();
  }

  private static Finding onlyOpen(Judgement judgement) {
    assertEquals(1, judgement.findings().open().size(), judgement.toString());
    return judgement.findings().open().getFirst();
  }

  @Test
  void isAFindingOfItsOwnKindAndNotRed() {
    Judgement last = drift(A_NIGHT);
    Finding finding = onlyOpen(last);
    assertEquals(FindingKind.DRIFT, finding.kind());
    assertNotEquals(VerdictKind.REGRESSED, verdict(last).kind(), verdict(last).toString());
    assertTrue(
        verdict(last).evidence().contains("drifted since 2026-10-"), verdict(last).evidence());
    assertTrue(last.notes().stream().anyMatch(note -> note.startsWith("parse/time")), "no note");
    assertTrue(finding.cause().contains("steepest about"), finding.cause());
    assertTrue(finding.effect() != null && finding.effect() > 0.05, finding.toString());
  }

  @Test
  void isFoundOnceAndThenStays() {
    drift(A_NIGHT);
    Finding first = onlyOpen(night(1 + A_NIGHT * NIGHTS));
    for (int i = 0; i < 30; i++) {
      assertEquals(first, onlyOpen(night(1 + A_NIGHT * NIGHTS)));
    }
  }

  @Test
  void tellsTheRateAndTheIntervalOnTheNightItIsFound() {
    night(1);
    for (int i = 1; i < NIGHTS; i++) {
      Judgement judgement = night(1 + A_NIGHT * i);
      if (!judgement.findings().open().isEmpty()) {
        String told = verdict(judgement).evidence();
        assertTrue(TOLD.matcher(told).find(), told);
        return;
      }
    }
    fail("never found, seed " + SEED);
  }

  @Test
  void endsWhenItIsMadeGood() {
    Finding finding = onlyOpen(drift(A_NIGHT));
    for (int i = 0; i < 6; i++) {
      Judgement judgement = night(1);
      if (!judgement.findings().ended().isEmpty()) {
        assertEquals(finding.id(), judgement.findings().ended().getFirst().findingId());
        assertEquals(FindingState.MENDED, judgement.findings().ended().getFirst().state());
        assertTrue(judgement.findings().open().isEmpty(), judgement.toString());
        return;
      }
    }
    fail("never ended, seed " + SEED);
  }

  @Test
  void countsAsARegressionWhereThePolicySaysSo() {
    onDrift = Consequence.FAIL;
    Judgement last = drift(A_NIGHT);
    assertEquals(VerdictKind.REGRESSED, verdict(last).kind());
    assertNotEquals(null, verdict(last).suspectedCause());
    assertEquals(FindingKind.DRIFT, onlyOpen(last).kind());
  }

  @Test
  void whatGetsBetterBitByBitIsNone() {
    assertTrue(drift(-A_NIGHT).findings().open().isEmpty(), "lower is better");
    kept.clear();
    direction = Direction.HIGHER_IS_BETTER;
    assertEquals(FindingKind.DRIFT, onlyOpen(drift(-A_NIGHT)).kind());
  }

  @Test
  void aStepIsTheRegressionAndNoDriftBeside() {
    for (int i = 0; i < 20; i++) {
      night(1);
    }
    for (int i = 0; i < 20; i++) {
      Judgement judgement = night(1.15);
      assertEquals(FindingKind.REGRESSION, onlyOpen(judgement).kind());
    }
  }
}
