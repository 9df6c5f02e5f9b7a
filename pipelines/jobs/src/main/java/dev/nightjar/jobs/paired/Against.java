package dev.nightjar.jobs.paired;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.InterleavedOutcome;
import dev.nightjar.bench.InterleavedOutcome.FailedRun;
import dev.nightjar.bench.InterleavedOutcome.Side;
import dev.nightjar.bench.OnFailure;
import dev.nightjar.bench.quiet.QuietCpu;
import dev.nightjar.gate.decision.Disagreement;
import dev.nightjar.gate.decision.GateDecision;
import dev.nightjar.gate.pairs.PairedComparison;
import dev.nightjar.gate.pairs.TurnComparison;
import dev.nightjar.git.ChangedLines;
import dev.nightjar.git.GitRepository;
import dev.nightjar.git.WorkTrees;
import dev.nightjar.jobs.gate.Acknowledgements;
import dev.nightjar.jobs.gate.GateOutcome;
import dev.nightjar.jobs.profile.ProfiledVerdicts;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.event.RunListener;
import dev.nightjar.model.profile.DifferentialProfile;
import dev.nightjar.settings.BenchmarkNames;
import dev.nightjar.settings.Nearest;
import dev.nightjar.settings.Settings;
import dev.nightjar.store.run.BenchmarkFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures the checked-out commit against another, both built in work trees of their own and run in
 * turns. Whatever the machine does meanwhile, it does to both.
 */
public final class Against {
  private static final String STEP = "against";

  private final AgainstRequest request;
  private final Settings settings;
  private final RunListener listener;
  private final List<Verdict> verdicts = new ArrayList<>();
  private final List<Verdict> leftOut = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private List<DifferentialProfile> profiles = List.of();
  private Path settingsInTree = Path.of("nightjar.yaml");
  private String words = "";
  private @Nullable String range;

  private Against(AgainstRequest request, RunListener listener) {
    this.request = request;
    this.listener = listener;
    settings = request.workspace().settings();
  }

  /**
   * Measures and judges.
   *
   * @throws Failure.Misuse when there is no such revision or benchmark
   * @throws Failure.Unavailable when the base cannot be made ready
   */
  public static GateOutcome measure(AgainstRequest request, RunListener listener)
      throws InterruptedException {
    return new Against(request, listener).measure();
  }

  /** The benchmarks of these names; all when there are none. */
  static List<BenchmarkDefinition> chosen(Settings settings, List<String> names) {
    List<String> known = settings.benchmarks().stream().map(BenchmarkDefinition::name).toList();
    if (known.isEmpty()) {
      throw new Failure.Misuse(
          "nightjar.yaml names no benchmark: add one under 'benchmarks', as 'nightjar init'"
              + " shows.");
    }
    for (String name : names) {
      if (!known.contains(name)) {
        throw new Failure.Misuse(
            "nightjar.yaml has no benchmark '%s'.%s"
                .formatted(
                    name,
                    Nearest.to(name, known)
                        .map(nearest -> " Did you mean '" + nearest + "'?")
                        .orElse(" It has " + String.join(", ", known) + ".")));
      }
    }
    return settings.benchmarks().stream()
        .filter(definition -> names.isEmpty() || names.contains(definition.name()))
        .toList();
  }

  /** The commit of a revision that a person named. */
  static String commit(GitRepository repository, String revision) {
    return repository
        .commit(revision)
        .orElseThrow(() ->
            new Failure.Misuse(
                "'%s' names no commit of this repository: 'git log --oneline' lists them%s."
                    .formatted(
                        revision,
                        repository.facts().shallow()
                            ? ", and this clone is shallow, so fetch the whole history"
                            : "")));
  }

  private GateOutcome measure() throws InterruptedException {
    try (GitRepository repository = GitRepository.open(settings.repository())) {
      List<BenchmarkDefinition> benchmarks = chosen(settings, request.benchmarks());
      String base = commit(repository, request.base());
      String head = commit(repository, "HEAD");
      range = base.substring(0, 12) + ".." + head.substring(0, 12);
      repository
          .workTree()
          .ifPresent(top ->
              settingsInTree =
                  top.relativize(request.workspace().folder()).resolve(settingsInTree));
      words = "%s interleaved with %s".formatted(head.substring(0, 12), base.substring(0, 12));
      try (WorkTrees trees = WorkTrees.open(repository.location(), request.cache())) {
        Path baseTree = trees.add("base", base);
        Path headTree = trees.add("head", head);
        try {
          compare(baseTree, headTree, benchmarks);
          profile(baseTree, headTree, benchmarks, repository, base, head);
        } finally {
          Checkout.endWhatRunsIn(baseTree);
          Checkout.endWhatRunsIn(headTree);
        }
      }
    }
    if (verdicts.isEmpty()) {
      verdicts.addAll(leftOut); // all of them: then nothing was compared, which is no pass
    }
    List<Verdict> told = Disagreement.told(verdicts);
    GateDecision decision = Acknowledgements.decide(told, settings, request.gate());
    notes.addAll(Acknowledgements.notes(decision));
    return new GateOutcome(words, List.copyOf(told), decision, List.copyOf(notes)).with(profiles);
  }

