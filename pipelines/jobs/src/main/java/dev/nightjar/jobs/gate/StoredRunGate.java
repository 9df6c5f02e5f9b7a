package dev.nightjar.jobs.gate;

import dev.nightjar.gate.Judgement;
import dev.nightjar.gate.RunJudge;
import dev.nightjar.gate.exchange.ArchivedRun;
import dev.nightjar.gate.history.Baseline;
import dev.nightjar.gate.history.GateOptions;
import dev.nightjar.gate.history.Inventory;
import dev.nightjar.gate.history.PastRun;
import dev.nightjar.gate.history.PresentRun;
import dev.nightjar.gate.history.RunHistory;
import dev.nightjar.gate.history.StoredHistory;
import dev.nightjar.gate.noise.MachineWindows;
import dev.nightjar.git.GitRepository;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.settings.Settings;
import dev.nightjar.store.Database;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/** Judges runs that the database keeps. */
public final class StoredRunGate {
  private static final Instant FAR_FUTURE = Instant.parse("9999-12-31T00:00:00Z");

  private final Database database;
  private final GitRepository repository;
  private final Settings settings;
  private final GateOptions options;

  /** A gate under the settings and what is asked beyond them. */
  public StoredRunGate(
      Database database, GitRepository repository, Settings settings, GateOptions options) {
    this.database = database;
    this.repository = repository;
    this.settings = settings;
    this.options = options;
  }

  /** Judges a run against the earlier runs of its machine; nothing is stored. */
  public Judgement judge(Run run) {
    PresentRun present =
        PresentRun.of(
                PastRun.of(run),
                database.samples().of(run.id()),
                database.benchmarkFailures().of(run.id()))
            .assuming(database.assumedDirections().of(run.id()));
    return judge(run, present, ids(run, present.samples().keySet()));
  }

  /** The same of a run that was taken in just now, so that it need not be read back. */
  Judgement judge(Run run, ArchivedRun taken) {
    PresentRun given = PresentRun.of(PastRun.of(run), taken.samples(), List.of());
    Map<Long, Series> ids = ids(run, given.samples().keySet());
    if (ids.size() != given.samples().size()) {
      return judge(run); // it was taken in before, and which way is better was told otherwise
    }
    SequencedMap<Series, List<Sample>> ordered = LinkedHashMap.newLinkedHashMap(ids.size());
    for (Series series : new TreeMap<>(ids).values()) {
      ordered.put(series, given.samples().getOrDefault(series, List.of()));
    }
    PresentRun present =
        new PresentRun(
            given.run(), ordered, database.benchmarkFailures().of(run.id()), taken.assumed());
    return judge(run, present, ids);
  }

  private Map<Long, Series> ids(Run run, Set<Series> series) {
    return database.history().ids(run.repositoryId(), run.hostId(), series);
  }

  private Judgement judge(Run run, PresentRun present, Map<Long, Series> ids) {
    PastRun identity = present.run();
    RunHistory history =
        new StoredHistory(
            database,
            run.repositoryId(),
            run.hostId(),
            beginningOf(run),
            ids,
            present.hasReadings());
    Baseline baseline =
        Baseline.choose(repository, settings.baseline(), options, identity, history.runs());
    MachineWindows windows = MachineWindows.of(database, run.id(), present.samples().values());
    return new RunJudge(history, baseline, inventory(settings, run.pipeline()), windows)
        .judge(present, settings.gate());
  }

  /** The commit of the newest run that a run is compared with; empty where none is known. */
  public Optional<String> baseCommit(Run run) {
    PastRun present = PastRun.of(run);
    RunHistory history =
        new StoredHistory(
            database, run.repositoryId(), run.hostId(), beginningOf(run), Map.of(), true);
    List<PastRun> earlier =
        Baseline.choose(repository, settings.baseline(), options, present, history.runs()).runs();
    return earlier.isEmpty() ? Optional.empty() : Optional.ofNullable(earlier.getLast().commit());
  }

  /** What a run of a pipeline is expected to give. */
  static Inventory inventory(Settings settings, String pipeline) {
    return new Inventory(
        settings.inventory(), settings.suites(), settings.benchmarkNames(), pipeline);
  }

  /** What is completed is earlier than a run that goes on, whatever a clock said meanwhile. */
  private static Instant beginningOf(Run run) {
    return run.state() == RunState.RUNNING ? FAR_FUTURE : run.startedAt();
  }
}
