package dev.nightjar.jobs.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import dev.nightjar.model.Machine;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.UuidV7;
import dev.nightjar.model.git.RepositoryFacts;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.model.telemetry.TelemetryMetric;
import dev.nightjar.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Nights of one machine, judged where they were measured and where only their files have come. */
class ExchangedRunsIT {
  private static final long SEED = 7;
  private static final Instant FIRST = Instant.parse("2026-10-01T02:00:00Z");
  private static final long WALL_NANOS = 1_000_000_000;
  private static final int NIGHTS = 12;

  /** The first ones, most of all, and none of those whose telemetry is looked at. */
  private static final int WITH_A_SLOW_CLOCK = 6;

  private static final int SAMPLES = 10;
  private static final Series SERIES =
      new Series(
          new Benchmark("parse", null, "time", "s", Direction.LOWER_IS_BETTER),
          Collections.emptySortedMap(),
          Device.CPU);

  @RegisterExtension static final LedgerStores ledger = new LedgerStores();

  @TempDir Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final String key = UUID.randomUUID().toString();
  private final List<Run> runs = new ArrayList<>();
  private long here;
  private long elsewhere;
  private long host;

  @BeforeEach
  void measureEveryNight() {
    here = repository("here");
    elsewhere = repository("elsewhere");
    host = database().runs().host(new Host(key, "box", new TreeMap<>()));
    for (int night = 0; night < NIGHTS; night++) {
      measure(night);
    }
    RunExchange exchange = new RunExchange(database(), here, Optional.of(folder));
    runs.forEach(exchange::handOut);
  }

  private static Database database() {
    return ledger.stores().database();
  }

  private long repository(String name) {
    RepositoryFacts facts =
        new RepositoryFacts("/" + key + "/" + name, name, "sha1", null, null, null, false);
    return database().runs().repository(facts, Optional.empty());
  }

  private void measure(int night) {
    Instant begin = FIRST.plus(Duration.ofDays(night));
    UUID id = UuidV7.at(begin);
    Run run = new Run(id, "nightly", here, host, null, null, RunState.RUNNING, begin, null, "test");
    database().runs().begin(run, "{}");
    long machine = database().machines().begin(id, host, new Machine(key, "box"), begin);
    database().samples().put(id, here, host, samples(night, begin));
    database().telemetry().append(machine, telemetry(night, begin));
    database().runs().finish(id, RunState.COMPLETED);
    runs.add(database().runs().find(id).orElseThrow());
  }

  private static boolean isLast(int night) {
    return night == NIGHTS - 1;
  }

  private List<Sample> samples(int night, Instant begin) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      boolean isWaiting = isLast(night) && i < 4;
      long waited = isWaiting ? 250_000_000 : 1_000_000 + random.nextLong(1_000_000);
      BoundaryReadings readings =
          BoundaryReadings.builder()
              .put(Indicator.USER_CPU, WALL_NANOS - waited)
              .put(Indicator.SYSTEM_CPU, 0)
              .put(Indicator.RUN_QUEUE_WAIT, waited)
              .put(Indicator.MEMORY_PRESSURE, 0)
              .put(Indicator.THROTTLED, 0)
              .build(); // the telemetry alone tells of stolen time and the disk
      double value = (isLast(night) && i < 7 ? 1.3 : 1) + 0.001 * random.nextGaussian();
      samples.add(new Sample(SERIES, i, value, begin.plusSeconds(5L * i), WALL_NANOS, readings));
    }
    return samples;
  }

  private static List<TelemetryBatch> telemetry(int night, Instant begin) {
    int count = 10 * SAMPLES;
    long[] times = new long[count];
    double[] steal = new double[count];
    double[] clock = new double[count];
    for (int i = 0; i < count; i++) {
      times[i] = begin.toEpochMilli() + 500L * i;
      boolean isStolen = isLast(night) && i > 50 && i < 54;
      steal[i] = (i == 0 ? 7 : steal[i - 1]) + (isStolen ? 0.3 : 0);
      boolean isSlow = night < WITH_A_SLOW_CLOCK || (isLast(night) && i / 10 == 6);
      clock[i] = isSlow ? 2.0e9 : 3.0e9 + 1e6 * (i % 3);
    }
    return List.of(
        new TelemetryBatch(
            new TelemetryMetric("system.cpu.time", "cpu.mode=steal", "s"), times, steal),
        new TelemetryBatch(
            new TelemetryMetric("system.cpu.frequency", "cpu.logical_number=0", "Hz"),
            times,
            clock));
  }

  @Test
  void weighAndJudgeAlikeFromTheDatabaseFromFilesAndFromWhatTookThemIn() {
    Judgement measured = stored(here);

    assertTrue(
        measured.disturbed().stream().anyMatch(mark -> mark.causes().contains("hypervisor")),
        measured.disturbed().toString());
    assertTrue(
        measured.disturbed().stream().anyMatch(mark -> mark.causes().contains("clock was slower")),
        measured.disturbed().toString());
    assertTrue(
        measured.disturbed().stream().anyMatch(mark -> mark.causes().contains("other programs")),
        measured.disturbed().toString());
    assertAlike(measured, fromFiles());
    new RunExchange(database(), elsewhere, Optional.of(folder))
        .takeIn(
            "test",
            problem -> {
              throw new AssertionError(problem);
            });
    assertAlike(measured, stored(elsewhere));
  }

  private static void assertAlike(Judgement measured, Judgement other) {
    assertEquals(measured.disturbed(), other.disturbed());
    assertEquals(measured.verdicts(), other.verdicts());
    assertEquals(measured.notes(), other.notes());
  }

  private Judgement stored(long repository) {
    Run run = database().runs().latestMeasured(repository, "import").orElseThrow();
    PresentRun present =
        PresentRun.of(PastRun.of(run), database().samples().of(run.id()), List.of());
    RunHistory history =
        new StoredHistory(
            database(),
            repository,
            run.hostId(),
            run.startedAt(),
            database().history().ids(repository, run.hostId(), present.samples().keySet()),
            present.hasReadings());
    MachineWindows windows = MachineWindows.of(database(), run.id(), present.samples().values());
    return judge(history, present, windows);
  }

  private Judgement fromFiles() {
    List<ArchivedRun> all =
        new RunsFolder(folder)
            .read(
                new SeriesPool(),
                problem -> {
                  throw new AssertionError(problem);
                });
    ArchivedRun last = all.getLast();
    PresentRun present = PresentRun.of(last.run(), last.samples(), List.of());
    return judge(new FolderHistory(all, present, key), present, MachineWindows.NONE);
  }

  private static Judgement judge(RunHistory history, PresentRun present, MachineWindows windows) {
    List<PastRun> oldestFirst =
        history.runs().stream().sorted(Comparator.comparing(PastRun::startedAt)).toList();
    Baseline baseline = new Baseline(oldestFirst, "the branch's history", List.of(), Set.of());
    Inventory inventory = new Inventory(List.of(), List.of(), List.of(), "nightly");
    return new RunJudge(history, baseline, inventory, windows).judge(present, GatePolicy.DEFAULT);
  }
}
