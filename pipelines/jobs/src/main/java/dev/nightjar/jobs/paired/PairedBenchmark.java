package dev.nightjar.jobs.paired;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.InterleavedOutcome;
import dev.nightjar.bench.InterleavedOutcome.FailedRun;
import dev.nightjar.bench.InterleavedOutcome.Side;
import dev.nightjar.bench.InterleavedRunner;
import dev.nightjar.bench.OnFailure;
import dev.nightjar.bench.quantity.Measured;
import dev.nightjar.bench.quiet.QuietCpu;
import dev.nightjar.gate.decision.TurnComparison;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Skip;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures one benchmark in two versions in turns until all of its series are decided, or the time
 * is over.
 *
 * <p>A benchmark may be so slow that the budget has no room for the fewest pairs that can decide
 * anything. These are measured all the same if they take no more than {@value #BEYOND_BUDGET} times
 * the budget; else it ends with the first pair, which tells what budget is needed.
 */
class PairedBenchmark implements InterleavedRunner.PairObserver {
  private static final int FEWEST_OF_BUDGET = 16;
  private static final int BEYOND_BUDGET = 10;

  /** Time that is not used up while pairs are wanted beyond it. */
  private static final double NEARLY_ALL = 0.99;

  /** Makes the comparison of a series. */
  interface Comparer {
    /**
     * A comparison.
     *
     * @param series how many series share the benchmark's error
     */
    TurnComparison compare(Series one, int series, int mostPairs);
  }

  /** How often a result file said that one of its benchmarks failed, and why at first. */
  record ToldFailure(int times, String reason) {}

  private final BenchmarkDefinition definition;
  private final Duration budget;
  private final int mostPairs;
  private final Comparer comparer;
  private final Consumer<String> notes;
  private final LongSupplier clockNanos;
  private final SequencedMap<Series, PairedSeries> compared = new LinkedHashMap<>();
  private final Map<Side, SequencedMap<String, ToldFailure>> failed = new EnumMap<>(Side.class);
  private final Set<String> told = new HashSet<>();
  private final OneCpu oneCpu = new OneCpu();
  private @Nullable QuietCpu quiet;
  private int pairs;
  private long runningNanos;
  private long beganNanos;
  private long usedNanos;

  PairedBenchmark(
      BenchmarkDefinition definition,
      Duration budget,
      int mostPairs,
      Comparer comparer,
      Consumer<String> notes,
      LongSupplier clockNanos) {
    this.definition = definition;
    this.budget = budget;
    this.mostPairs = mostPairs;
    this.comparer = comparer;
    this.notes = notes;
    this.clockNanos = clockNanos;
    failed.put(Side.BASE, new LinkedHashMap<>());
    failed.put(Side.HEAD, new LinkedHashMap<>());
  }

  /**
   * Measures; how it ended is told, and what was compared by {@link #series}.
   *
   * @param quietCpu what both versions' programs get
   */
  InterleavedOutcome run(Path base, Path head, QuietCpu quietCpu) throws InterruptedException {
    quiet = quietCpu;
    beganNanos = clockNanos.getAsLong();
    InterleavedOutcome outcome =
        InterleavedRunner.run(definition, base, head, mostPairs, budget, this);
    compared.values().forEach(PairedSeries::finish);
    tellOfFlakes(outcome);
    return outcome;
  }

  private void tellOfFlakes(InterleavedOutcome outcome) {
    for (Side side : Side.values()) {
      outcome.failures().stream()
          .filter(failure -> failure.side() == side)
          .findFirst()
          .map(FailedRun::reason)
          .ifPresent(reason ->
              note(
                  "%s failed %d times beside %d good pairs (%s); each time the whole pair was left"
                          .formatted(
                              side.words(), outcome.failuresOf(side), outcome.pairs(), reason)
                      + " out and measured again."));
    }
  }

  private void note(String sentence) {
    if (told.add(sentence)) {
      notes.accept(definition.name() + ": " + sentence);
    }
  }

  /** What both versions gave. */
  List<PairedSeries> series() {
    return compared.values().stream().filter(one -> one.pairs() > 0).toList();
  }

  /** What that version gives and the other never did. */
  List<Series> onlyIn(Side side) {
    Side other = side == Side.BASE ? Side.HEAD : Side.BASE;
    return compared.values().stream()
        .filter(one -> one.pairs() == 0 && one.lacking(other) > 0)
        .map(PairedSeries::series)
        .toList();
  }

  /** Benchmarks that result files of a version say failed too often to be compared. */
  Map<String, String> failedIn(Side side) {
    Map<String, String> reasons = new LinkedHashMap<>();
    toldFailures(side)
        .forEach((name, failure) -> {
          if (failure.times == pairs || InterleavedOutcome.isTooOften(failure.times, pairs)) {
            reasons.put(name, failure.reason);
          } else {
            note(
                "%s failed %d times in %s beside %d good pairs (%s); those pairs are left out."
                    .formatted(
                        name, failure.times, side.words(), pairs - failure.times, failure.reason));
          }
        });
    return reasons;
  }

  private SequencedMap<String, ToldFailure> toldFailures(Side side) {
    return failed.getOrDefault(side, new LinkedHashMap<>());
  }

  /** What both runs of a pair take in the mean, set-up and warm-ups left out. */
  Duration pairTime() {
    return Duration.ofNanos(runningNanos / Math.max(1, pairs));
  }

  /** What a pair takes in the mean of the time that the budget counts. */
  Duration turnTime() {
    return Duration.ofNanos(usedNanos / Math.max(1, pairs));
  }

  @Override
  public boolean pairDone(int pair, List<Sample> base, List<Sample> head) {
    pairs++;
    runningNanos += wallNanos(base) + wallNanos(head);
    oneCpu.pairDone(base, head);
    Map<Series, List<Sample>> ofBase = bySeries(base);
    Map<Series, List<Sample>> ofHead = bySeries(head);
    meet(ofBase.keySet(), ofHead.keySet());
    double timeShare = timeShare();
    compared.forEach((series, paired) ->
        paired.add(
            ofBase.getOrDefault(series, List.of()),
            ofHead.getOrDefault(series, List.of()),
            timeShare));
    return !series().isEmpty() && series().stream().allMatch(PairedSeries::isDecided);
  }

  /** Of all runs that gave them: instruments may need one of their own. */
  private static long wallNanos(List<Sample> samples) {
    Map<Instant, Long> runs = new HashMap<>();
    samples.forEach(sample -> runs.put(sample.startedAt(), sample.wallNanos()));
    return runs.values().stream().mapToLong(Long::longValue).sum();
  }

  private void meet(Set<Series> ofBase, Set<Series> ofHead) {
    List<Series> all = new ArrayList<>(ofBase);
    all.retainAll(ofHead);
    int both = all.size();
    all.addAll(ofBase);
    all.addAll(ofHead);
    int most = Math.max(FEWEST_OF_BUDGET, mostPairs);
    for (Series one : all) {
      if (!compared.containsKey(one)) {
        int family = Math.max(both, compared.size() + 1);
        compared.put(
            one,
            new PairedSeries(one, definition.isTime(one), comparer.compare(one, family, most)));
      }
    }
  }

  private double timeShare() {
    usedNanos = clockNanos.getAsLong() - beganNanos;
    double used = usedNanos;
    boolean isShort = pairs < fewestPairs();
    if (isShort && used >= budget.toNanos()) {
      note(
          "one pair takes %s, so the budget of %s has room for too few: the %d are measured that"
                  .formatted(words(pairTime()), words(budget), fewestPairs())
              + " can decide anything.");
    }
    double share = used / budget.toNanos();
    return isShort ? Math.min(NEARLY_ALL, share) : share;
  }

  /** A duration for people. */
  static String words(Duration duration) {
    return duration.toSeconds() < 120
        ? String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0)
        : duration.plusSeconds(59).toMinutes() + " min";
  }

  @Override
  public int fewestPairs() {
    int fewest =
        compared.values().stream().mapToInt(one -> one.comparison().fewestPairs()).max().orElse(1);
    return pairTime().multipliedBy(fewest).compareTo(budget.multipliedBy(BEYOND_BUDGET)) > 0
        ? 1
        : fewest;
  }

  private static Map<Series, List<Sample>> bySeries(List<Sample> samples) {
    Map<Series, List<Sample>> bySeries = new LinkedHashMap<>();
    samples.forEach(sample ->
        bySeries.computeIfAbsent(sample.series(), series -> new ArrayList<>()).add(sample));
    return bySeries;
  }

  @Override
  public @Nullable BitSet cpus(int pair) {
    BitSet named = quiet == null ? null : quiet.cpus();
    return named == null ? oneCpu.cpus(pair) : named;
  }

  /** What is decided needs no more runs, which of instruments may take long. */
  @Override
  public boolean wants(Measured what) {
    List<PairedSeries> ofIt =
        compared.values().stream().filter(one -> what.gives(one.series())).toList();
    return ofIt.isEmpty() || !ofIt.stream().allMatch(PairedSeries::isDecided);
  }

  @Override
  public void skipped(Skip skip) {
    note(skip.subject() + ": " + skip.reason());
  }

  @Override
  public void processStarted(long pid) {
    if (quiet != null) {
      quiet.started(pid);
    }
  }

  @Override
  public void processEnded(long pid) {
    if (quiet != null) {
      quiet.ended();
    }
  }

  @Override
  public void failed(Side side, String benchmark, String reason) {
    if (definition.onFailure() == OnFailure.FAIL) {
      toldFailures(side)
          .merge(
              benchmark,
              new ToldFailure(1, reason),
              (before, now) -> new ToldFailure(before.times + 1, before.reason));
    } else {
      note(benchmark + " failed in " + side.words() + ": " + reason);
    }
  }
}
