package dev.nightjar.jobs.steps;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.bench.BenchmarkOutcome;
import dev.nightjar.bench.BenchmarkRunner;
import dev.nightjar.bench.Repetitions;
import dev.nightjar.bench.RunObserver;
import dev.nightjar.bench.suites.SuiteCase;
import dev.nightjar.bench.suites.SuiteRunner;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.store.run.BenchmarkFailure;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run measures as one: it is repeated, stopped, resumed and judged for itself. */
sealed interface Measurable {

  /** How people read it. */
  String name();

  /** Whether it gives the series. */
  boolean gives(Series series);

  /** How far it has come by what is stored of it. */
  Repetitions repetitions(List<Sample> stored);

  /** The same, to be repeated so often in all. */
  Measurable repeated(int inAll);

  /** Measures what is left. */
  BenchmarkOutcome measure(RunObserver observer, Repetitions repetitions, @Nullable BitSet cpus)
      throws InterruptedException;

  /** That it failed, so that what it gives is judged as failed. */
  BenchmarkFailure failure(String reason);

  /**
   * A benchmark of the user's own.
   *
   * @param workTree the commit of the run, checked out
   */
  record OfUser(BenchmarkDefinition definition, Path workTree) implements Measurable {
    @Override
    public String name() {
      return definition.name();
    }

    @Override
    public boolean gives(Series series) {
      return BenchmarkFailure.isOf(definition.name(), series);
    }

    @Override
    public Repetitions repetitions(List<Sample> stored) {
      return Repetitions.of(definition, stored);
    }

    @Override
    public Measurable repeated(int inAll) {
      return new OfUser(definition.repeatedMore(inAll), workTree);
    }

    @Override
    public BenchmarkOutcome measure(
        RunObserver observer, Repetitions repetitions, @Nullable BitSet cpus)
        throws InterruptedException {
      return BenchmarkRunner.run(definition, workTree, observer, repetitions, cpus);
    }

    @Override
    public BenchmarkFailure failure(String reason) {
      return new BenchmarkFailure(null, definition.name(), reason);
    }
  }

  /**
   * A case of a built-in suite.
   *
   * @param isOnly whether its suite has no other here, so that the suite has failed when it has
   * @param workers how often its worker is run
   */
  record OfSuite(SuiteCase one, boolean isOnly, int workers) implements Measurable {
    @Override
    public String name() {
      return isOnly ? one.suite() : one.name();
    }

    @Override
    public boolean gives(Series series) {
      return one.gives(series);
    }

    @Override
    public Repetitions repetitions(List<Sample> stored) {
      return SuiteRunner.repetitions(workers, stored);
    }

    @Override
    public Measurable repeated(int inAll) {
      return new OfSuite(one, isOnly, inAll);
    }

    @Override
    public BenchmarkOutcome measure(
        RunObserver observer, Repetitions repetitions, @Nullable BitSet cpus)
        throws InterruptedException {
      return SuiteRunner.run(one, observer, repetitions, cpus);
    }

    @Override
    public BenchmarkFailure failure(String reason) {
      return isOnly
          ? new BenchmarkFailure(one.suite(), one.suite(), reason)
          : new BenchmarkFailure(one.suite(), one.suite(), one.parameters(), one.device(), reason);
    }
  }
}
