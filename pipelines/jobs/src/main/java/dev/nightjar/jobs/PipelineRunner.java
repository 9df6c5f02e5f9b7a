package dev.nightjar.jobs;

import dev.nightjar.doors.Doors;
import dev.nightjar.doors.Ingest;
import dev.nightjar.doors.RunEvents;
import dev.nightjar.gate.decision.GateDecision;
import dev.nightjar.gate.exchange.RunExchange;
import dev.nightjar.gate.history.CiBranch;
import dev.nightjar.git.GitRepository;
import dev.nightjar.jobs.batch.BatchRunner;
import dev.nightjar.jobs.batch.StepWork;
import dev.nightjar.jobs.gate.Acknowledgements;
import dev.nightjar.jobs.ledger.OwnedRun;
import dev.nightjar.jobs.ledger.RunDraft;
import dev.nightjar.jobs.ledger.RunLedger;
import dev.nightjar.jobs.steps.BenchStep;
import dev.nightjar.jobs.steps.IngestStep;
import dev.nightjar.jobs.steps.JudgeStep;
import dev.nightjar.jobs.steps.PipelineStep;
import dev.nightjar.jobs.steps.PublishStep;
import dev.nightjar.jobs.steps.RunContext;
import dev.nightjar.jobs.steps.RunSampler;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.kernel.HostSampler;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Machine;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunPlace;
import dev.nightjar.model.RunState;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.event.RunEvent;
import dev.nightjar.model.event.RunListener;
import dev.nightjar.model.git.RepositoryFacts;
import dev.nightjar.settings.Settings;
import dev.nightjar.store.Database;
import dev.nightjar.store.Stores;
import dev.nightjar.store.live.LiveStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a pipeline over a repository, or goes on with a run that did not complete. */
public final class PipelineRunner {
  /** A restart of the server takes less; what took an hour to measure is worth the wait. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Doors doors;
  private final RunListener listener;
  private final Duration patience;

  /**
   * A runner that tells the listener how it goes on.
   *
   * @param doors those of this process
   */
  public PipelineRunner(Doors doors, RunListener listener) {
    this(doors, listener, PATIENCE);
  }

