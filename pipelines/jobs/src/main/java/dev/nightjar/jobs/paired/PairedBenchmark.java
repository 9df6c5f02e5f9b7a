package dev.nightjar.jobs.paired;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.InterleavedOutcome;
import dev.nightjar.bench.InterleavedOutcome.FailedRun;
import dev.nightjar.bench.InterleavedOutcome.Side;
import dev.nightjar.bench.InterleavedRunner;
import dev.nightjar.bench.OnFailure;
import dev.nightjar.bench.Placement;
import dev.nightjar.bench.quantity.Measured;
import dev.nightjar.bench.quiet.QuietCpu;
import dev.nightjar.gate.pairs.TurnComparison;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Skip;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures one benchmark in two versions until all of its series are decided, or the time is over:
 * side by side where that is true to the programs ({@link Duet}), else in turns.
 *
 * <p>A benchmark may be so slow that its time has no room for the fewest pairs that can decide
 * anything. These are measured all the same if they take no more than {@value #BEYOND_BUDGET} times
 * the time of the whole run; else it ends with the first pair, which tells what budget is needed.
 */
class PairedBenchmark implements InterleavedRunner.PairObserver {
  private static final int FEWEST_OF_BUDGET = 16;

  /** What the fewest pairs may take, in times of the whole run. */
  private static final int BEYOND_BUDGET = 3;

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
  private final List<FailedRun> failures = new ArrayList<>();
  private final Set<String> told = new HashSet<>();
  private Duet duet;
  private @Nullable QuietCpu quiet;
  private @Nullable FailedRun ending;
  private int pairs;
  private int leftOut;
  private long runningNanos;
  private Stage stage;
  private long usedBeforeNanos;
  private long usedNanos;

  /**
   * A part of the time.
   *
   * @param upTo the share of the chance of error that is spent by its end, 1 for all
   */
  private record Stage(long beganNanos, Duration budget, double from, double upTo) {
    double share(long nowNanos) {
      return from + (upTo - from) * (nowNanos - beganNanos) / budget.toNanos();
    }
  }

  /**
   * A benchmark.
   *
   * @param budget the time of the whole run
   */
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
    duet = new Duet(null, definition.mayBeDuet());
    stage = new Stage(clockNanos.getAsLong(), budget, 0, 1);
    failed.put(Side.BASE, new LinkedHashMap<>());
    failed.put(Side.HEAD, new LinkedHashMap<>());
  }

  /**
   * Measures for some time, or goes on; what was compared is told by {@link #series}.
   *
   * @param quietCpu what both versions' programs get
   * @param time for this call
   * @param upTo the share of the chance of error that this call may spend, with those before it
   */
  void measure(Path base, Path head, QuietCpu quietCpu, Duration time, double upTo)
      throws InterruptedException {
    if (pairs == 0) {
      duet = new Duet(quietCpu.cpus(), definition.mayBeDuet());
    }
    quiet = quietCpu;
    usedBeforeNanos = usedNanos;
    stage = new Stage(clockNanos.getAsLong(), time, pairs == 0 ? 0 : stage.upTo, upTo);
    InterleavedOutcome outcome =
        InterleavedRunner.run(definition, base, head, pairs, mostPairs, time, this);
    failures.addAll(outcome.failures());
    ending = outcome.ending();
    if (upTo < 1) {
      compared.values().forEach(one -> one.pause(upTo));
    }
  }

  /** Decides with what there is. */
  void finish() {
    compared.values().forEach(PairedSeries::finish);
    tellOfFlakes();
  }

  private void tellOfFlakes() {
    for (Side side : Side.values()) {
      List<FailedRun> ofSide = failures.stream().filter(failure -> failure.side() == side).toList();
      if (!ofSide.isEmpty()) {
        note(
            "%s failed %d times beside %d good pairs (%s); each time the whole pair was left"
                    .formatted(side.words(), ofSide.size(), pairs, ofSide.getFirst().reason())
                + " out and measured again.");
      }
    }
  }

  String name() {
    return definition.name();
  }

  BenchmarkDefinition definition() {
    return definition;
  }

  /** What ended it, if it was not time or enough pairs. */
  Optional<FailedRun> ending() {
    return Optional.ofNullable(ending);
  }

  /** The time that it has used. */
  Duration used() {
    return Duration.ofNanos(usedNanos);
  }

  /** The time that would decide it, by what is known; nothing where no time would. */
  Optional<Duration> missing() {
    double missing = series().stream().mapToDouble(PairedSeries::pairsMissing).max().orElse(0);
    double wanted = pairs + missing > mostPairs ? Double.POSITIVE_INFINITY : missing;
    double nanos = turnTime().toNanos() * wanted;
    return ending != null || nanos > Long.MAX_VALUE
        ? Optional.empty()
        : Optional.of(Duration.ofNanos((long) nanos));
  }

  /** Whether it is undecided, and looks changed so far. */
  boolean looksChanged() {
    return series().stream().anyMatch(PairedSeries::looksChanged);
  }

  private synchronized void note(String sentence) {
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
    boolean isFirstTogether = duet.pairDone(base, head);
    Map<Series, List<Sample>> ofBase = bySeries(base);
    Map<Series, List<Sample>> ofHead = bySeries(head);
    meet(ofBase.keySet(), ofHead.keySet());
    double timeShare = timeShare();
    compared.forEach((series, paired) ->
        paired.add(
            ofBase.getOrDefault(series, List.of()),
            ofHead.getOrDefault(series, List.of()),
            timeShare));
    if (isFirstTogether) {
      restart(true);
    } else if (series().stream().anyMatch(PairedSeries::isUnfit)) {
      duet.part();
      restart(false);
    }
    return !series().isEmpty() && series().stream().allMatch(PairedSeries::isDecided);
  }

  private void restart(boolean together) {
    compared.values().forEach(one -> one.restart(together));
    leftOut = pairs;
  }

  /** What has run side by side long enough to be compared can do so: then it is a failure. */
  @Override
  public boolean togetherFailed(FailedRun failure) {
    if (compared.values().stream().anyMatch(PairedSeries::isCompared)) {
      return false;
    }
    note(
        "%s, side by side with the other version: from here on they run in turns, and so they do"
                .formatted(failure.side().words() + " failed, " + failure.reason())
            + " from the beginning with 'duet: off'.");
    duet.part();
    restart(false);
    return true;
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
    long now = clockNanos.getAsLong();
    usedNanos = usedBeforeNanos + now - stage.beganNanos;
    double share = stage.share(now);
    if (pairs >= fewestPairs()) {
      return stage.upTo < 1 ? Math.min(stage.upTo, share) : share;
    }
    if (share >= stage.upTo) {
      note(
          "one pair takes %s, so the %s for it have room for too few: the %d are measured that"
                  .formatted(words(pairTime()), words(stage.budget), fewestPairs())
              + " can decide anything.");
    }
    return Math.min(NEARLY_ALL * stage.upTo, share);
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
        : leftOut + fewest;
  }

  private static Map<Series, List<Sample>> bySeries(List<Sample> samples) {
    Map<Series, List<Sample>> bySeries = new LinkedHashMap<>();
    samples.forEach(sample ->
        bySeries.computeIfAbsent(sample.series(), series -> new ArrayList<>()).add(sample));
    return bySeries;
  }

  @Override
  public Placement placement(int pair) {
    return duet.placement(pair);
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
      quiet.ended(pid);
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
