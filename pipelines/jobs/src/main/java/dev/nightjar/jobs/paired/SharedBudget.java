package dev.nightjar.jobs.paired;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Shares the time of a run out among its benchmarks. Each gets an equal share at first and stops
 * when it is decided. What is left goes to those that are undecided, where it decides most: first
 * to those that look changed, and of these to those that need least.
 *
 * <p>The chance of error is spent in two halves, as what is left is not known before: the first by
 * the end of the share, the second by the end of the extension, whose length is set when it begins.
 */
final class SharedBudget {
  /** The share of the chance of error that may be spent when there may be an extension. */
  private static final double FIRST_HALF = 0.5;

  /** What is foreseen is an estimate: so much more is given. */
  private static final double MARGIN = 1.5;

  /** As much more than is left may seem to be missing, by an estimate, and be tried. */
  private static final int FAR = 3;

  private final Duration all;
  private final int benchmarks;
  private Duration left;

  SharedBudget(Duration all, int benchmarks) {
    this.all = all;
    this.benchmarks = benchmarks;
    left = all;
  }

  /** Measures some time. */
  interface Measuring {
    void measure(PairedBenchmark benchmark, Duration time, double upTo) throws InterruptedException;
  }

  void first(PairedBenchmark benchmark, Measuring measuring) throws InterruptedException {
    double upTo = benchmarks == 1 ? 1 : FIRST_HALF;
    measuring.measure(benchmark, all.dividedBy(benchmarks), upTo);
    left = left.minus(benchmark.used());
  }

  void extend(List<PairedBenchmark> measured, Measuring measuring) throws InterruptedException {
    if (benchmarks == 1) {
      return;
    }
    for (PairedBenchmark benchmark : worthIt(measured)) {
      Duration missing = benchmark.missing().orElse(Duration.ZERO);
      if (left.isPositive() && missing.compareTo(left.multipliedBy(FAR)) <= 0) {
        Duration before = benchmark.used();
        Duration time = Duration.ofNanos((long) (missing.toNanos() * MARGIN));
        measuring.measure(benchmark, time.compareTo(left) < 0 ? time : left, 1);
        left = left.minus(benchmark.used().minus(before));
      }
    }
  }

  private static List<PairedBenchmark> worthIt(List<PairedBenchmark> measured) {
    List<PairedBenchmark> open = new ArrayList<>();
    for (PairedBenchmark benchmark : measured) {
      Optional<Duration> missing = benchmark.missing();
      if (missing.isPresent() && missing.get().isPositive()) {
        open.add(benchmark);
      }
    }
    open.sort(
        Comparator.comparing((PairedBenchmark one) -> !one.looksChanged())
            .thenComparing(one -> one.missing().orElse(Duration.ZERO)));
    return open;
  }
}
