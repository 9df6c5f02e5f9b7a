package dev.nightjar.jobs.paired;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.InterleavedOutcome;
import dev.nightjar.bench.InterleavedOutcome.FailedRun;
import dev.nightjar.bench.InterleavedOutcome.Side;
import dev.nightjar.bench.InterleavedRunner;
import dev.nightjar.bench.quiet.QuietCpu;
import dev.nightjar.gate.pairs.PairedComparison;
import dev.nightjar.gate.pairs.TurnComparison;
import dev.nightjar.gate.statistics.CulpritPosterior;
import dev.nightjar.gate.statistics.CulpritPosterior.Change;
import dev.nightjar.gate.statistics.CulpritPosterior.Range;
import dev.nightjar.git.GitRepository;
import dev.nightjar.git.WorkTrees;
import dev.nightjar.jobs.paired.BisectOutcome.Suspect;
import dev.nightjar.jobs.paired.BisectStep.Finding;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.model.Failure;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.event.RunListener;
import dev.nightjar.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the commit that changed a benchmark, by measuring each candidate in turns with the good
 * commit, on this machine, now.
 *
 * <p>First good and bad are compared: without a difference there is nothing to look for. Then each
 * commit has a chance of having made it ({@link CulpritPosterior}), and the one that splits the
 * chance most evenly is measured next, until one commit has nearly all of it, or no commit may be
 * measured further: each has {@code --budget}, in all calls together. A commit that does not build,
 * or in which the benchmark does not run, is left out; if such commits stand next to the culprit,
 * they share its chance.
 *
 * <p>All pairs are kept. A call with a larger budget goes on from them, at the commits where it
 * helps most; what a call concludes follows from the pairs alone.
 */
public final class Bisection {
  private static final double ERROR = 0.05;
  private static final String STEP = "bisect";

  /**
   * Of a commit in a large range, one to a hundred: the last few are measured until all is sure.
   */
  private static final double ENOUGH_AT_FIRST = Math.log(100);

  private static final int LAST_FEW = 8;

  /** A commit's finding is told from here on, one to twenty. */
  private static final double LIKELY = Math.log(20);

  private static final int PAIRS_BETWEEN_LOOKS = 4;

  private final BisectRequest request;
  private final Settings settings;
  private final BenchmarkDefinition benchmark;
  private final RunListener listener;
  private final GitRepository repository;
  private final List<String> commits;
  private final String good;
  private final BisectState state;
  private final Set<String> givenUp = new HashSet<>();

