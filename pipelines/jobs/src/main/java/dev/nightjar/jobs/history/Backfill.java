package dev.nightjar.jobs.history;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.quiet.QuietCpu;
import dev.nightjar.doors.Doors;
import dev.nightjar.doors.Ingest;
import dev.nightjar.git.GitRepository;
import dev.nightjar.git.WorkTrees;
import dev.nightjar.jobs.paired.Checkout;
import dev.nightjar.jobs.steps.BenchmarkProtocol;
import dev.nightjar.jobs.steps.JudgeStep;
import dev.nightjar.jobs.steps.RunContext;
import dev.nightjar.jobs.steps.RunSampler;
import dev.nightjar.jobs.steps.Turn;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.kernel.HostSampler;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Machine;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.model.UuidV7;
import dev.nightjar.model.event.RunListener;
import dev.nightjar.model.git.RepositoryFacts;
import dev.nightjar.settings.Settings;
import dev.nightjar.store.Database;
import dev.nightjar.store.Stores;
import dev.nightjar.store.live.LiveStream;
import dev.nightjar.store.lock.HeldLock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Measures commits of the past, each in a work tree of its own, and keeps them as runs. A commit
 * that this machine has measured is left alone; one that was begun and not completed is gone on
 * with, repetition by repetition.
 */
public final class Backfill {
  /** What such runs are called in the database. */
  public static final String PIPELINE = "backfill";

  private static final int RUNS_SEARCHED = 100_000;

  private final BackfillRequest request;
  private final Settings settings;
  private final GitRepository repository;
  private final Stores stores;
  private final Database database;
  private final Doors doors;
  private final RunListener listener;
  private final long repositoryId;
  private final long hostId;
  private final Map<String, Run> unfinished = new HashMap<>();
  private final Set<String> measured = new HashSet<>();

  /**
   * What is to be done, or was done.
   *
   * @param commits all in question, the oldest first
   * @param toMeasure those that are not measured yet
   * @param failed those that could not be measured, with the reason; empty in a plan
   */
  public record Plan(List<String> commits, List<String> toMeasure, Map<String, String> failed) {}

  private Backfill(
      BackfillRequest request,
      GitRepository repository,
      Stores stores,
      Doors doors,
      RunListener listener) {
    this.request = request;
    this.doors = doors;
    this.repository = repository;
    this.stores = stores;
    database = stores.database();
    this.listener = listener;
    settings = request.workspace().settings();
    RepositoryFacts facts = repository.facts();
    repositoryId = database.runs().repository(facts, settings.identity());
    hostId = database.runs().host(HostPlatform.current().host());
    for (Run run : database.runs().of(repositoryId, RUNS_SEARCHED)) {
      note(run);
    }
  }

  private void note(Run run) {
    String commit = run.headCommit();
    if (commit == null || run.hostId() != hostId) {
      return;
    }
    boolean measures = List.of("nightly", "bench", PIPELINE).contains(run.pipeline());
    if (measures && run.state() == RunState.COMPLETED) {
      measured.add(commit);
    } else if (run.pipeline().equals(PIPELINE) && run.state() == RunState.RUNNING) {
      unfinished.putIfAbsent(commit, run);
    }
  }

  /** What would be done; nothing is measured. */
  public static Plan plan(BackfillRequest request, RunListener listener) {
    try (GitRepository repository =
            GitRepository.open(request.workspace().settings().repository());
        Stores stores = Stores.open(request.stores());
        Doors doors = new Doors()) {
      return new Backfill(request, repository, stores, doors, listener).plan();
    }
  }

  /**
   * Measures.
   *
   * @param cache where work trees are made
   */
  public static Plan run(BackfillRequest request, Path cache, RunListener listener)
      throws InterruptedException {
    try (GitRepository repository =
            GitRepository.open(request.workspace().settings().repository());
        Stores stores = Stores.open(request.stores());
        Doors doors = new Doors()) {
      return new Backfill(request, repository, stores, doors, listener).run(cache);
    }
  }

  private Plan plan() {
    List<String> all = commits();
    List<String> left =
        all.stream().filter(commit -> request.again() || !measured.contains(commit)).toList();
    return new Plan(all, left, Map.of());
  }

