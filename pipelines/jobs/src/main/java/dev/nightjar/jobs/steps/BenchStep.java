package dev.nightjar.jobs.steps;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.BenchmarkOutcome;
import dev.nightjar.bench.BenchmarkRunner;
import dev.nightjar.bench.suites.Suites;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Skip;
import dev.nightjar.store.BenchmarkFailure;
import dev.nightjar.store.HeldLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the benchmarks that the settings name, alone on this host. Every repetition is stored as
 * soon as it is done, and what is stored already is not run again.
 */
public final class BenchStep implements PipelineStep {
  static final String NAME = "bench";

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration LOCK_PATIENCE = Duration.ofHours(6);

  @Override
  public String run(RunContext context) throws Exception {
    List<BenchmarkDefinition> benchmarks = context.settings().benchmarks();
    List<String> suites = context.settings().suites();
    if (benchmarks.isEmpty() && suites.isEmpty()) {
      context.skip(new Skip(NAME, "benchmarks", "nightjar.yaml names no benchmark and no suite"));
      return "nothing to measure";
    }
    try (HeldLock _ = hostLock(context)) {
      context.database().benchmarkFailures().clear(context.run().id());
      int total = benchmarks.size() + suites.size();
      int done = 0;
      for (BenchmarkDefinition benchmark : benchmarks) {
        context.observer().progressed(NAME, "benchmarks", done++, total);
        measure(context, benchmark);
      }
      for (String suite : suites) {
        context.observer().progressed(NAME, "benchmarks", done++, total);
        measure(context, suite);
      }
    }
    return summary(context);
  }

  private static String summary(RunContext context) {
    List<Sample> samples = context.database().samples().of(context.run().id());
    long series = samples.stream().map(Sample::series).distinct().count();
    int failed = context.database().benchmarkFailures().of(context.run().id()).size();
    return "%,d samples of %,d series%s"
        .formatted(samples.size(), series, failed == 0 ? "" : ", " + failed + " benchmarks failed");
  }

  /** Two benchmarks at once on a host measure each other. */
  private static HeldLock hostLock(RunContext context) throws InterruptedException {
    String name = "benchmarks of host " + context.run().hostId();
    String owner = "process " + ProcessHandle.current().pid();
    long deadline = System.nanoTime() + LOCK_PATIENCE.toNanos();
    boolean wasTold = false;
    while (System.nanoTime() - deadline < 0) {
      Optional<HeldLock> lock = context.database().locks().tryAcquire(name, owner);
      if (lock.isPresent()) {
        return lock.get();
      }
      if (!wasTold) {
        String holder = context.database().locks().lastOwner(name).orElse("another process");
        context.observer().noted("Waiting for the benchmarks of " + holder + " on this host.");
        wasTold = true;
      }
      Thread.sleep(LOOK_AGAIN);
    }
    throw new Failure.Unavailable(
        "Another run has measured on this host for "
            + LOCK_PATIENCE.toHours()
            + " hours: see whether it hangs, end it, and go on with 'nightjar run --resume'.");
  }

  private static void measure(RunContext context, BenchmarkDefinition benchmark)
      throws InterruptedException {
    Optional<Path> workTree = context.repository().workTree();
    if (workTree.isEmpty()) {
      context.skip(
          new Skip(
              NAME,
              benchmark.name(),
              "the repository is bare: there is no work tree to run it in"));
      return;
    }
    BenchmarkOutcome outcome =
        BenchmarkRunner.run(
            benchmark,
            workTree.get(),
            new SampleKeeper(context, benchmark.name()),
            nextRepetition(context, benchmark),
            null);
    note(context, null, benchmark.name(), outcome);
  }

  private static int nextRepetition(RunContext context, BenchmarkDefinition benchmark) {
    return context.database().samples().of(context.run().id()).stream()
        .filter(sample -> BenchmarkFailure.isOf(benchmark.name(), sample.series()))
        .mapToInt(Sample::ordinal)
        .max()
        .stream()
        .map(highest -> BenchmarkRunner.repetitionAfter(benchmark, highest))
        .findFirst()
        .orElse(0);
  }

  private static void note(
      RunContext context, @Nullable String suite, String name, BenchmarkOutcome outcome) {
    String reason = outcome.reason() == null ? "" : outcome.reason();
    switch (outcome.end()) {
      case COMPLETED -> {}
      case SKIPPED -> context.skip(new Skip(NAME, name, reason));
      case FAILED, TIMED_OUT -> {
        String tail = outcome.outputTail().isBlank() ? "" : "\n" + outcome.outputTail().strip();
        context
            .database()
            .benchmarkFailures()
            .put(context.run().id(), new BenchmarkFailure(suite, name, reason + tail));
        context.observer().noted("Benchmark " + name + " failed: " + reason);
      }
    }
  }

  private static void measure(RunContext context, String suite) throws InterruptedException {
    boolean isMeasured =
        context.database().samples().of(context.run().id()).stream()
            .anyMatch(sample -> suite.equals(sample.series().benchmark().suite()));
    if (!isMeasured) {
      note(context, suite, suite, Suites.run(suite, new SampleKeeper(context, suite)));
    }
  }
}
