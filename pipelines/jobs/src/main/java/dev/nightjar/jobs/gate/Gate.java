package dev.nightjar.jobs.gate;

import dev.nightjar.formats.reading.ReadingLedger;
import dev.nightjar.gate.Judgement;
import dev.nightjar.gate.RunJudge;
import dev.nightjar.gate.decision.DamagedResults;
import dev.nightjar.gate.decision.GateDecision;
import dev.nightjar.gate.exchange.ArchivedRun;
import dev.nightjar.gate.exchange.FolderFindings;
import dev.nightjar.gate.exchange.FolderHistory;
import dev.nightjar.gate.exchange.ResultFilesRun;
import dev.nightjar.gate.exchange.RunExchange;
import dev.nightjar.gate.exchange.RunsFolder;
import dev.nightjar.gate.exchange.SeriesPool;
import dev.nightjar.gate.history.Baseline;
import dev.nightjar.gate.history.CiBranch;
import dev.nightjar.gate.history.EarlierRuns;
import dev.nightjar.gate.history.PastRun;
import dev.nightjar.gate.history.PresentRun;
import dev.nightjar.gate.history.RunHistory;
import dev.nightjar.gate.noise.MachineWindows;
import dev.nightjar.gate.verdict.Sentence;
import dev.nightjar.git.GitRepository;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Host;
import dev.nightjar.model.Run;
import dev.nightjar.model.finding.RunFindings;
import dev.nightjar.model.git.RepositoryFacts;
import dev.nightjar.settings.Settings;
import dev.nightjar.store.Database;
import dev.nightjar.store.Stores;
import dev.nightjar.store.run.RunImport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Judges a stored run, or result files, and decides whether a change may go on. */
public final class Gate {
  private final GateRequest request;
  private final Settings settings;
  private final List<String> notes = new ArrayList<>();
  private ReadingLedger ledger = ReadingLedger.EMPTY;
  private List<DamagedResults> damaged = List.of();

  private Gate(GateRequest request) {
    this.request = request;
    settings = request.workspace().settings();
  }

  /**
   * Judges.
   *
   * @throws Failure.Misuse when there is nothing to judge
   * @throws Failure.Unavailable when the history or the merge-base cannot be had
   */
  public static GateOutcome judge(GateRequest request) {
    return new Gate(request).judge();
  }

  private GateOutcome judge() {
    try (GitRepository repository = GitRepository.open(settings.repository())) {
      if (request.options().runs().isPresent()) {
        return byFolder(repository, request.options().runs().get());
      }
      try (Stores stores = Stores.open(request.stores())) {
        return byDatabase(repository, stores.database());
      }
    }
  }

  private GateOutcome byFolder(GitRepository repository, Path path) {
    RunsFolder folder = new RunsFolder(path);
    SeriesPool pool = new SeriesPool();
    List<ArchivedRun> all = folder.read(pool, notes::add);
    ArchivedRun present;
    if (!request.results().isEmpty()) {
      present = ofFiles(repository.facts(), host(), earlier(all), pool);
    } else if (request.run().isPresent()) {
      present =
          all.stream()
              .filter(archived -> archived.run().id().equals(request.run().get()))
              .findFirst()
              .orElseThrow(
                  () -> new Failure.Misuse("No run of that identifier is in " + path + "."));
    } else if (all.isEmpty()) {
      throw new Failure.Misuse(
          "There is no run in "
              + path
              + ": name result files with --results, or write the past runs of the database there"
              + " with 'nightjar db export --runs "
              + path
              + "'.");
    } else {
      present = all.getLast();
    }
    PastRun run = present.run();
    PresentRun judged =
        PresentRun.of(run, present.samples(), present.failures()).assuming(present.assumed());
    RunHistory history = new FolderHistory(all, judged, present.machineKey());
    Baseline baseline =
        Baseline.choose(repository, settings.baseline(), request.options(), run, history.runs());
    Judgement judgement =
        new RunJudge(
                history,
                baseline,
                StoredRunGate.inventory(settings, run.pipeline()),
                MachineWindows.NONE)
            .judge(judged, settings.gate());
    if (!request.results().isEmpty()) {
      folder.write(FolderFindings.judgedAgain(present, judgement.findings(), all));
    }
    return decided(described(run), judgement);
  }

