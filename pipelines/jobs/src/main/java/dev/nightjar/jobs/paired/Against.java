package dev.nightjar.jobs.paired;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.BenchmarkOutcome;
import dev.nightjar.gate.GateDecision;
import dev.nightjar.gate.GatePolicy;
import dev.nightjar.gate.PairedComparison;
import dev.nightjar.git.GitRepository;
import dev.nightjar.git.WorkTrees;
import dev.nightjar.jobs.RunObserver;
import dev.nightjar.jobs.gate.Acknowledgements;
import dev.nightjar.jobs.gate.GateOutcome;
import dev.nightjar.jobs.quiet.QuietCpu;
import dev.nightjar.jobs.settings.Nearest;
import dev.nightjar.jobs.settings.Settings;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.store.BenchmarkFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Measures the checked-out commit against another, both built in work trees of their own and run in
 * turns. Whatever the machine does meanwhile, it does to both.
 */
public final class Against {
  private static final String STEP = "against";

  private final AgainstRequest request;
  private final Settings settings;
  private final RunObserver observer;
  private final List<Verdict> verdicts = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private String words = "";
  private @Nullable String range;

  private Against(AgainstRequest request, RunObserver observer) {
    this.request = request;
    this.observer = observer;
    settings = request.workspace().settings();
  }

  /**
   * Measures and judges.
   *
   * @throws Failure.Misuse when there is no such revision or benchmark
   * @throws Failure.Unavailable when the base cannot be made ready
   */
  public static GateOutcome measure(AgainstRequest request, RunObserver observer)
      throws InterruptedException {
    return new Against(request, observer).measure();
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
      words = "%s interleaved with %s".formatted(head.substring(0, 12), base.substring(0, 12));
      try (WorkTrees trees = WorkTrees.open(repository.location(), request.cache())) {
        compare(trees.add("base", base), trees.add("head", head), benchmarks);
      }
    }
    GateDecision decision = Acknowledgements.decide(verdicts, settings, request.gate());
    notes.addAll(Acknowledgements.notes(decision));
    return new GateOutcome(words, List.copyOf(verdicts), decision, List.copyOf(notes));
  }

  private void compare(Path base, Path head, List<BenchmarkDefinition> benchmarks)
      throws InterruptedException {
    observer.noted("Building both versions.");
    Optional<String> problem = Checkout.setUp(base, settings.setup());
    if (problem.isPresent()) {
      throw new Failure.Unavailable(
          "The base " + request.base() + " cannot be measured: " + problem.get());
    }
    Optional<String> broken = Checkout.setUp(head, settings.setup());
    int done = 0;
    try (QuietCpu quiet =
        QuietCpu.open(settings.quiet(), skip -> notes.add(skip.subject() + ": " + skip.reason()))) {
      for (BenchmarkDefinition benchmark : benchmarks) {
        observer.progressed(STEP, "benchmarks", done++, benchmarks.size());
        if (broken.isPresent()) {
          verdicts.add(bare(benchmark.name(), VerdictKind.FAILED, broken.get()));
        } else {
          compare(base, head, benchmark, benchmarks.size(), quiet);
        }
      }
    }
  }

  private void compare(
      Path base, Path head, BenchmarkDefinition benchmark, int benchmarks, QuietCpu quiet)
      throws InterruptedException {
    GatePolicy policy = settings.gate();
    PairedBenchmark paired =
        new PairedBenchmark(
            benchmark,
            request.budget(),
            request.mostPairs(),
            0,
            (series, count, pairs) ->
                PairedComparison.under(policy, series, benchmarks * count, pairs),
            notes::add,
            System::nanoTime);
    BenchmarkOutcome outcome = paired.run(base, head, quiet);
    if (outcome.end() == BenchmarkOutcome.End.SKIPPED) {
      notes.add(benchmark.name() + " is left out: " + outcome.reason());
      return;
    }
    if (outcome.end() != BenchmarkOutcome.End.COMPLETED) {
      verdicts.add(ofFailure(benchmark, outcome));
      return;
    }
    paired.series().forEach(series -> verdicts.add(verdict(series)));
    Map<String, String> failed = paired.failedInHead();
    failed.forEach((name, reason) -> verdicts.add(bare(name, VerdictKind.FAILED, reason)));
    for (Series only : paired.onlyInBase()) {
      if (failed.keySet().stream().noneMatch(name -> BenchmarkFailure.isOf(name, only))) {
        verdicts.add(
            unmeasured(only, VerdictKind.MISSING, "the base gives it, and the head does not"));
      }
    }
    for (Series only : paired.onlyInHead()) {
      verdicts.add(unmeasured(only, VerdictKind.NEW, "the base has no such"));
    }
  }

  /** A benchmark that the base does not have yet is new; one that the head breaks has failed. */
  private static Verdict ofFailure(BenchmarkDefinition benchmark, BenchmarkOutcome outcome) {
    String reason = String.valueOf(outcome.reason());
    String tail = outcome.outputTail().isBlank() ? "" : ": " + outcome.outputTail().strip();
    VerdictKind kind =
        reason.startsWith("in the base version") ? VerdictKind.NEW : VerdictKind.FAILED;
    return bare(benchmark.name(), kind, reason + tail);
  }

  private static Verdict bare(String benchmark, VerdictKind kind, String reason) {
    Series series =
        new Series(
            new Benchmark(benchmark, null, "time", "s", Direction.LOWER_IS_BETTER),
            Collections.unmodifiableSortedMap(new TreeMap<>()),
            "cpu");
    return unmeasured(series, kind, reason);
  }

  private static Verdict unmeasured(Series series, VerdictKind kind, String evidence) {
    return new Verdict(series, kind, null, null, null, null, null, evidence, null);
  }

  private Verdict verdict(PairedSeries series) {
    PairedComparison.Decision decision = series.decision();
    if (decision == null || decision.kind() == null) {
      return unmeasured(series.series(), VerdictKind.INCONCLUSIVE, "no pair was measured");
    }
    boolean isBounded = Double.isFinite(decision.low()) && Double.isFinite(decision.high());
    boolean isChanged =
        decision.kind() == VerdictKind.REGRESSED || decision.kind() == VerdictKind.IMPROVED;
    return new Verdict(
        series.series(),
        decision.kind(),
        decision.effect(),
        isBounded ? decision.low() : null,
        isBounded ? decision.high() : null,
        isBounded ? decision.confidence() : null,
        request.base() + ", in turns on this machine",
        String.format(
            Locale.ROOT,
            "%+.1f %% over %d pairs by %s",
            100 * decision.effect(),
            series.pairs(),
            series.yardstickWords()),
        isChanged ? "commits " + range : null);
  }
}
