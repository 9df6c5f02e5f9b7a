package dev.nightjar.jobs.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.gate.Judgement;
import dev.nightjar.gate.RunJudge;
import dev.nightjar.gate.decision.GatePolicy;
import dev.nightjar.gate.exchange.ArchivedRun;
import dev.nightjar.gate.exchange.FolderHistory;
import dev.nightjar.gate.exchange.RunExchange;
import dev.nightjar.gate.exchange.RunsFolder;
import dev.nightjar.gate.exchange.SeriesPool;
import dev.nightjar.gate.history.Baseline;
import dev.nightjar.gate.history.Inventory;
import dev.nightjar.gate.history.PastRun;
import dev.nightjar.gate.history.PresentRun;
import dev.nightjar.gate.history.RunHistory;
import dev.nightjar.gate.history.StoredHistory;
import dev.nightjar.gate.noise.MachineWindows;
import dev.nightjar.jobs.ledger.LedgerStores;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Host;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.UuidV7;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.finding.Finding;
import dev.nightjar.model.finding.FindingEnd;
import dev.nightjar.model.git.RepositoryFacts;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.store.Database;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Findings live alike whether a run's history comes from the database, from a folder of files, or
 * from another repository that took the files in.
 */
class FindingsOfBothSourcesIT {
  private static final long SEED = 32;
  private static final Instant FIRST = Instant.parse("2026-10-01T02:00:00Z");
  private static final Series SERIES =
      new Series(
          new Benchmark("parse", null, "time", "s", Direction.LOWER_IS_BETTER),
          Collections.emptySortedMap(),
          Device.CPU);

  @RegisterExtension static final LedgerStores ledger = new LedgerStores();

  @TempDir Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final String key = UUID.randomUUID().toString();
  private final List<String> kinds = new ArrayList<>();
  private long here;
  private long elsewhere;
  private long host;
  private int nights;

  @BeforeEach
  void begin() {
    here = repository("here");
    elsewhere = repository("elsewhere");
    host = database().runs().host(new Host(key, "box", new TreeMap<>()));
  }

  private static Database database() {
    return ledger.stores().database();
  }

  private long repository(String name) {
    RepositoryFacts facts =
        new RepositoryFacts("/" + key + "/" + name, name, "sha1", null, null, null, false);
    return database().runs().repository(facts, Optional.empty());
  }

  private static void noProblem(String problem) {
    throw new AssertionError(problem);
  }

