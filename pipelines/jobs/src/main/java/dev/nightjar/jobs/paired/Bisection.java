package dev.nightjar.jobs.paired;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.BenchmarkOutcome;
import dev.nightjar.gate.PairedComparison;
import dev.nightjar.git.GitRepository;
import dev.nightjar.git.WorkTrees;
import dev.nightjar.jobs.RunObserver;
import dev.nightjar.jobs.paired.BisectStep.Finding;
import dev.nightjar.jobs.quiet.QuietCpu;
import dev.nightjar.jobs.settings.Settings;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Failure;
import dev.nightjar.model.VerdictKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the commit that changed a benchmark, by measuring each candidate in turns with the good
 * commit, on this machine, now.
 *
 * <p>First good and bad are compared: without a difference there is nothing to look for. Then each
 * candidate is asked on which side of half that effect it lies, and the range is halved. The error
 * of the whole is shared by the questions that halving can ask. A commit that does not build, or in
 * which the benchmark does not run, is left out and its neighbour asked; if such commits stand next
 * to the culprit, all of them are suspected with it.
 */
public final class Bisection {
  private static final double ERROR = 0.05;
  private static final String STEP = "bisect";

  private final BisectRequest request;
  private final Settings settings;
  private final BenchmarkDefinition benchmark;
  private final RunObserver observer;
  private final GitRepository repository;
  private final List<String> commits;
  private final String good;
  private final BisectState state;

  private Bisection(BisectRequest request, RunObserver observer, GitRepository repository) {
    this.request = request;
    this.observer = observer;
    this.repository = repository;
    settings = request.workspace().settings();
    benchmark = benchmark();
    good = Against.commit(repository, request.good());
    String bad = Against.commit(repository, request.bad());
    commits = repository.firstParents(good, bad);
    if (commits.isEmpty()) {
      throw new Failure.Misuse(
          "%s is no commit after %s: --good names the earlier one, --bad the later."
              .formatted(request.bad(), request.good()));
    }
    state =
        new BisectState(
            request.state(),
            List.of(
                repository.location().toString(),
                good,
                bad,
                benchmark.toString(),
                settings.setup().toString(),
                request.metric().orElse("")));
  }

  private BenchmarkDefinition benchmark() {
    List<BenchmarkDefinition> chosen =
        Against.chosen(settings, request.benchmark().map(List::of).orElse(List.of()));
    if (chosen.size() > 1) {
      throw new Failure.Misuse(
          "nightjar.yaml has several benchmarks: name the one that changed with --benchmark ("
              + String.join(", ", chosen.stream().map(BenchmarkDefinition::name).toList())
              + ").");
    }
    return chosen.getFirst();
  }

  /**
   * What would be done.
   *
   * @return sentences, with the commits that are known already
   */
  public static List<String> plan(BisectRequest request, RunObserver observer) {
    try (GitRepository repository =
        GitRepository.open(request.workspace().settings().repository())) {
      Bisection bisection = new Bisection(request, observer, repository);
      int questions = bisection.questions();
      return List.of(
          "%d commits along first parents, from %s to %s."
              .formatted(
                  bisection.commits.size(),
                  bisection.commits.getFirst().substring(0, 12),
                  bisection.commits.getLast().substring(0, 12)),
          "At most %d commits are built and measured with '%s', unless some do not build."
              .formatted(questions + 1, bisection.benchmark.name()),
          "Measuring takes at most %d minutes, building comes on top."
              .formatted((questions + 1) * request.budget().toSeconds() / 60 + 1),
          "%d commits are known from an earlier call.".formatted(bisection.state.steps().size()));
    }
  }

  /**
   * Looks for the commit, or goes on looking.
   *
   * @param afresh forgets what an earlier call found
   */
  public static BisectOutcome find(BisectRequest request, boolean afresh, RunObserver observer)
      throws InterruptedException {
    try (GitRepository repository =
        GitRepository.open(request.workspace().settings().repository())) {
      Bisection bisection = new Bisection(request, observer, repository);
      if (afresh) {
        bisection.state.clear();
      }
      return bisection.find();
    }
  }

  /** How many commits halving asks at the most. */
  private int questions() {
    return 32 - Integer.numberOfLeadingZeros(Math.max(0, commits.size() - 1));
  }

  private BisectOutcome find() throws InterruptedException {
    try (WorkTrees trees = WorkTrees.open(repository.location(), request.cache())) {
      Path base = trees.add("good", good);
      Optional<String> problem = Checkout.setUp(base, settings.setup());
      if (problem.isPresent()) {
        throw new Failure.Unavailable(
            "The good commit " + request.good() + " cannot be measured: " + problem.get());
      }
      BisectStep bad = known(trees, base, commits.getLast(), 0);
      if (bad.finding() == Finding.SKIPPED) {
        throw new Failure.Unavailable(
            "The bad commit " + request.bad() + " cannot be measured: " + bad.detail());
      }
      if (bad.finding() == Finding.GOOD) {
        return outcome(
            List.of(),
            bad.effect(),
            "good and bad do not differ: "
                + bad.detail()
                + ". Name others, or allow more --budget.");
      }
      return halved(trees, base, bad.effect());
    }
  }