  private Bisection(
      BisectRequest request, RunListener listener, GitRepository repository, boolean afresh) {
    this.request = request;
    this.listener = listener;
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
    List<String> question =
        List.of(
            repository.location().toString(),
            good,
            bad,
            benchmark.toString(),
            settings.setup().toString(),
            request.metric().orElse(""));
    state =
        afresh
            ? BisectState.afresh(request.state(), question)
            : BisectState.of(request.state(), question);
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
  public static List<String> plan(BisectRequest request, RunListener listener) {
    try (GitRepository repository =
        GitRepository.open(request.workspace().settings().repository())) {
      Bisection bisection = new Bisection(request, listener, repository, false);
      int questions = bisection.questions();
      return List.of(
          "%d commits along first parents, from %s to %s."
              .formatted(
                  bisection.commits.size(),
                  bisection.commits.getFirst().substring(0, 12),
                  bisection.commits.getLast().substring(0, 12)),
          "At most %d commits are built and measured with '%s', unless some do not build or stay unsure."
              .formatted(questions + 1, bisection.benchmark.name()),
          "Measuring takes at most %d minutes, building comes on top."
              .formatted((questions + 1) * request.budget().toSeconds() / 60 + 1),
          "%d commits are known from an earlier call.".formatted(bisection.steps().size()));
    }
  }

  /**
   * Looks for the commit, or goes on looking.
   *
   * @param afresh forgets what an earlier call found
   */
  public static BisectOutcome find(BisectRequest request, boolean afresh, RunListener listener)
      throws InterruptedException {
    try (GitRepository repository =
        GitRepository.open(request.workspace().settings().repository())) {
      Bisection bisection = new Bisection(request, listener, repository, afresh);
      return bisection.find();
    }
  }

  /** How many commits halving asks at the most. */
  private int questions() {
    return 32 - Integer.numberOfLeadingZeros(Math.max(0, commits.size() - 1));
  }

  private BisectOutcome find() throws InterruptedException {
    try (WorkTrees trees = WorkTrees.open(repository.location(), request.cache());
        GoodTree goodTree = new GoodTree(trees);
        QuietCpu quiet =
            QuietCpu.open(
                HostPlatform.current(),
                settings.quiet(),
                skip -> listener.note(skip.subject() + ": " + skip.reason()))) {
      String last = commits.getLast();
      if (!isDifferenceDecided() && hasBudget(last)) {
        measure(goodTree, last, quiet, this::isDifferenceDecided);
      }
      MeasuredCommit bad = state.commit(last);
      if (bad.skipped().isPresent()) {
        throw new Failure.Unavailable(
            "The bad commit " + request.bad() + " cannot be measured: " + bad.skipped().get());
      }
      if (!isDifferent()) {
        return withoutDifference(bad);
      }
      return narrowed(goodTree, quiet);
    }
  }

  /** The good commit's work tree, made when it is first needed. */
  private final class GoodTree implements AutoCloseable {
    private final WorkTrees trees;
    private @Nullable Path folder;

    GoodTree(WorkTrees trees) {
      this.trees = trees;
    }

    Path folder() throws InterruptedException {
      if (folder == null) {
        Path made = trees.add("good", good);
        Optional<String> problem = Checkout.setUp(made, settings.setup());
        if (problem.isPresent()) {
          throw new Failure.Unavailable(
              "The good commit " + request.good() + " cannot be measured: " + problem.get());
        }
        folder = made;
      }
      return folder;
    }

    @Override
    public void close() {
      if (folder != null) {
        Checkout.endWhatRunsIn(folder);
      }
    }
  }

  private boolean hasBudget(String commit) {
    MeasuredCommit measured = state.commit(commit);
    return measured.skipped().isEmpty()
        && !givenUp.contains(commit)
        && measured.pairs().size() < request.mostPairs()
        && (measured.spent().compareTo(request.budget()) < 0
            || measured.pairs().size() < measured.fewestPairs());
  }

  private boolean isDifferent() {
    VerdictKind kind = difference(true).map(PairedComparison.Decision::kind).orElse(null);
    return kind == VerdictKind.REGRESSED || kind == VerdictKind.IMPROVED;
  }

  private boolean isDifferenceDecided() {
    return difference(false).map(decision -> decision.kind() != null).orElse(false);
  }

  /**
   * What the pairs of the bad commit decide, by the looks that this call's budget gives them.
   *
   * @param isLast whether no more are to come
   */
  private Optional<PairedComparison.Decision> difference(boolean isLast) {
    MeasuredCommit bad = state.commit(commits.getLast());
    if (bad.pairs().isEmpty()) {
      return Optional.empty();
    }
    PairedValues values = bad.values(benchmark);
    TurnComparison comparison = comparison(values);
    PairedComparison.Decision decision = null;
    for (int i = 0; i < values.pairs() && i < request.mostPairs(); i++) {
      double share = (double) bad.pairs().get(i).spentNanos() / request.budget().toNanos();
      decision = comparison.add(values.base(i), values.head(i), share);
      if (!decision.goesOn()) {
        return Optional.of(decision);
      }
    }
    return isLast ? Optional.of(comparison.finish()) : Optional.ofNullable(decision);
  }

  private TurnComparison comparison(PairedValues values) {
    return TurnComparison.ofAny(values.series(), ERROR, request.mostPairs());
  }

  private BisectOutcome withoutDifference(MeasuredCommit bad) {
    PairedValues values = bad.values(benchmark);
    Change change = change(values);
    return new BisectOutcome(
        List.of(),
        false,
        change.effect(),
        steps(),
        "good and bad do not differ for sure: %s, %s. Name others, or allow more --budget, which"
                .formatted(measured(change, values), values.spreads())
            + " goes on from these pairs.");
  }

  private static Change change(PairedValues values) {
    return Change.of(values.series().benchmark().unit(), values.bases(), values.heads());
  }

  private static String measured(Change change, PairedValues values) {
    return String.format(
        Locale.ROOT,
        "%+.1f %% over %d pairs by %s",
        100 * change.effect(),
        values.pairs(),
        values.words());
  }

  private BisectOutcome narrowed(GoodTree goodTree, QuietCpu quiet) throws InterruptedException {
    CulpritPosterior posterior = posterior();
    Range range = posterior.range(1 - ERROR);
    int next;
    while ((next = next(posterior, range)) >= 0) {
      listener.progress(STEP, "commits left", range.size() - 1L, commits.size());
      String commit = commits.get(next);
      double enough = range.size() > LAST_FEW ? ENOUGH_AT_FIRST : Double.POSITIVE_INFINITY;
      int at = next;
      measure(goodTree, commit, quiet, () -> isEnough(posterior, at, enough));
      observe(posterior, next);
      range = posterior.range(1 - ERROR);
    }
    return outcome(posterior, range);
  }

  private int next(CulpritPosterior posterior, Range range) {
    return posterior.next(range, k -> hasBudget(commits.get(k)) && !posterior.isExhausted(k));
  }

  private CulpritPosterior posterior() {
    CulpritPosterior posterior = new CulpritPosterior(commits.size(), ERROR);
    for (int i = 0; i < commits.size() - 1; i++) {
      observe(posterior, i);
    }
    return posterior;
  }

  private void observe(CulpritPosterior posterior, int at) {
    MeasuredCommit measured = state.commit(commits.get(at));
    posterior.observe(at, logOdds(measured));
  }

  /** 0 of so few pairs that they say nothing. */
  private double logOdds(MeasuredCommit measured) {
    if (measured.pairs().size() < measured.fewestPairs()) {
      return 0;
    }
    PairedValues values = measured.values(benchmark);
    return CulpritPosterior.logOdds(
        values.series().benchmark().unit(), values.bases(), values.heads(), changeOfBad());
  }

  private Change changeOfBad() {
    return change(state.commit(commits.getLast()).values(benchmark));
  }

  private boolean isEnough(CulpritPosterior posterior, int at, double enough) {
    MeasuredCommit measured = state.commit(commits.get(at));
    if ((!measured.isCounted() && measured.pairs().size() % PAIRS_BETWEEN_LOOKS != 0)
        || !measured.values(benchmark).isChosenForGood()) {
      return false;
    }
    observe(posterior, at);
    return posterior.isExhausted(at) || Math.abs(logOdds(measured)) >= enough;
  }

  private void measure(GoodTree goodTree, String commit, QuietCpu quiet, BooleanSupplier isEnough)
      throws InterruptedException {
    Path base = goodTree.folder();
    Path tree = goodTree.trees.add(commit.substring(0, 12), commit);
    try {
      Optional<String> problem = Checkout.setUp(tree, settings.setup());
      if (problem.isPresent()) {
        state.skip(commit, problem.get());
      } else {
        measure(base, tree, state.commit(commit), quiet, isEnough);
      }
      BisectStep step = step(state.commit(commit));
      listener.note(
          "%s %s: %s"
              .formatted(
                  commit.substring(0, 12),
                  step.finding().name().toLowerCase(Locale.ROOT),
                  step.detail().lines().findFirst().orElse("")));
    } finally {
      Checkout.endWhatRunsIn(tree);
      goodTree.trees.remove(tree);
    }
  }

  private void measure(
      Path base, Path tree, MeasuredCommit before, QuietCpu quiet, BooleanSupplier isEnough)
      throws InterruptedException {
    int most = request.mostPairs() - before.pairs().size();
    Duration left = request.budget().minus(before.spent());
    InterleavedOutcome outcome =
        InterleavedRunner.run(
            benchmark,
            base,
            tree,
            0,
            most,
            left.isNegative() ? Duration.ZERO : left,
            new BisectTurns(state, before, metric(), quiet, isEnough, listener::note));
    FailedRun ending = outcome.ending();
    if (ending == null) {
      return;
    }
    if (ending.side() == Side.BASE) {
      throw new Failure.Unavailable(
          "The benchmark '%s' fails in the good version: %s. Mend it, or name another commit with"
                  .formatted(benchmark.name(), ending.reason())
              + " --good; the pairs that were measured are kept.");
    }
    givenUp.add(before.commit());
    if (state.commit(before.commit()).pairs().isEmpty()) {
      state.skip(before.commit(), "in the head version " + ending.reason());
    }
  }

  /** The one that is looked at; absent for the first that the command itself gives. */
  private Optional<String> metric() {
    return request.metric().or(benchmark::firstMetric);
  }

  private List<BisectStep> steps() {
    return state.commits().values().stream()
        .filter(measured -> measured.skipped().isPresent() || !measured.pairs().isEmpty())
        .map(this::step)
        .toList();
  }

  private BisectStep step(MeasuredCommit measured) {
    if (measured.skipped().isPresent()) {
      return new BisectStep(
          measured.commit(), Finding.SKIPPED, 0, measured.pairs().size(), measured.skipped().get());
    }
    if (measured.pairs().isEmpty()) {
      return new BisectStep(measured.commit(), Finding.UNSURE, 0, 0, "no pair was measured");
    }
    PairedValues values = measured.values(benchmark);
    Change change = change(values);
    Finding finding = finding(measured);
    return new BisectStep(
        measured.commit(),
        finding,
        change.effect(),
        values.pairs(),
        measured(change, values) + (finding == Finding.UNSURE ? ", not sure" : ""));
  }

  private Finding finding(MeasuredCommit measured) {
    if (measured.commit().equals(commits.getLast())) {
      return isDifferent() ? Finding.BAD : Finding.UNSURE;
    }
    double odds = logOdds(measured);
    return Math.abs(odds) < LIKELY ? Finding.UNSURE : odds > 0 ? Finding.BAD : Finding.GOOD;
  }

  private BisectOutcome outcome(CulpritPosterior posterior, Range range) {
    double[] chances = posterior.chances();
    List<Suspect> suspects = new ArrayList<>();
    boolean isFound = true;
    for (int k = range.first(); k <= range.last(); k++) {
      suspects.add(new Suspect(commits.get(k), repository.title(commits.get(k)), chances[k]));
      isFound &= k == range.last() || state.commit(commits.get(k)).skipped().isPresent();
    }
    double effect = changeOfBad().effect();
    return new BisectOutcome(
        suspects, isFound, effect, steps(), conclusion(suspects, isFound, effect, range.chance()));
  }

  private String conclusion(List<Suspect> suspects, boolean isFound, double effect, double chance) {
    String last = suspects.getLast().words();
    if (isFound && suspects.size() == 1) {
      return String.format(
          Locale.ROOT,
          "%s made the change of %+.1f %% (chance %.1f %%).",
          last,
          100 * effect,
          100 * chance);
    }
    String oneOf =
        String.format(
            Locale.ROOT,
            "one of %d commits up to %s made the change of %+.1f %% (together %.1f %%)",
            suspects.size(),
            last,
            100 * effect,
            100 * chance);
    if (isFound) {
      return oneOf + "; the others cannot be measured.";
    }
    Suspect likeliest =
        suspects.stream().max(Comparator.comparingDouble(Suspect::chance)).orElseThrow();
    return String.format(
        Locale.ROOT,
        "%s, most likely %s (%.1f %%): more --budget, or more --pairs, goes on from the %d pairs"
            + " that are there.",
        oneOf,
        likeliest.words(),
        100 * likeliest.chance(),
        state.commits().values().stream().mapToInt(one -> one.pairs().size()).sum());
  }
}