  /**
   * A runner that tells the listener how it goes on.
   *
   * @param doors those of this process
   * @param patience for how long the database may be away while it works on a run
   */
  public PipelineRunner(Doors doors, RunListener listener, Duration patience) {
    this.doors = doors;
    this.listener = listener;
    this.patience = patience;
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
      try (RunLedger ledger = RunLedger.open(database, place(facts), patience, listener::note)) {
        RunExchange exchange = new RunExchange(database, repositoryId, request.gate().runs());
        exchange.takeIn(request.nightjarVersion(), listener::note);
        long hostId = database.runs().host(HostPlatform.current().host());
        try (OwnedRun owned = owned(request, ledger, draft(request, facts, repositoryId, hostId))) {
          complete(request, stores, owned, exchange, repository);
          return outcome(request, database, owned.run());
        }
      }
    }
  }

  /** Completes the run, and tells whoever listens from its beginning to its end. */
  private void complete(
      PipelineRequest request,
      Stores stores,
      OwnedRun owned,
      RunExchange exchange,
      GitRepository repository)
      throws Exception {
    Optional<LiveStream> live = live(request, stores);
    try (RunEvents events = doors.events(owned.database(), live, owned.run().id())) {
      RunListener all = RunListener.all(List.of(events, listener));
      all.hear(new RunEvent.Begun(owned.run()));
      try {
        owned.complete(() -> {
          execute(request, repository, live, owned, all);
          // Handed out before it counts as completed: a run that is killed in between is gone on
          // with, and handed out again.
          exchange.handOut(owned.run());
        });
        all.hear(new RunEvent.Ended(owned.run().id(), RunState.COMPLETED));
      } catch (Throwable e) { // an Error, too, ends a run
        tellOfFailure(all, owned.run(), e);
        throw e;
      }
    }
  }

  /** Its absence stops nothing, and is told where somebody named a server. */
  private Optional<LiveStream> live(PipelineRequest request, Stores stores) {
    if (!request.workspace().settings().isLive()) {
      return Optional.empty();
    }
    Optional<LiveStream> live = stores.redis();
    if (live.isEmpty() && !request.stores().hasEmbeddedRedis()) {
      stores.redisAbsence().ifPresent(why -> listener.note(why + "; the run goes on without."));
    }
    return live;
  }

  /** A listener that fails at this must not hide why the run did. */
  private static void tellOfFailure(RunListener listener, Run run, Throwable cause) {
    try {
      listener.hear(new RunEvent.Ended(run.id(), RunState.FAILED));
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  private static RunPlace place(RepositoryFacts facts) {
    Machine machine = HostPlatform.current().machine();
    return new RunPlace(facts.location(), machine.name(), machine.bootId());
  }

  private static RunDraft draft(
      PipelineRequest request, RepositoryFacts facts, long repositoryId, long hostId) {
    return new RunDraft(
        request.pipeline().word(),
        repositoryId,
        hostId,
        facts.head(),
        CiBranch.checkedOut(facts, request.gate().environment()),
        request.nightjarVersion(),
        SettingsJson.of(request.workspace().settings()));
  }

  private static OwnedRun owned(PipelineRequest request, RunLedger ledger, RunDraft draft) {
    return request.resume()
        ? ledger.resume(draft).orElseGet(() -> ledger.begin(draft))
        : ledger.begin(draft);
  }

  private void execute(
      PipelineRequest request,
      GitRepository repository,
      Optional<LiveStream> live,
      OwnedRun owned,
      RunListener listener)
      throws Exception {
    Run run = owned.run();
    Database database = owned.database();
    long machineId =
        database
            .machines()
            .begin(run.id(), run.hostId(), HostPlatform.current().machine(), Instant.now());
    Ingest ingest = doors.ingest(database, live, run.id());
    try (HostSampler sampler =
        RunSampler.start(request.workspace().settings(), machineId, ingest)) {
      RunContext context =
          new RunContext(
              run,
              repository,
              request.workspace().settings(),
              request.gate(),
              database,
              ingest,
              sampler,
              listener);
      Map<String, StepWork> recipe = new LinkedHashMap<>();
      for (String name : request.pipeline().steps()) {
        recipe.put(
            name,
            () -> runStep(name, step(name, owned, request.stores().cacheFolder()), context, owned));
      }
      new BatchRunner(database).run(request.pipeline().word(), run.id(), recipe);
    }
  }

  private static PipelineStep step(String name, OwnedRun owned, Path cache) {
    return switch (name) {
      case Pipeline.Steps.INGEST -> new IngestStep(owned);
      case Pipeline.Steps.BENCH -> new BenchStep(owned);
      case Pipeline.Steps.JUDGE -> new JudgeStep(owned, cache);
      case Pipeline.Steps.PUBLISH -> new PublishStep();
      default -> throw new IllegalArgumentException("there is no step " + name);
    };
  }

  private static void runStep(String name, PipelineStep step, RunContext context, OwnedRun owned)
      throws Exception {
    Database database = context.database();
    context.listener().hear(new RunEvent.StepBegan(name));
    database.runs().beginStep(context.run().id(), name);
    long began = System.nanoTime();
    try {
      String detail = step.run(context);
      database.runs().finishStep(context.run().id(), name, true, detail);
      context
          .listener()
          .hear(new RunEvent.StepEnded(name, detail, Duration.ofNanos(System.nanoTime() - began)));
    } catch (Throwable e) { // an Error, too, ends a step
      String reason = String.valueOf(e.getMessage());
      owned.note(e, () -> database.runs().finishStep(owned.run().id(), name, false, reason));
      throw e;
    }
  }

  private static RunOutcome outcome(PipelineRequest request, Database database, Run run) {
    List<Verdict> verdicts = database.verdicts().of(run.id());
    Settings settings = request.workspace().settings();
    boolean publishes = request.pipeline().steps().contains(Pipeline.Steps.PUBLISH);
    Path report = publishes ? settings.publish().resolve("index.html") : null;
    GateDecision decision =
        Acknowledgements.decide(
            verdicts, database.findings().inherited(run.id()), settings, request.gate());
    Acknowledgements.keep(database, run.id(), decision);
    return new RunOutcome(
        run,
        verdicts,
        decision,
        Acknowledgements.notes(decision),
        database.runs().skips(run.id()),
        database
            .runs()
            .latestBefore(run)
            .map(Run::id)
            .map(database.runs()::skips)
            .orElse(List.of()),
        report);
  }
}