  private void profile(
      Path baseTree,
      Path headTree,
      List<BenchmarkDefinition> benchmarks,
      GitRepository repository,
      String base,
      String head)
      throws InterruptedException {
    ProfiledVerdicts profiled =
        new ProfiledVerdicts(
            baseTree,
            headTree,
            () -> ChangedLines.between(repository.location(), base, head),
            listener,
            notes::add);
    List<Verdict> explained = profiled.of(List.copyOf(verdicts), benchmarks, request.profile());
    verdicts.clear();
    verdicts.addAll(explained);
    profiles = profiled.profiles();
  }

  private void compare(Path base, Path head, List<BenchmarkDefinition> benchmarks)
      throws InterruptedException {
    listener.note("Building both versions.");
    Optional<String> problem = Checkout.setUp(base, settings.setup());
    if (problem.isPresent()) {
      throw new Failure.Unavailable(
          "The base " + request.base() + " cannot be measured: " + problem.get());
    }
    Optional<String> broken = Checkout.setUp(head, settings.setup());
    if (broken.isPresent()) {
      benchmarks.forEach(one -> verdicts.add(bare(one.name(), VerdictKind.FAILED, broken.get())));
      return;
    }
    try (QuietCpu quiet =
        QuietCpu.open(
            HostPlatform.current(),
            settings.quiet(),
            skip -> notes.add(skip.subject() + ": " + skip.reason()))) {
      measured(
              benchmarks,
              (benchmark, time, upTo) -> benchmark.measure(base, head, quiet, time, upTo))
          .forEach(paired -> judge(base, paired));
    }
  }

  private List<PairedBenchmark> measured(
      List<BenchmarkDefinition> benchmarks, SharedBudget.Measuring measuring)
      throws InterruptedException {
    SharedBudget budget = new SharedBudget(request.budget(), benchmarks.size());
    List<PairedBenchmark> all = new ArrayList<>();
    for (BenchmarkDefinition benchmark : benchmarks) {
      listener.progress(STEP, "benchmarks", all.size(), benchmarks.size());
      PairedBenchmark paired = paired(benchmark, benchmarks.size());
      all.add(paired);
      budget.first(paired, measuring);
    }
    budget.extend(all, measuring);
    return all;
  }

  private PairedBenchmark paired(BenchmarkDefinition benchmark, int benchmarks) {
    return new PairedBenchmark(
        benchmark,
        request.budget(),
        request.mostPairs(),
        (series, count, pairs) ->
            TurnComparison.under(settings.gate(), series, benchmarks * count, pairs),
        notes::add,
        System::nanoTime);
  }

  private void judge(Path base, PairedBenchmark paired) {
    paired.finish();
    BenchmarkDefinition benchmark = paired.definition();
    FailedRun ending = paired.ending().orElse(null);
    if (ending != null && benchmark.onFailure() == OnFailure.SKIP) {
      String reason = ending.reason() + " in " + ending.side().words();
      notes.add(benchmark.name() + " is left out: " + reason);
      leftOut.add(bare(benchmark.name(), VerdictKind.MISSING, reason));
      return;
    }
    Map<String, String> failed = paired.failedIn(Side.HEAD);
    failed.forEach((name, reason) -> verdicts.add(bare(name, VerdictKind.FAILED, reason)));
    for (PairedSeries series : paired.series()) {
      if (!isOf(failed, series.series())) {
        verdicts.add(verdict(series, paired.turnTime(), ending));
      }
    }
    addUnpaired(paired, failed);
    if (ending != null && paired.series().isEmpty()) {
      verdicts.add(ofFailure(base, benchmark.name(), ending));
    }
  }

  private static boolean isOf(Map<String, String> failed, Series series) {
    return failed.keySet().stream().anyMatch(name -> BenchmarkFailure.isOf(name, series));
  }

