package dev.nightjar.jobs.gate;

import dev.nightjar.git.GitRepository;
import dev.nightjar.jobs.settings.Settings;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.store.Database;
import java.time.Instant;

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
    PastRun identity = PastRun.of(run);
    PresentRun present =
        PresentRun.of(
            identity, database.samples().of(run.id()), database.benchmarkFailures().of(run.id()));
    RunHistory history =
        new StoredHistory(database, run.repositoryId(), run.hostId(), beginningOf(run), present);
    Baseline baseline =
        Baseline.choose(repository, settings.baseline(), options, identity, history.runs());
    MachineWindows windows = MachineWindows.of(database, run.id(), present.samples().values());
    return new RunJudge(history, baseline, new Inventory(settings, run.pipeline()), windows)
        .judge(present, settings.gate());
  }

  /** What is completed is earlier than a run that goes on, whatever a clock said meanwhile. */
  private static Instant beginningOf(Run run) {
    return run.state() == RunState.RUNNING ? FAR_FUTURE : run.startedAt();
  }
}
