package dev.nightjar.jobs.paired;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.BenchmarkOutcome;
import dev.nightjar.bench.InterleavedRunner;
import dev.nightjar.gate.PairedComparison;
import dev.nightjar.jobs.quiet.QuietCpu;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Skip;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures one benchmark in two versions in turns until all of its series are decided, or the time
 * is over.
 */
class PairedBenchmark implements InterleavedRunner.PairObserver {
  private static final int FEWEST_PAIRS = 16;

  /** Makes the comparison of a series. */
  interface Comparer {
    /**
     * A comparison.
     *
     * @param series how many series share the benchmark's error
     */
    PairedComparison compare(Series one, int series, int mostPairs);
  }

  private final BenchmarkDefinition definition;
  private final Duration budget;
  private final int mostPairs;
  private final double shift;
  private final Comparer comparer;
  private final Consumer<String> notes;
  private final LongSupplier clockNanos;
  private final SequencedMap<Series, PairedSeries> compared = new LinkedHashMap<>();
  private final Set<Series> onlyInHead = new LinkedHashSet<>();
  private final OneCpu oneCpu = new OneCpu();
  private final Set<Series> onlyInBase = new LinkedHashSet<>();
  private final Map<String, String> failedInHead = new LinkedHashMap<>();
  private @Nullable QuietCpu quiet;
  private long beganNanos;

  PairedBenchmark(
      BenchmarkDefinition definition,
      Duration budget,
      int mostPairs,
      double shift,
      Comparer comparer,
      Consumer<String> notes,
      LongSupplier clockNanos) {
    this.definition = definition;
    this.budget = budget;
    this.mostPairs = mostPairs;
    this.shift = shift;
    this.comparer = comparer;
    this.notes = notes;
    this.clockNanos = clockNanos;
  }

  /**
   * Measures; how it ended is told, and what was compared by {@link #series}.
   *
   * @param quietCpu what both versions' programs get
   */
  BenchmarkOutcome run(Path base, Path head, QuietCpu quietCpu) throws InterruptedException {
    quiet = quietCpu;
    beganNanos = clockNanos.getAsLong();
    BenchmarkOutcome outcome =
        InterleavedRunner.run(definition, base, head, mostPairs, budget, this);
    compared.values().forEach(PairedSeries::finish);
    return outcome;
  }

  List<PairedSeries> series() {
    return List.copyOf(compared.values());
  }

  /** What the base gives and the head does not. */
  Set<Series> onlyInBase() {
    return onlyInBase;
  }

  /** Benchmarks that the head's result files say failed, with the reason. */
  Map<String, String> failedInHead() {
    return failedInHead;
  }

  /** What the head gives and the base does not. */
  Set<Series> onlyInHead() {
    return onlyInHead;
  }

  @Override
  public boolean pairDone(int pair, List<Sample> base, List<Sample> head) {
    if (compared.isEmpty() && onlyInHead.isEmpty()) {
      begin(base, head);
    }
    oneCpu.pairDone(base, head);
    double timeShare = (double) (clockNanos.getAsLong() - beganNanos) / budget.toNanos();
    Map<Series, List<Sample>> ofBase = bySeries(base);
    Map<Series, List<Sample>> ofHead = bySeries(head);
    compared.forEach((series, paired) ->
        paired.add(
            ofBase.getOrDefault(series, List.of()),
            ofHead.getOrDefault(series, List.of()),
            timeShare));
    return compared.values().stream().allMatch(PairedSeries::isDecided);
  }

  private void begin(List<Sample> firstBase, List<Sample> firstHead) {
    Map<Series, List<Sample>> base = bySeries(firstBase);
    Map<Series, List<Sample>> head = bySeries(firstHead);
    onlyInHead.addAll(head.keySet());
    onlyInHead.removeAll(base.keySet());
    onlyInBase.addAll(base.keySet());
    onlyInBase.removeAll(head.keySet());
    List<Series> both = new ArrayList<>(base.keySet());
    both.retainAll(head.keySet());
    int most = Math.max(FEWEST_PAIRS, mostPairs);
    boolean isTimed = definition.results() == null && definition.extracted().isEmpty();
    for (Series one : both) {
      compared.put(
          one, new PairedSeries(one, isTimed, comparer.compare(one, both.size(), most), shift));
    }
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

  @Override
  public void skipped(Skip skip) {
    notes.accept(skip.subject() + ": " + skip.reason());
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
  public void failedInHead(String benchmark, String reason) {
    failedInHead.putIfAbsent(benchmark, reason);
  }
}
