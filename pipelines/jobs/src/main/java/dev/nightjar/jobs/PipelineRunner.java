package dev.nightjar.jobs;

import dev.nightjar.gate.GateDecision;
import dev.nightjar.git.GitRepository;
import dev.nightjar.jobs.batch.BatchRunner;
import dev.nightjar.jobs.batch.StepWork;
import dev.nightjar.jobs.gate.Acknowledgements;
import dev.nightjar.jobs.gate.CiBranch;
import dev.nightjar.jobs.gate.RunExchange;
import dev.nightjar.jobs.settings.Settings;
import dev.nightjar.jobs.steps.BenchStep;
import dev.nightjar.jobs.steps.IngestStep;
import dev.nightjar.jobs.steps.JudgeStep;
import dev.nightjar.jobs.steps.PipelineStep;
import dev.nightjar.jobs.steps.PublishStep;
import dev.nightjar.jobs.steps.RunContext;
import dev.nightjar.jobs.steps.RunSampler;
import dev.nightjar.kernel.HostFacts;
import dev.nightjar.kernel.HostSampler;
import dev.nightjar.model.Failure;
import dev.nightjar.model.RepositoryFacts;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.model.UuidV7;
import dev.nightjar.model.Verdict;
import dev.nightjar.routes.Ingest;
import dev.nightjar.store.Database;
import dev.nightjar.store.HeldLock;
import dev.nightjar.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Runs a pipeline over a repository, or goes on with a run that did not complete. */
public final class PipelineRunner {
  private final RunObserver observer;

  /** A runner that tells the observer how it goes on. */
  public PipelineRunner(RunObserver observer) {
    this.observer = observer;
  }

  /**
   * Runs the pipeline to its end.
   *
   * @throws Failure when the input or the environment does not let it; what is stored by then
   *     stays, and the run can be resumed
   */
  public RunOutcome run(PipelineRequest request) throws Exception {
    Settings settings = request.workspace().settings();
    try (GitRepository repository = GitRepository.open(settings.repository());
        Stores stores = Stores.open(request.stores())) {
      Database database = stores.database();
      RepositoryFacts facts = repository.facts();
      long repositoryId = database.runs().repository(facts, settings.identity());
      try (HeldLock _ = runLock(database, facts)) {
        RunExchange exchange = new RunExchange(database, repositoryId, request.gate().runs());
        exchange.takeIn(request.nightjarVersion(), observer::noted);
        long hostId = database.runs().host(HostFacts.read());
        try (OwnedRun owned = beginOrResume(request, database, facts, repositoryId, hostId)) {
          execute(request, repository, stores, owned.run);
          exchange.handOut(owned.run);
          return outcome(request, database, owned.run);
        }
      }
    }
  }

  /** A run, and that it is this process's. */
  private record OwnedRun(Run run, HeldLock lock) implements AutoCloseable {

    /** Empty when another process works on it. */
    static Optional<OwnedRun> of(Database database, Run run) {
      return database
          .locks()
          .tryAcquire("run " + run.id(), owner())
          .map(lock -> new OwnedRun(run, lock));
    }

    /** Empty when another process works on it, or has just ended it. */
    static Optional<OwnedRun> ofDead(Database database, Run run) {
      Optional<OwnedRun> owned = of(database, run);
      boolean isUnchanged =
          database.runs().find(run.id()).filter(now -> now.state() == run.state()).isPresent();
      if (owned.isPresent() && !isUnchanged) {
        owned.get().close();
        return Optional.empty();
      }
      return owned;
    }

    /** Itself after some work; it is given back if that fails. */
    OwnedRun after(Runnable work) {
      try {
        work.run();
        return this;
      } catch (RuntimeException e) {
        close();
        throw e;
      }
    }

    @Override
    public void close() {
      lock.close();
    }
  }

  private static String owner() {
    return "process " + ProcessHandle.current().pid();
  }

  /** Two runs in one checkout would write one report; on machines of their own they do not meet. */
  private static HeldLock runLock(Database database, RepositoryFacts facts) {
    String name =
        "run in %s on %s, %s".formatted(facts.location(), HostFacts.hostName(), HostFacts.bootId());
    return database
        .locks()
        .tryAcquire(name, owner())
        .orElseThrow(() ->
            new Failure.Unavailable(
                "Another run over %s is going on (%s): wait for it to end."
                    .formatted(
                        facts.location(), database.locks().lastOwner(name).orElse("just begun"))));
  }

