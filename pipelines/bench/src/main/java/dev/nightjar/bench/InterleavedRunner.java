package dev.nightjar.bench;

import dev.nightjar.bench.BenchmarkOutcome.End;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Skip;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures two versions of a program against each other on this machine, in this run: base, head,
 * head, base, and so on. What disturbs the machine for longer than a repetition meets both alike,
 * and a steady drift cancels out within each block of four.
 */
public final class InterleavedRunner {
  private InterleavedRunner() {}

  /**
   * Runs pairs of repetitions until enough, or the budget is spent.
   *
   * @param definition its set-up is run once in each version, its repetitions do not count
   * @param base a folder that has one version of the repository
   * @param head a folder that has the other
   * @param budget no pair begins after it
   * @return how it ended; a failing side is named in the reason
   */
  public static BenchmarkOutcome run(
      BenchmarkDefinition definition,
      Path base,
      Path head,
      int mostPairs,
      Duration budget,
      PairObserver observer)
      throws InterruptedException {
    BenchmarkDefinition once = repeated(definition, definition.setup(), definition.warmups());
    BenchmarkDefinition next = repeated(definition, List.of(), 0);
    long deadline = System.nanoTime() + budget.toNanos();
    int pair = 0;
    while (pair < mostPairs && (pair == 0 || System.nanoTime() - deadline < 0)) {
      BenchmarkDefinition now = pair == 0 ? once : next;
      boolean baseFirst = pair % 2 == 0;
      Collected first = new Collected(observer, !baseFirst);
      Collected second = new Collected(observer, baseFirst);
      BitSet cpus = observer.cpus(pair);
      BenchmarkOutcome outcome = run(now, baseFirst ? base : head, first, cpus);
      if (outcome.end() == End.COMPLETED) {
        outcome = run(now, baseFirst ? head : base, second, cpus);
        baseFirst = outcome.end() == End.COMPLETED ? baseFirst : !baseFirst;
      }
      if (outcome.end() != End.COMPLETED) {
        return failed(outcome, pair, baseFirst ? "base" : "head");
      }
      boolean enough =
          observer.pairDone(
              pair++,
              baseFirst ? first.samples : second.samples,
              baseFirst ? second.samples : first.samples);
      if (enough) {
        break;
      }
    }
    return BenchmarkOutcome.completed(pair);
  }

  private static BenchmarkOutcome run(
      BenchmarkDefinition definition, Path version, Collected into, @Nullable BitSet cpus)
      throws InterruptedException {
    return BenchmarkRunner.run(definition, version, into, new Repetitions(definition), cpus);
  }

  private static BenchmarkOutcome failed(BenchmarkOutcome outcome, int pairs, String side) {
    return new BenchmarkOutcome(
        outcome.end(),
        pairs,
        "in the " + side + " version " + outcome.reason(),
        outcome.exitCode(),
        outcome.outputTail(),
        outcome.command());
  }

  private static BenchmarkDefinition repeated(
      BenchmarkDefinition of, List<String> setup, @Nullable Integer warmups) {
    return new BenchmarkDefinition(
        of.name(),
        of.command(),
        setup,
        of.environment(),
        of.folder(),
        of.timeout(),
        warmups,
        StoppingRule.exactly(1),
        of.onFailure(),
        of.results(),
        of.metric(),
        of.extracted(),
        of.redaction());
  }

  /** Is told of each pair. */
  public interface PairObserver {

    /**
     * A repetition of each version is done.
     *
     * @param pair its number, from 0; the samples' own ordinals are all of repetition 0
     * @return whether this is enough
     */
    boolean pairDone(int pair, List<Sample> base, List<Sample> head);

    /** Something was left out. */
    void skipped(Skip skip);

    /** The CPUs that both runs of the next pair may use; absent for all. */
    default @Nullable BitSet cpus(int pair) {
      return null;
    }

    /** A result file of the head says of one of its benchmarks that it failed. */
    default void failedInHead(String benchmark, String reason) {
      skipped(new Skip("benchmarks", benchmark, reason));
    }

    /** A process of either version has started, as {@link RunObserver#processStarted}. */
    default void processStarted(long pid) {}

    /** It has ended. */
    default void processEnded(long pid) {}
  }

  private static final class Collected implements RunObserver {
    private final PairObserver observer;
    private final boolean isHead;
    private List<Sample> samples = List.of();

    Collected(PairObserver observer, boolean isHead) {
      this.observer = observer;
      this.isHead = isHead;
    }

    @Override
    public void repetitionDone(int repetition, List<Sample> done) {
      samples = done;
    }

    @Override
    public void skipped(Skip skip) {
      observer.skipped(skip);
    }

    @Override
    public void processStarted(long pid) {
      observer.processStarted(pid);
    }

    @Override
    public void processEnded(long pid) {
      observer.processEnded(pid);
    }

    @Override
    public void failed(String benchmark, String reason) {
      if (isHead) {
        observer.failedInHead(benchmark, reason);
      } else {
        RunObserver.super.failed(benchmark, reason);
      }
    }
  }
}