  private BisectOutcome halved(WorkTrees trees, Path base, double effect)
      throws InterruptedException {
    double threshold = Math.log1p(effect) / 2;
    int low = -1;
    int high = commits.size() - 1;
    while (high - low > 1) {
      int middle = candidate(low, high);
      if (middle < 0) {
        break;
      }
      observer.progressed(STEP, "commits left", high - low - 1L, commits.size());
      BisectStep step = known(trees, base, commits.get(middle), threshold);
      if (step.finding() == Finding.BAD) {
        high = middle;
      } else if (step.finding() == Finding.GOOD) {
        low = middle;
      }
    }
    List<String> suspects = commits.subList(low + 1, high + 1);
    String size = String.format(Locale.ROOT, "%+.1f %%", 100 * effect);
    return outcome(
        suspects,
        effect,
        suspects.size() == 1
            ? "%s made the change of %s.".formatted(suspects.getFirst(), size)
            : "one of %d commits up to %s made the change of %s; the others cannot be measured."
                .formatted(suspects.size(), suspects.getLast(), size));
  }

  /** The commit nearest to the middle that is not known to be unmeasurable; −1 without one. */
  private int candidate(int low, int high) {
    int middle = (low + high) / 2;
    for (int away = 0; away < high - low; away++) {
      for (int at : new int[] {middle - away, middle + away}) {
        if (at > low && at < high && !isSkipped(commits.get(at))) {
          return at;
        }
      }
    }
    return -1;
  }

  private boolean isSkipped(String commit) {
    BisectStep step = state.steps().get(commit);
    return step != null && step.finding() == Finding.SKIPPED;
  }

  private BisectStep known(WorkTrees trees, Path base, String commit, double threshold)
      throws InterruptedException {
    BisectStep before = state.steps().get(commit);
    if (before != null) {
      return before;
    }
    Path tree = trees.add(commit.substring(0, 12), commit);
    try {
      Optional<String> problem = Checkout.setUp(tree, settings.setup());
      BisectStep step =
          problem.isPresent()
              ? new BisectStep(commit, Finding.SKIPPED, 0, 0, problem.get())
              : measured(base, tree, commit, threshold);
      state.add(step);
      observer.noted(
          "%s %s: %s"
              .formatted(
                  commit.substring(0, 12),
                  step.finding().name().toLowerCase(Locale.ROOT),
                  step.detail().lines().findFirst().orElse("")));
      return step;
    } finally {
      trees.remove(tree);
    }
  }

  private BisectStep measured(Path base, Path tree, String commit, double threshold)
      throws InterruptedException {
    PairedBenchmark paired =
        new PairedBenchmark(
            benchmark,
            request.budget(),
            request.mostPairs(),
            threshold,
            (series, count, pairs) ->
                new PairedComparison(
                    ERROR / (questions() + 1), 0, Direction.LOWER_IS_BETTER, pairs),
            observer::noted,
            System::nanoTime);
    BenchmarkOutcome outcome;
    try (QuietCpu quiet =
        QuietCpu.open(
            settings.quiet(), skip -> observer.noted(skip.subject() + ": " + skip.reason()))) {
      outcome = paired.run(base, tree, quiet);
    }
    String reason = String.valueOf(outcome.reason());
    if (outcome.end() != BenchmarkOutcome.End.COMPLETED) {
      if (reason.startsWith("in the base version")) {
        throw new Failure.Unavailable(
            "The benchmark '" + benchmark.name() + "' fails " + reason.replace("base", "good"));
      }
      return new BisectStep(commit, Finding.SKIPPED, 0, 0, reason);
    }
    PairedSeries series =
        paired.series().stream()
            .filter(
                one -> request.metric().map(one.series().benchmark().metric()::equals).orElse(true))
            .findFirst()
            .orElse(null);
    PairedComparison.Decision decision = series == null ? null : series.decision();
    if (series == null || decision == null) {
      return new BisectStep(commit, Finding.SKIPPED, 0, 0, "it gives no such result");
    }
    return step(commit, series, decision, threshold);
  }

  private static BisectStep step(
      String commit, PairedSeries series, PairedComparison.Decision decision, double threshold) {
    double effect = Math.expm1(Math.log1p(decision.effect()) + threshold);
    boolean isBeyond = decision.effect() * (threshold < 0 ? -1 : 1) > 0;
    boolean isSure =
        decision.kind() == VerdictKind.REGRESSED || decision.kind() == VerdictKind.IMPROVED;
    // Good against bad must differ for sure; a candidate is nearer to one of them in any case.
    Finding finding =
        threshold == 0
            ? isSure ? Finding.BAD : Finding.GOOD
            : isBeyond ? Finding.BAD : Finding.GOOD;
    return new BisectStep(
        commit,
        finding,
        effect,
        series.pairs(),
        String.format(
            Locale.ROOT,
            "%+.1f %% over %d pairs by %s%s",
            100 * effect,
            series.pairs(),
            series.yardstickWords(),
            isSure ? "" : ", not sure"));
  }

  private BisectOutcome outcome(List<String> suspects, double effect, String conclusion) {
    return new BisectOutcome(
        List.copyOf(suspects), effect, List.copyOf(state.steps().values()), conclusion);
  }
}
