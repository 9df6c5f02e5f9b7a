package dev.nightjar.bench;

import dev.nightjar.bench.BenchmarkOutcome.End;
import dev.nightjar.bench.InterleavedOutcome.FailedRun;
import dev.nightjar.bench.InterleavedOutcome.Side;
import dev.nightjar.bench.quantity.Measured;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Skip;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Measures two versions of a program against each other on this machine, in this run: base, head,
 * head, base, and so on. What disturbs the machine for longer than a repetition meets both alike,
 * and a steady drift cancels out within each block of four.
 *
 * <p><b>A run that fails</b> takes its pair with it: what the other version gave in that pair is
 * left out too, whether it came before or after, so that no version is ever judged by fewer or by
 * other turns than the other. The pair is measured again in the same order and on the same CPUs,
 * which keeps the blocks of four whole. {@value #TRIES} failures in a row, or {@linkplain
 * InterleavedOutcome#isTooOften too many} of one version, are no flakes any longer.
 */
public final class InterleavedRunner {
  private static final int TRIES = 3;

  private final BenchmarkDefinition first;
  private final BenchmarkDefinition next;
  private final boolean isEveryFailureIgnored;
  private final Path base;
  private final Path head;
  private final PairObserver observer;
  private final List<FailedRun> failures = new ArrayList<>();
  private boolean isEnough;

  private InterleavedRunner(
      BenchmarkDefinition definition, Path base, Path head, PairObserver observer) {
    first = repeated(definition, definition.setup(), definition.warmups());
    next = repeated(definition, List.of(), 0);
    isEveryFailureIgnored = definition.onFailure() == OnFailure.IGNORE;
    this.base = base;
    this.head = head;
    this.observer = observer;
  }

  /**
   * Runs pairs of repetitions until enough, or the budget is spent.
   *
   * @param definition its set-up is run once in each version, its repetitions do not count
   * @param base a folder that has one version of the repository
   * @param head a folder that has the other
   * @param budget no pair begins after it, but those that {@link PairObserver#fewestPairs} wants
   */
  public static InterleavedOutcome run(
      BenchmarkDefinition definition,
      Path base,
      Path head,
      int mostPairs,
      Duration budget,
      PairObserver observer)
      throws InterruptedException {
    return new InterleavedRunner(definition, base, head, observer)
        .run(mostPairs, System.nanoTime() + budget.toNanos());
  }

  private InterleavedOutcome run(int mostPairs, long deadline) throws InterruptedException {
    int pair = 0;
    int inRow = 0;
    while (pair < mostPairs
        && (System.nanoTime() - deadline < 0 || pair < observer.fewestPairs())) {
      FailedRun failure = measure(pair);
      if (failure == null) {
        inRow = 0;
        pair++;
        if (isEnough) {
          break;
        }
      } else if (++inRow == TRIES
          || isTooOften(failure.side(), pair)
          || (pair < observer.fewestPairs() && System.nanoTime() - deadline >= 0)) {
        return new InterleavedOutcome(pair, failures, failure);
      }
    }
    return new InterleavedOutcome(pair, failures, null);
  }

  private boolean isTooOften(Side side, int pairs) {
    long failed = failures.stream().filter(failure -> failure.side() == side).count();
    return !isEveryFailureIgnored && InterleavedOutcome.isTooOften(failed, pairs);
  }

  /** The failure that took the pair; absent when the observer has it. */
  private @Nullable FailedRun measure(int pair) throws InterruptedException {
    List<Side> order =
        pair % 2 == 0 ? List.of(Side.BASE, Side.HEAD) : List.of(Side.HEAD, Side.BASE);
    BitSet cpus = observer.cpus(pair);
    Map<Side, Collected> collected = new LinkedHashMap<>();
    FailedRun failed = null;
    for (Side side : order) {
      Collected into = new Collected(observer);
      BenchmarkDefinition now = (pair == 0 ? first : next).measuring(observer::wants);
      Path version = side == Side.BASE ? base : head;
      BenchmarkOutcome outcome =
          BenchmarkRunner.run(now, version, into, new Repetitions(now), cpus);
      collected.put(side, into);
      if (outcome.end() != End.COMPLETED) {
        failed = new FailedRun(pair, side, outcome);
        failures.add(failed);
        if (pair > 0) {
          break;
        }
        // Of the first pair the head is run in any case: one that fails too must be known.
      }
    }
    if (failed == null) {
      collected.forEach(
          (side, one) -> one.failed.forEach((name, reason) -> observer.failed(side, name, reason)));
      isEnough =
          observer.pairDone(pair, samples(collected, Side.BASE), samples(collected, Side.HEAD));
    }
    return failed;
  }

  private static List<Sample> samples(Map<Side, Collected> of, Side side) {
    Collected collected = of.get(side);
    return collected == null ? List.of() : collected.samples;
  }

  /** A run of it that fails is seen here, whatever the definition wants done about it. */
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
        OnFailure.FAIL,
        of.results(),
        of.measures(),
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
     * @return whether the pairs so far are enough
     */
    boolean pairDone(int pair, List<Sample> base, List<Sample> head);

    /** As many are measured though the budget is spent; asked before each pair. */
    default int fewestPairs() {
      return 1;
    }

    /** Whether this is still to be measured; asked before each run. */
    default boolean wants(Measured what) {
      return true;
    }

    /** Something was left out. */
    void skipped(Skip skip);

    /** The CPUs that both runs of the next pair may use; absent for all. */
    default @Nullable BitSet cpus(int pair) {
      return null;
    }

    /**
     * A result file of the pair that is done next says of one of its benchmarks that it failed.
     *
     * @param benchmark as its series are called
     */
    default void failed(Side side, String benchmark, String reason) {
      skipped(new Skip("benchmarks", benchmark, "in " + side.words() + ": " + reason));
    }

    /** A process of either version has started, as {@link RunObserver#processStarted}. */
    default void processStarted(long pid) {}

    /** It has ended. */
    default void processEnded(long pid) {}
  }

  private static final class Collected implements RunObserver {
    private final PairObserver observer;
    private final Map<String, String> failed = new LinkedHashMap<>();
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

    @Override
    public void processStarted(long pid) {
      observer.processStarted(pid);
    }

    @Override
    public void processEnded(long pid) {
      observer.processEnded(pid);
    }

    @Override
    public void failed(String benchmark, SortedMap<String, String> parameters, String reason) {
      failed.putIfAbsent(benchmark, reason);
    }
  }
}