  private List<String> commits() {
    String[] ends = request.range().split("\\.\\.", -1);
    if (ends.length == 1) {
      return List.of(commit(request.range()));
    }
    if (ends.length != 2 || ends[0].isEmpty()) {
      throw new Failure.Misuse(
          "backfill takes REV..REV or one revision, not '" + request.range() + "'.");
    }
    String to = ends[1].isEmpty() ? "HEAD" : ends[1];
    List<String> range = repository.firstParents(commit(ends[0]), commit(to));
    if (range.isEmpty()) {
      throw new Failure.Misuse(
          "'%s' holds no commit: the earlier revision comes first.".formatted(request.range()));
    }
    List<String> chosen = new ArrayList<>();
    for (int i = range.size() - 1; i >= 0; i -= request.every()) {
      chosen.addFirst(range.get(i));
    }
    return chosen;
  }

  private String commit(String revision) {
    return repository
        .commit(revision)
        .orElseThrow(() ->
            new Failure.Misuse(
                "'" + revision + "' names no commit of this repository: 'git log' lists them."));
  }

  private Plan run(Path cache) throws InterruptedException {
    if (settings.benchmarks().isEmpty()) {
      throw new Failure.Misuse(
          "nightjar.yaml names no benchmark: add one under 'benchmarks', as 'nightjar init'"
              + " shows.");
    }
    Plan plan = plan();
    Map<String, String> failed = new HashMap<>();
    try (HeldLock _ = lock();
        WorkTrees trees = WorkTrees.open(repository.location(), cache);
        QuietCpu quiet =
            QuietCpu.open(
                HostPlatform.current(),
                settings.quiet(),
                skip -> listener.note(skip.subject() + ": " + skip.reason()))) {
      int done = 0;
      for (String commit : plan.toMeasure()) {
        listener.progress(PIPELINE, "commits", done++, plan.toMeasure().size());
        try (HeldLock _ = Turn.ofHost(database, listener)) {
          measure(trees, commit, quiet).ifPresent(reason -> failed.put(commit, reason));
        }
      }
    }
    return new Plan(plan.commits(), plan.toMeasure(), failed);
  }

  private HeldLock lock() {
    Machine machine = HostPlatform.current().machine();
    String name =
        "backfill in %s on %s, %s"
            .formatted(repository.location(), machine.name(), machine.bootId());
    return database
        .locks()
        .tryAcquire(name, "process " + ProcessHandle.current().pid())
        .orElseThrow(() ->
            new Failure.Unavailable(
                "Another backfill of this repository is going on: wait for it to end."));
  }

  /** Why the commit could not be measured; empty when it was. */
  private Optional<String> measure(WorkTrees trees, String commit, QuietCpu quiet)
      throws InterruptedException {
    Path tree = trees.add(commit.substring(0, 12), commit);
    try {
      Run run = beginOrResume(commit);
      Optional<String> problem = Checkout.setUp(tree, settings.setup());
      if (problem.isPresent()) {
        database.runs().finish(run.id(), RunState.FAILED);
        listener.note(commit.substring(0, 12) + " is left out: " + problem.get());
        return problem;
      }
      measure(tree, run, quiet);
      database.runs().finish(run.id(), RunState.COMPLETED);
      return Optional.empty();
    } finally {
      Checkout.endWhatRunsIn(tree);
      trees.remove(tree);
    }
  }

  private Run beginOrResume(String commit) {
    Run before = unfinished.get(commit);
    if (before != null) {
      database.runs().reopen(before.id());
      return before;
    }
    Run run =
        new Run(
            UuidV7.next(),
            PIPELINE,
            repositoryId,
            hostId,
            commit,
            null,
            RunState.RUNNING,
            Instant.now(),
            null,
            request.nightjarVersion());
    database.runs().begin(run, "{}");
    return run;
  }

  /** By the protocol of every other run: what is measured otherwise must not enter one baseline. */
  private void measure(Path tree, Run run, QuietCpu quiet) throws InterruptedException {
    long machineId =
        database
            .machines()
            .begin(run.id(), hostId, HostPlatform.current().machine(), Instant.now());
    Ingest ingest = doors.ingest(database, live(), run.id());
    try (HostSampler sampler = RunSampler.start(settings, machineId, ingest)) {
      RunContext context =
          new RunContext(
              run, repository, settings, request.gate(), database, ingest, sampler, listener);
      BenchmarkProtocol protocol = new BenchmarkProtocol(context, quiet);
      for (BenchmarkDefinition benchmark : settings.benchmarks()) {
        protocol.measure(benchmark, tree);
      }
      protocol.measureDoubtfulAgain();
      new JudgeStep().run(context);
    }
  }

  private Optional<LiveStream> live() {
    return settings.isLive() ? stores.redis() : Optional.empty();
  }
}