  /** What one version alone gives: only what the base is not known to have failed at is new. */
  private void addUnpaired(PairedBenchmark paired, Map<String, String> failedInHead) {
    for (Series only : paired.onlyIn(Side.BASE)) {
      if (!isOf(failedInHead, only)) {
        verdicts.add(
            unmeasured(only, VerdictKind.MISSING, "the base gives it, and the head does not"));
      }
    }
    Map<String, String> failedInBase = paired.failedIn(Side.BASE);
    for (Series only : paired.onlyIn(Side.HEAD)) {
      verdicts.add(
          failedInBase.entrySet().stream()
              .filter(failure -> BenchmarkFailure.isOf(failure.getKey(), only))
              .findFirst()
              .map(failure ->
                  unmeasured(
                      only,
                      VerdictKind.MISSING,
                      "there is nothing to compare with, since it failed in the base: "
                          + failure.getValue()))
              .orElseGet(() -> unmeasured(only, VerdictKind.NEW, "the base has no such")));
    }
  }

  /**
   * A head that fails has failed. A base that fails leaves the head without a comparison, which is
   * no verdict, unless the base's own settings do not know the benchmark yet.
   */
  private Verdict ofFailure(Path base, String benchmark, FailedRun ending) {
    String tail = ending.outcome().outputTail().strip();
    String reason = ending.reason() + (tail.isEmpty() ? "" : ": " + tail);
    if (ending.side() == Side.HEAD) {
      return bare(benchmark, VerdictKind.FAILED, "in the head version " + reason);
    }
    boolean isNew =
        BenchmarkNames.in(base.resolve(settingsInTree))
            .map(names -> !names.contains(benchmark))
            .orElse(false);
    return isNew
        ? bare(
            benchmark,
            VerdictKind.NEW,
            "the base's nightjar.yaml does not name it, and in the base version " + reason)
        : bare(
            benchmark,
            VerdictKind.MISSING,
            "there is nothing to compare with: in the base version " + reason);
  }

  private static Verdict bare(String benchmark, VerdictKind kind, String reason) {
    Series series =
        new Series(
            new Benchmark(benchmark, null, "time", "s", Direction.LOWER_IS_BETTER),
            Collections.unmodifiableSortedMap(new TreeMap<>()),
            Device.CPU);
    return unmeasured(series, kind, reason);
  }

  private static Verdict unmeasured(Series series, VerdictKind kind, String evidence) {
    return new Verdict(series, kind, null, null, null, null, null, evidence, null);
  }

  private Verdict verdict(PairedSeries series, Duration pairTime, @Nullable FailedRun ending) {
    PairedComparison.Decision decision = Objects.requireNonNull(series.decision());
    VerdictKind kind = Objects.requireNonNull(decision.kind());
    String evidence =
        new PairedEvidence(series, pairTime, request.mostPairs(), request.budget())
            .sentence(decision);
    boolean isRegressed = kind == VerdictKind.REGRESSED;
    if (ending != null && !isRegressed) {
      // Pairs that sufficed stand beside a base that broke; a head that broke is not in order.
      boolean isHead = ending.side() == Side.HEAD;
      evidence += "; then " + ending.side().words() + " failed: " + ending.reason();
      kind =
          isHead
              ? VerdictKind.FAILED
              : kind == VerdictKind.INCONCLUSIVE ? VerdictKind.MISSING : kind;
    } else if (!isRegressed && isLacking(series)) {
      kind = VerdictKind.MISSING;
    } else if (kind == VerdictKind.INCONCLUSIVE
        && series.pairs() < series.comparison().fewestPairs()) {
      kind = VerdictKind.MISSING; // nothing was compared
    }
    boolean isChanged = kind == VerdictKind.REGRESSED || kind == VerdictKind.IMPROVED;
    boolean isBounded = PairedEvidence.isBounded(decision);
    return new Verdict(
        series.series(),
        kind,
        Double.isFinite(decision.effect()) ? decision.effect() : null,
        isBounded ? decision.low() : null,
        isBounded ? decision.high() : null,
        isBounded ? decision.confidence() : null,
        request.base() + ", in turns on this machine",
        evidence,
        isChanged ? "commits " + range : null);
  }

  private static boolean isLacking(PairedSeries series) {
    return Stream.of(Side.values())
        .anyMatch(side -> InterleavedOutcome.isTooOften(series.lacking(side), series.pairs()));
  }
}