  private Run measure(double level) {
    Instant begin = FIRST.plus(Duration.ofDays(nights++));
    UUID id = UuidV7.at(begin);
    String commit = "%040x".formatted(nights);
    Run run =
        new Run(id, "nightly", here, host, commit, "main", RunState.RUNNING, begin, null, "test");
    database().runs().begin(run, "{}");
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      double value = level * (1 + 0.003 * random.nextGaussian());
      samples.add(new Sample(SERIES, i, value, begin, 0, BoundaryReadings.ABSENT));
    }
    database().samples().put(id, here, host, samples);
    database().runs().finish(id, RunState.COMPLETED);
    return database().runs().find(id).orElseThrow();
  }

  /** A night as the pipeline has it, and the same from files and in the other repository. */
  private Judgement night(double level) {
    Run run = measure(level);
    Judgement judgement = stored(run);
    database().verdicts().put(run.id(), here, host, judgement.verdicts());
    database().findings().put(run.id(), here, host, judgement.findings());
    new RunExchange(database(), here, Optional.of(folder)).handOut(run);
    assertAlike(judgement, fromFiles(run.id()), true);
    new RunExchange(database(), elsewhere, Optional.of(folder))
        .takeIn("test", FindingsOfBothSourcesIT::noProblem);
    Run there = database().runs().latestMeasured(elsewhere, "import").orElseThrow();
    Judgement again = stored(there);
    database().findings().put(there.id(), elsewhere, host, again.findings());
    assertAlike(judgement, again, false);
    kinds.add(judgement.verdicts().getFirst().kind().word());
    return judgement;
  }

  /**
   * Compares.
   *
   * @param isSameRun whether the run has one identifier in both
   */
  private static void assertAlike(Judgement one, Judgement other, boolean isSameRun) {
    assertEquals(one.verdicts(), other.verdicts());
    if (isSameRun) {
      assertEquals(one.findings(), other.findings());
    }
    assertEquals(
        one.findings().open().stream().map(Finding::cause).toList(),
        other.findings().open().stream().map(Finding::cause).toList());
    assertEquals(
        one.findings().ended().stream().map(FindingEnd::state).toList(),
        other.findings().ended().stream().map(FindingEnd::state).toList());
  }

  private Judgement stored(Run run) {
    PresentRun present =
        PresentRun.of(PastRun.of(run), database().samples().of(run.id()), List.of());
    RunHistory history =
        new StoredHistory(
            database(),
            run.repositoryId(),
            run.hostId(),
            run.startedAt(),
            database().history().ids(run.repositoryId(), host, present.samples().keySet()),
            false);
    return judge(history, present);
  }

  private Judgement fromFiles(UUID runId) {
    List<ArchivedRun> all =
        new RunsFolder(folder).read(new SeriesPool(), FindingsOfBothSourcesIT::noProblem);
    ArchivedRun last =
        all.stream().filter(one -> one.run().id().equals(runId)).findFirst().orElseThrow();
    PresentRun present = PresentRun.of(last.run(), last.samples(), List.of());
    return judge(new FolderHistory(all, present, key), present);
  }

  private static Judgement judge(RunHistory history, PresentRun present) {
    List<PastRun> oldestFirst =
        history.runs().stream().sorted(Comparator.comparing(PastRun::startedAt)).toList();
    Baseline baseline = new Baseline(oldestFirst, "the branch's history", List.of(), Set.of());
    Inventory inventory = new Inventory(List.of(), List.of(), List.of(), "nightly");
    return new RunJudge(history, baseline, inventory, MachineWindows.NONE)
        .judge(present, GatePolicy.DEFAULT);
  }

  private void good() {
    for (int i = 0; i < 6; i++) {
      night(1);
    }
    kinds.clear();
  }

  @Test
  void openStayWorsenAndEnd() {
    good();
    for (double level : new double[] {1.15, 1.15, 1.15, 1.4, 1.4, 1.15, 1, 1}) {
      night(level);
    }
    assertEquals(
        List.of(
            "regressed",
            "still regressed",
            "still regressed",
            "regressed",
            "still regressed",
            "still regressed",
            "pass",
            "pass"),
        kinds);
    assertEquals(List.of("mended", "mended"), states());
  }

  private List<String> states() {
    return database()
        .queries()
        .run(
            "select state from findings where repository_id = %d order by since_started_at"
                .formatted(here),
            Duration.ofSeconds(10),
            100)
        .rows()
        .stream()
        .map(row -> String.valueOf(row.getFirst()))
        .toList();
  }

  @Test
  void theSameRunJudgedTwiceLeavesTheSameRows() {
    good();
    night(1.15);
    Run run = measure(1.15);
    for (int i = 0; i < 2; i++) {
      Judgement judgement = stored(run);
      database().findings().put(run.id(), here, host, judgement.findings());
      assertEquals(judgement.findings(), database().findings().ofRun(run.id()));
    }
    assertEquals(List.of("open"), states());
    Run opening = database().runs().find(newestOpening().foundBy()).orElseThrow();
    Judgement again = stored(opening);
    database().findings().put(opening.id(), here, host, again.findings());
    assertEquals(List.of("open"), states());
    assertEquals(newestOpening(), again.findings().open().getFirst());
  }

  private Finding newestOpening() {
    return database().findings().of(here, host).getLast().finding();
  }

  @Test
  void aPersonsWordMakesTheNewLevelTheGoodOne() {
    good();
    Finding finding = night(1.15).findings().open().getFirst();
    assertTrue(database().findings().accept(here, finding.id(), Instant.now(), "needed"));
    assertFalse(database().findings().accept(here, finding.id(), Instant.now(), "twice"));
    assertFalse(database().findings().accept(elsewhere, UuidV7.next(), Instant.now(), "none"));
    for (int i = 0; i < 4; i++) {
      Run run = measure(1.15);
      Judgement judgement = stored(run);
      Verdict verdict = judgement.verdicts().getFirst();
      assertEquals(List.of(), judgement.findings().open(), verdict.toString());
      database().findings().put(run.id(), here, host, judgement.findings());
      assertTrue(
          Objects.requireNonNull(verdict.baseline())
              .contains(i == 0 ? "the run of" : i + 1 + " runs"),
          verdict.toString());
    }
    assertEquals(List.of("accepted"), states());
  }

  @Test
  void itOutlivesTheRunThatFoundIt() {
    good();
    Finding finding = night(1.15).findings().open().getFirst();
    night(1.15);
    database()
        .inTransaction(
            "deleting a run",
            connection -> {
              try (PreparedStatement delete =
                  connection.prepareStatement("delete from run where run_id = ?")) {
                delete.setObject(1, finding.foundBy());
                return delete.executeUpdate();
              }
            });
    Run run = measure(1.15);
    assertEquals(List.of(finding), stored(run).findings().open());
    assertEquals(List.of("open"), states());
  }
}
