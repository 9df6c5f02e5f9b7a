package dev.nightjar.jobs.steps;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.BenchmarkOutcome;
import dev.nightjar.bench.BenchmarkRunner;
import dev.nightjar.bench.Repetitions;
import dev.nightjar.bench.suites.Suites;
import dev.nightjar.jobs.gate.DisturbedRepetitions;
import dev.nightjar.jobs.gate.StoredRunGate;
import dev.nightjar.jobs.quiet.QuietCpu;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Skip;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.store.BenchmarkFailure;
import dev.nightjar.store.Database;
import dev.nightjar.store.HeldLock;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Runs the benchmarks that the settings name, alone on this host. Every repetition is stored as
 * soon as it is done, and what is stored already is not run again.
 */
public final class BenchStep implements PipelineStep {
  static final String NAME = "bench";

  /** In all: the judge looks at a run in as many parts. */
  private static final int ROUNDS_OF_SUSPECTS = 4;

  @Override
  public String run(RunContext context) throws Exception {
    List<BenchmarkDefinition> benchmarks = context.settings().benchmarks();
    List<String> suites = context.settings().suites();
    if (benchmarks.isEmpty() && suites.isEmpty()) {
      context.skip(new Skip(NAME, "benchmarks", "nightjar.yaml names no benchmark and no suite"));
      return "nothing to measure";
    }
    try (HeldLock _ = Turn.ofHost(context.database(), context.observer());
        QuietCpu quiet = QuietCpu.open(context.settings().quiet(), context::skip)) {
      int total = benchmarks.size() + suites.size();
      int done = 0;
      for (BenchmarkDefinition benchmark : benchmarks) {
        context.observer().progressed(NAME, "benchmarks", done++, total);
        measure(context, benchmark, quiet);
      }
      for (String suite : suites) {
        context.observer().progressed(NAME, "benchmarks", done++, total);
        measure(context, suite, quiet);
      }
      measureSuspectsAgain(context, quiet);
      return summary(context, quiet);
    }
  }

  /**
   * Measures what looks regressed three times more, when all else is done and a passing state of
   * the machine has had time to pass: the judge wants a change to show throughout.
   */
  private static void measureSuspectsAgain(RunContext context, QuietCpu quiet)
      throws InterruptedException {
    Optional<Path> workTree = context.repository().workTree();
    if (workTree.isEmpty()) {
      return;
    }
    Set<String> suspects = suspects(context);
    for (BenchmarkDefinition benchmark : context.settings().benchmarks()) {
      Repetitions done = repetitions(context.database(), context.run().id(), benchmark);
      int wanted = ROUNDS_OF_SUSPECTS * done.planned().orElse(0);
      if (suspects.contains(benchmark.name()) && done.next() < wanted) {
        context
            .observer()
            .noted(benchmark.name() + " looks regressed: measuring it again, to be sure.");
        repeatMore(
            context,
            benchmark,
            wanted,
            workTree.get(),
            new SampleKeeper(context, benchmark.name(), quiet),
            quiet);
      }
    }
  }

  private static Set<String> suspects(RunContext context) {
    Set<String> suspects = new HashSet<>();
    new StoredRunGate(context.database(), context.repository(), context.settings(), context.gate())
        .judge(context.run()).verdicts().stream()
            .filter(verdict -> verdict.kind() == VerdictKind.REGRESSED)
            .forEach(verdict ->
                context.settings().benchmarks().stream()
                    .map(BenchmarkDefinition::name)
                    .filter(name -> BenchmarkFailure.isOf(name, verdict.series()))
                    .forEach(suspects::add));
    return suspects;
  }

  private static String summary(RunContext context, QuietCpu quiet) {
    List<Sample> samples = context.database().samples().of(context.run().id());
    long series = samples.stream().map(Sample::series).distinct().count();
    int failed = context.database().benchmarkFailures().of(context.run().id()).size();
    return "%,d samples of %,d series%s%s"
        .formatted(
            samples.size(),
            series,
            failed == 0 ? "" : ", " + failed + " benchmarks failed",
            quiet.boosted() == 0 ? "" : ", %,d programs boosted".formatted(quiet.boosted()));
  }

  private static void measure(RunContext context, BenchmarkDefinition benchmark, QuietCpu quiet)
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
    Repetitions repetitions = repetitions(context.database(), context.run().id(), benchmark);
    if (!repetitions.isEnough()) {
      context.database().benchmarkFailures().clear(context.run().id(), null, benchmark.name());
    }
    SampleKeeper keeper = new SampleKeeper(context, benchmark.name(), quiet);
    BenchmarkOutcome outcome =
        BenchmarkRunner.run(benchmark, workTree.get(), keeper, repetitions, quiet.cpus());
    note(context, null, benchmark.name(), outcome);
    if (repetitions.planned().equals(OptionalInt.of(repetitions.next()))) {
      repeatDisturbed(context, benchmark, repetitions.next(), workTree.get(), keeper, quiet);
    }
  }

  /**
   * Repeats as often as repetitions were disturbed, up to half of them, once: a machine that is
   * never quiet must not keep a run from ending. The disturbed ones stay, and count less.
   */
  private static void repeatDisturbed(
      RunContext context,
      BenchmarkDefinition benchmark,
      int planned,
      Path workTree,
      SampleKeeper keeper,
      QuietCpu quiet)
      throws InterruptedException {
    int more =
        Math.min(
            planned / 2, DisturbedRepetitions.count(context.database(), context.run(), benchmark));
    if (more > 0) {
      context
          .observer()
          .noted("Repetitions of %s were disturbed: %d more.".formatted(benchmark.name(), more));
      repeatMore(context, benchmark, planned + more, workTree, keeper, quiet);
    }
  }

  private static void repeatMore(
      RunContext context,
      BenchmarkDefinition benchmark,
      int inAll,
      Path workTree,
      SampleKeeper keeper,
      QuietCpu quiet)
      throws InterruptedException {
    BenchmarkDefinition more = benchmark.repeatedMore(inAll);
    Repetitions done = repetitions(context.database(), context.run().id(), more);
    note(
        context,
        null,
        benchmark.name(),
        BenchmarkRunner.run(more, workTree, keeper, done, quiet.cpus()));
  }

  /** The repetitions of a benchmark that a run has stored. */
  public static Repetitions repetitions(
      Database database, UUID runId, BenchmarkDefinition benchmark) {
    return Repetitions.of(
        benchmark,
        database.samples().of(runId).stream()
            .filter(sample -> BenchmarkFailure.isOf(benchmark.name(), sample.series()))
            .toList());
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

  private static void measure(RunContext context, String suite, QuietCpu quiet)
      throws InterruptedException {
    boolean isMeasured =
        context.database().samples().of(context.run().id()).stream()
            .anyMatch(sample -> suite.equals(sample.series().benchmark().suite()));
    if (!isMeasured) {
      context.database().benchmarkFailures().clear(context.run().id(), suite, suite);
      note(
          context,
          suite,
          suite,
          Suites.run(suite, new SampleKeeper(context, suite, quiet), quiet.cpus()));
    }
  }
}