  private OwnedRun beginOrResume(
      PipelineRequest request,
      Database database,
      RepositoryFacts facts,
      long repositoryId,
      long hostId) {
    String pipeline = request.pipeline().word();
    if (request.resume()) {
      for (Run run : database.runs().unfinished(pipeline, repositoryId, hostId)) {
        Optional<OwnedRun> dead = OwnedRun.ofDead(database, run);
        if (dead.isPresent()) { // else it is alive on a machine of the same kind
          return resumed(dead.get(), database, facts);
        }
      }
    }
    leaveTheDead(pipeline, database, repositoryId);
    Run run =
        new Run(
            UuidV7.next(),
            pipeline,
            repositoryId,
            hostId,
            facts.head(),
            CiBranch.checkedOut(facts, request.gate().environment()),
            RunState.RUNNING,
            Instant.now(),
            null,
            request.nightjarVersion());
    return OwnedRun.of(database, run)
        .orElseThrow()
        .after(() -> database.runs().begin(run, SettingsJson.of(request.workspace().settings())));
  }

  /** Whatever machine they died on: it may have come back as another kind, with a new kernel. */
  private void leaveTheDead(String pipeline, Database database, long repositoryId) {
    boolean isLeft = false;
    for (Run run : database.runs().running(pipeline, repositoryId)) {
      Optional<OwnedRun> dead = OwnedRun.ofDead(database, run);
      if (dead.isPresent()) {
        try (OwnedRun _ = dead.get()) {
          database.runs().finish(run.id(), RunState.ABANDONED);
          isLeft = true;
        }
      }
    }
    if (isLeft) {
      observer.noted(
          "An earlier run did not complete and is left; 'run --resume' would have gone on with it.");
    }
  }

  private OwnedRun resumed(OwnedRun owned, Database database, RepositoryFacts facts) {
    owned.after(() -> {
      requireSameCommit(owned.run, facts);
      database.runs().reopen(owned.run.id());
    });
    observer.noted(
        "Going on with the run of " + owned.run.startedAt().truncatedTo(ChronoUnit.SECONDS) + ".");
    return owned;
  }

  private static void requireSameCommit(Run run, RepositoryFacts facts) {
    if (!Objects.equals(run.headCommit(), facts.head())) {
      throw new Failure.Misuse(
          "The run to resume measured commit %s, and %s is checked out: check that one out, or start anew without --resume."
              .formatted(run.headCommit(), facts.head()));
    }
  }

  private void execute(PipelineRequest request, GitRepository repository, Stores stores, Run run)
      throws Exception {
    Database database = stores.database();
    long machineId =
        database.machines().begin(run.id(), run.hostId(), HostFacts.machine(), Instant.now());
    try (Ingest ingest = Ingest.start(database, stores.redis(), run.id());
        HostSampler sampler = RunSampler.start(request.workspace().settings(), machineId, ingest)) {
      RunContext context =
          new RunContext(
              run,
              repository,
              request.workspace().settings(),
              request.gate(),
              database,
              ingest,
              sampler,
              observer);
      Map<String, StepWork> recipe = new LinkedHashMap<>();
      for (String name : request.pipeline().steps()) {
        recipe.put(name, () -> runStep(name, step(name), context));
      }
      new BatchRunner(database.dataSource()).run(request.pipeline().word(), run.id(), recipe);
      database.runs().finish(run.id(), RunState.COMPLETED);
    } catch (Exception e) {
      noteFailure(e, () -> database.runs().finish(run.id(), RunState.FAILED));
      throw e;
    }
  }

  /** With the database gone nothing can be noted; the lock that is gone with it says the same. */
  private static void noteFailure(Exception failure, Runnable note) {
    try {
      note.run();
    } catch (Failure e) {
      failure.addSuppressed(e);
    }
  }

  private static PipelineStep step(String name) {
    return switch (name) {
      case Pipeline.Steps.INGEST -> new IngestStep();
      case Pipeline.Steps.BENCH -> new BenchStep();
      case Pipeline.Steps.JUDGE -> new JudgeStep();
      case Pipeline.Steps.PUBLISH -> new PublishStep();
      default -> throw new IllegalArgumentException("there is no step " + name);
    };
  }

  private void runStep(String name, PipelineStep step, RunContext context) throws Exception {
    Database database = context.database();
    observer.stepBegan(name);
    database.runs().beginStep(context.run().id(), name);
    long began = System.nanoTime();
    try {
      String detail = step.run(context);
      database.runs().finishStep(context.run().id(), name, true, detail);
      observer.stepEnded(name, detail, Duration.ofNanos(System.nanoTime() - began));
    } catch (Exception e) {
      String reason = String.valueOf(e.getMessage());
      noteFailure(e, () -> database.runs().finishStep(context.run().id(), name, false, reason));
      throw e;
    }
  }

  private static RunOutcome outcome(PipelineRequest request, Database database, Run run) {
    List<Verdict> verdicts = database.verdicts().of(run.id());
    Settings settings = request.workspace().settings();
    boolean publishes = request.pipeline().steps().contains(Pipeline.Steps.PUBLISH);
    Path report = publishes ? settings.publish().resolve("index.html") : null;
    GateDecision decision = Acknowledgements.decide(verdicts, settings, request.gate());
    Acknowledgements.keep(database, run.id(), decision);
    return new RunOutcome(
        run,
        verdicts,
        decision,
        Acknowledgements.notes(decision),
        database.runs().skips(run.id()),
        report);
  }
}