  private GateOutcome byDatabase(GitRepository repository, Database database) {
    RepositoryFacts facts = repository.facts();
    long repositoryId = database.runs().repository(facts, settings.identity());
    StoredRunGate gate = new StoredRunGate(database, repository, settings, request.options());
    Run run;
    Judgement judgement;
    if (request.results().isEmpty()) {
      run = stored(database, repositoryId, facts);
      judgement = gate.judge(run);
    } else {
      Host host = host();
      long hostId =
          request.machine().isPresent() ? database.runs().hostOf(host) : database.runs().host(host);
      ArchivedRun files =
          ofFiles(facts, host, earlier(database, repositoryId, hostId), new SeriesPool());
      run = takenIn(database, repositoryId, hostId, files);
      judgement = gate.judge(run, files);
      database.verdicts().put(run.id(), run.repositoryId(), run.hostId(), judgement.verdicts());
      database.findings().put(run.id(), run.repositoryId(), run.hostId(), judgement.findings());
    }
    GateOutcome outcome = decided(described(PastRun.of(run)), judgement);
    Acknowledgements.keep(database, run.id(), outcome.decision());
    return outcome;
  }

  private Run stored(Database database, long repositoryId, RepositoryFacts facts) {
    if (request.run().isPresent()) {
      return database
          .runs()
          .find(request.run().get())
          .filter(run -> run.repositoryId() == repositoryId)
          .orElseThrow(() ->
              new Failure.Misuse(
                  "No run of that identifier is stored for "
                      + facts.location()
                      + ": 'nightjar query history' lists them."));
    }
    return database
        .runs()
        .latestMeasured(repositoryId, HistoryImport.PIPELINE)
        .orElseThrow(() ->
            new Failure.Misuse(
                "No run over "
                    + facts.location()
                    + " has measured anything: 'nightjar run' makes one, --results judges files."));
  }

  private Run takenIn(Database database, long repositoryId, long hostId, ArchivedRun files) {
    RunImport.Taken taken =
        new RunExchange(database, repositoryId, request.options().runs())
            .put(files, hostId, request.nightjarVersion());
    return database.runs().find(taken.runId()).orElseThrow();
  }

  private ArchivedRun ofFiles(
      RepositoryFacts facts, Host host, EarlierRuns earlier, SeriesPool pool) {
    @Nullable String name = request.name().orElse(null);
    @Nullable String branch = CiBranch.checkedOut(facts, request.options().environment());
    ResultFilesRun files =
        ResultFilesRun.read(request.results(), name, facts.head(), branch, earlier, pool);
    ledger = files.ledger();
    damaged = files.damaged();
    notes.addAll(ledger.notes());
    return new ArchivedRun(
        files.run(),
        host.machineKey(),
        host.name(),
        files.samples(),
        List.of(),
        files.failures(),
        files.assumed(),
        RunFindings.NONE);
  }

  private EarlierRuns earlier(List<ArchivedRun> all) {
    String machineKey = host().machineKey();
    return EarlierRuns.among(
        all.stream()
            .filter(archived -> archived.machineKey().equals(machineKey))
            .map(ArchivedRun::run)
            .toList());
  }

  private static EarlierRuns earlier(Database database, long repositoryId, long hostId) {
    return new EarlierRuns() {
      @Override
      public Optional<PastRun> known(UUID content) {
        return database
            .runs()
            .endingIn(repositoryId, hostId, EarlierRuns.mark(content))
            .map(PastRun::of);
      }

      @Override
      public Optional<Instant> newest() {
        return database.runs().newestStart(repositoryId, hostId);
      }
    };
  }

  /** This machine, or the one that the person vouches for. */
  private Host host() {
    return request
        .machine()
        .map(name -> new Host("named: " + name, name, new TreeMap<>()))
        .orElseGet(() -> HostPlatform.current().host());
  }

  private GateOutcome decided(String run, Judgement judgement) {
    GateDecision decision =
        Acknowledgements.decide(
            judgement.verdicts(),
            judgement.isUnlike(),
            judgement.inherited(),
            damaged,
            settings,
            settings.gate(),
            request.options());
    List<String> all = new ArrayList<>(notes);
    all.addAll(judgement.notes());
    all.addAll(Acknowledgements.notes(decision));
    return new GateOutcome(
        run, judgement.verdicts(), decision, all.stream().map(Sentence::of).toList(), ledger);
  }

  private static String described(PastRun run) {
    String commit = run.commit();
    return "%s of %s%s"
        .formatted(
            run.pipeline().equals(PastRun.OF_FILES) ? "result files" : "the run",
            run.startedAt(),
            commit == null ? "" : " at " + commit.substring(0, 12));
  }
}
