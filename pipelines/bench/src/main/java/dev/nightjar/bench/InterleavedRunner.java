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
      Collected first = new Collected(observer);
      Collected second = new Collected(observer);
      BitSet cpus = observer.cpus(pair);
      BenchmarkOutcome outcome = BenchmarkRunner.run(now, baseFirst ? base : head, first, 0, cpus);
      if (outcome.end() == End.COMPLETED) {
        outcome = BenchmarkRunner.run(now, baseFirst ? head : base, second, 0, cpus);
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
      BenchmarkDefinition of, List<String> setup, int warmups) {
    return new BenchmarkDefinition(
        of.name(),
        of.command(),
        setup,
        of.environment(),
        of.folder(),
        of.timeout(),
        warmups,
        1,
        of.onFailure(),
        of.results(),
        of.metric(),
        of.extracted());
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
  }

  private static final class Collected implements RunObserver {
    private final PairObserver observer;
    private List<Sample> samples = List.of();

    Collected(PairObserver observer) {
      this.observer = observer;
    }

    @Override
    public void repetitionDone(int repetition, List<Sample> done) {
      samples = done;
    }

    @Override
    public void skipped(Skip skip) {
      observer.skipped(skip);
    }
  }
}
