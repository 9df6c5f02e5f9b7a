package dev.nightjar.jobs.steps;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.BenchmarkOutcome;
import dev.nightjar.bench.BenchmarkOutcome.End;
import dev.nightjar.bench.Repetitions;
import dev.nightjar.bench.quiet.QuietCpu;
import dev.nightjar.bench.suites.SuiteCase;
import dev.nightjar.bench.suites.Suites;
import dev.nightjar.gate.decision.Doubt;
import dev.nightjar.jobs.gate.DisturbedRepetitions;
import dev.nightjar.jobs.gate.StoredRunGate;
import dev.nightjar.model.Device;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Skip;
import dev.nightjar.model.Verdict;
import dev.nightjar.store.run.BenchmarkFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;

/**
 * How a commit's own benchmarks, and the host's suites, are measured, in whatever kind of run: only
 * what is measured the same way may enter one baseline. Every repetition is stored as soon as it is
 * done, and what is stored already is not run again; disturbed repetitions are repeated, and so is
 * what looks regressed when all else is done.
 */
public final class BenchmarkProtocol {
  /** In all: the judge looks at a run in as many parts. */
  private static final int ROUNDS_OF_DOUBTFUL = 4;

  private final RunContext context;
  private final QuietCpu quiet;
  private final List<Measurable> measured = new ArrayList<>();

  /** For a run. */
  public BenchmarkProtocol(RunContext context, QuietCpu quiet) {
    this.context = context;
    this.quiet = quiet;
  }

  /**
   * Measures what is left of a benchmark.
   *
   * @param workTree the commit of the run, checked out
   */
  public void measure(BenchmarkDefinition benchmark, Path workTree) throws InterruptedException {
    Measurable one = new Measurable.OfUser(benchmark, workTree);
    if (!repetitions(one).isEnough()) {
      context.database().benchmarkFailures().clear(context.run().id(), null, benchmark.name());
    }
    measure(one);
  }

  /** Whether nothing is left of a benchmark to measure. */
  public boolean isMeasured(BenchmarkDefinition benchmark, Path workTree) {
    return repetitions(new Measurable.OfUser(benchmark, workTree)).isEnough();
  }

  /** Keeps that a benchmark could not be begun, unless it is measured. */
  public void fail(BenchmarkDefinition benchmark, Path workTree, String reason) {
    Measurable one = new Measurable.OfUser(benchmark, workTree);
    if (!isMeasured(benchmark, workTree)) {
      note(one, new BenchmarkOutcome(End.FAILED, 0, reason, null, "", List.of()));
    }
  }

  /** Measures what is left of a suite, case by case. */
  public void measureSuite(String name) throws InterruptedException {
    BitSet cpus = quiet.cpus();
    int threads = cpus == null ? Runtime.getRuntime().availableProcessors() : cpus.cardinality();
    List<SuiteCase> cases = Suites.named(name).cases(List.of(Device.CPU), threads);
    if (cases.isEmpty()) {
      context.skip(new Skip(BenchStep.NAME, name, "this host has no device that it can measure"));
    }
    List<Measurable> all = new ArrayList<>();
    cases.forEach(one -> all.add(new Measurable.OfSuite(one, cases.size() == 1, 1)));
    if (all.stream().anyMatch(one -> !repetitions(one).isEnough())) {
      context.database().benchmarkFailures().clear(context.run().id(), name, name);
    }
    for (Measurable one : all) {
      measure(one);
    }
  }

  private void measure(Measurable one) throws InterruptedException {
    Repetitions repetitions = repetitions(one);
    run(one, repetitions);
    if (repetitions.planned().equals(OptionalInt.of(repetitions.next()))) {
      repeatDisturbed(one, repetitions.next());
    }
    measured.add(one);
  }

  /**
   * Repeats as often as repetitions were disturbed, up to half of them, once: a machine that is
   * never quiet must not keep a run from ending. The disturbed ones stay, and count less.
   */
  private void repeatDisturbed(Measurable one, int planned) throws InterruptedException {
    int more =
        Math.min(
            planned / 2, DisturbedRepetitions.count(context.database(), context.run(), one::gives));
    if (more > 0) {
      context
          .listener()
          .note("Repetitions of %s were disturbed: %d more.".formatted(one.name(), more));
      repeatMore(one, planned + more);
    }
  }

  /**
   * Measures what is in doubt three times more, when all else is done and a passing state of the
   * machine has had time to pass: the judge wants a change to show throughout, and a noisy minute
   * need not leave a series undecided, or a finding open that is mended. What is regressed is
   * always measured again; the rest as long as the time for it lasts.
   */
  public void measureDoubtfulAgain() throws InterruptedException {
    List<Verdict> verdicts = verdicts();
    long deadline = System.nanoTime() + context.settings().budget().toNanos();
    for (Doubt doubt : Doubt.values()) {
      for (Measurable one : measured) {
        boolean hasTime = doubt == Doubt.REGRESSED || System.nanoTime() - deadline < 0;
        if (hasTime
            && verdicts.stream().anyMatch(it -> isOf(doubt, it) && one.gives(it.series()))) {
          measureAgain(one, doubt);
        }
      }
    }
  }

  private boolean isOf(Doubt doubt, Verdict verdict) {
    return doubt == Doubt.of(verdict, context.settings().gate());
  }

  private void measureAgain(Measurable one, Doubt doubt) throws InterruptedException {
    Repetitions done = repetitions(one);
    int wanted = ROUNDS_OF_DOUBTFUL * done.planned().orElse(0);
    if (done.next() < wanted) {
      context
          .listener()
          .note(
              "%s looks %s: measuring it again, to be sure.".formatted(one.name(), doubt.words()));
      repeatMore(one, wanted);
    }
  }

  private List<Verdict> verdicts() {
    return new StoredRunGate(
            context.database(), context.repository(), context.settings(), context.gate())
        .judge(context.run())
        .verdicts();
  }

  private void repeatMore(Measurable one, int inAll) throws InterruptedException {
    Measurable more = one.repeated(inAll);
    run(more, repetitions(more));
  }

  private void run(Measurable one, Repetitions repetitions) throws InterruptedException {
    SampleKeeper keeper = new SampleKeeper(context, one.name(), quiet);
    note(one, one.measure(keeper, repetitions, quiet.cpus()));
  }

  /** Those that the run has stored. */
  private Repetitions repetitions(Measurable one) {
    List<Sample> stored = context.database().samples().of(context.run().id());
    return one.repetitions(stored.stream().filter(sample -> one.gives(sample.series())).toList());
  }

  /** Keeps how it ended, where it did not complete. */
  private void note(Measurable one, BenchmarkOutcome outcome) {
    String reason = outcome.reason() == null ? "" : outcome.reason();
    switch (outcome.end()) {
      case COMPLETED -> {}
      case SKIPPED -> context.skip(new Skip(BenchStep.NAME, one.name(), reason));
      case FAILED, TIMED_OUT -> {
        String tail = outcome.outputTail().isBlank() ? "" : "\n" + outcome.outputTail().strip();
        BenchmarkFailure failure = one.failure(reason + tail);
        context.database().benchmarkFailures().put(context.run().id(), failure);
        context.listener().note("Benchmark " + one.name() + " failed: " + reason);
      }
    }
  }
}
