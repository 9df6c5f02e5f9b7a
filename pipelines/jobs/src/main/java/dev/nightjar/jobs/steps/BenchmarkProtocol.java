package dev.nightjar.jobs.steps;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.BenchmarkOutcome;
import dev.nightjar.bench.BenchmarkRunner;
import dev.nightjar.bench.Repetitions;
import dev.nightjar.bench.quiet.QuietCpu;
import dev.nightjar.jobs.gate.DisturbedRepetitions;
import dev.nightjar.jobs.gate.StoredRunGate;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Skip;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.store.run.BenchmarkFailure;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a commit's own benchmarks are measured, in whatever kind of run: only what is measured the
 * same way may enter one baseline. Every repetition is stored as soon as it is done, and what is
 * stored already is not run again; disturbed repetitions are repeated, and so is what looks
 * regressed when all else is done.
 */
public final class BenchmarkProtocol {
  /** In all: the judge looks at a run in as many parts. */
  private static final int ROUNDS_OF_SUSPECTS = 4;

  private final RunContext context;
  private final Path workTree;
  private final QuietCpu quiet;

  /**
   * For a run.
   *
   * @param workTree the commit of the run, checked out
   */
  public BenchmarkProtocol(RunContext context, Path workTree, QuietCpu quiet) {
    this.context = context;
    this.workTree = workTree;
    this.quiet = quiet;
  }

  /** Measures what is left of a benchmark. */
  public void measure(BenchmarkDefinition benchmark) throws InterruptedException {
    Repetitions repetitions = repetitions(benchmark);
    if (!repetitions.isEnough()) {
      context.database().benchmarkFailures().clear(context.run().id(), null, benchmark.name());
    }
    run(benchmark, repetitions);
    if (repetitions.planned().equals(OptionalInt.of(repetitions.next()))) {
      repeatDisturbed(benchmark, repetitions.next());
    }
  }

  /**
   * Repeats as often as repetitions were disturbed, up to half of them, once: a machine that is
   * never quiet must not keep a run from ending. The disturbed ones stay, and count less.
   */
  private void repeatDisturbed(BenchmarkDefinition benchmark, int planned)
      throws InterruptedException {
    int more =
        Math.min(
            planned / 2, DisturbedRepetitions.count(context.database(), context.run(), benchmark));
    if (more > 0) {
      context
          .listener()
          .note("Repetitions of %s were disturbed: %d more.".formatted(benchmark.name(), more));
      repeatMore(benchmark, planned + more);
    }
  }

  /**
   * Measures what looks regressed three times more, when all else is done and a passing state of
   * the machine has had time to pass: the judge wants a change to show throughout.
   */
  public void measureSuspectsAgain() throws InterruptedException {
    Set<String> suspects = suspects();
    for (BenchmarkDefinition benchmark : context.settings().benchmarks()) {
      Repetitions done = repetitions(benchmark);
      int wanted = ROUNDS_OF_SUSPECTS * done.planned().orElse(0);
      if (suspects.contains(benchmark.name()) && done.next() < wanted) {
        context
            .listener()
            .note(benchmark.name() + " looks regressed: measuring it again, to be sure.");
        repeatMore(benchmark, wanted);
      }
    }
  }

  private Set<String> suspects() {
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

  private void repeatMore(BenchmarkDefinition benchmark, int inAll) throws InterruptedException {
    BenchmarkDefinition more = benchmark.repeatedMore(inAll);
    run(more, repetitions(more));
  }

  private void run(BenchmarkDefinition benchmark, Repetitions repetitions)
      throws InterruptedException {
    SampleKeeper keeper = new SampleKeeper(context, benchmark.name(), quiet);
    note(
        context,
        null,
        benchmark.name(),
        BenchmarkRunner.run(benchmark, workTree, keeper, repetitions, quiet.cpus()));
  }

  /** Those that the run has stored. */
  private Repetitions repetitions(BenchmarkDefinition benchmark) {
    List<Sample> stored = context.database().samples().of(context.run().id());
    return Repetitions.of(
        benchmark,
        stored.stream()
            .filter(sample -> BenchmarkFailure.isOf(benchmark.name(), sample.series()))
            .toList());
  }

  /** Keeps how a benchmark or a suite ended, where it did not complete. */
  static void note(
      RunContext context, @Nullable String suite, String name, BenchmarkOutcome outcome) {
    String reason = outcome.reason() == null ? "" : outcome.reason();
    switch (outcome.end()) {
      case COMPLETED -> {}
      case SKIPPED -> context.skip(new Skip(BenchStep.NAME, name, reason));
      case FAILED, TIMED_OUT -> {
        String tail = outcome.outputTail().isBlank() ? "" : "\n" + outcome.outputTail().strip();
        context
            .database()
            .benchmarkFailures()
            .put(context.run().id(), new BenchmarkFailure(suite, name, reason + tail));
        context.listener().note("Benchmark " + name + " failed: " + reason);
      }
    }
  }
}
