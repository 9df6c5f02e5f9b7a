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
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
  private final int firstPair;
  private final PairObserver observer;
  private final List<FailedRun> failures = new ArrayList<>();
  private boolean isEnough;

  private InterleavedRunner(
      BenchmarkDefinition definition, Path base, Path head, int firstPair, PairObserver observer) {
    this.firstPair = firstPair;
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
   * @param pairsBefore how many were measured by earlier calls, which this one goes on from
   * @param mostPairs with these
   * @param budget no pair begins after it, but those that {@link PairObserver#fewestPairs} wants
   */
  public static InterleavedOutcome run(
      BenchmarkDefinition definition,
      Path base,
      Path head,
      int pairsBefore,
      int mostPairs,
      Duration budget,
      PairObserver observer)
      throws InterruptedException {
    return new InterleavedRunner(definition, base, head, pairsBefore, observer)
        .run(mostPairs, System.nanoTime() + budget.toNanos());
  }

  private InterleavedOutcome run(int mostPairs, long deadline) throws InterruptedException {
    int pair = firstPair;
    int inRow = 0;
    while (pair < mostPairs
        && (System.nanoTime() - deadline < 0 || pair < observer.fewestPairs())) {
      Placement placement = observer.placement(pair);
      boolean isTogether = placement.isTogether() && pair > firstPair;
      FailedRun failure = isTogether ? together(pair, placement) : inTurns(pair, placement);
      if (failure == null) {
        inRow = 0;
        pair++;
        if (isEnough) {
          break;
        }
      } else if (!(isTogether && isParting(failure)) && isOver(failure, ++inRow, pair, deadline)) {
        return new InterleavedOutcome(pair, failures, failure);
      }
    }
    return new InterleavedOutcome(pair, failures, null);
  }

  /** Whether it may be that the two cannot run together: in turns they are tried next. */
  private boolean isParting(FailedRun failure) {
    boolean isParting = observer.togetherFailed(failure);
    if (!isParting) {
      failures.add(failure);
    }
    return isParting;
  }

  private boolean isOver(FailedRun failure, int inRow, int pair, long deadline) {
    return inRow == TRIES
        || isTooOften(failure.side(), pair)
        || (pair < observer.fewestPairs() && System.nanoTime() - deadline >= 0);
  }

  private boolean isTooOften(Side side, int pairs) {
    long failed = failures.stream().filter(failure -> failure.side() == side).count();
    return !isEveryFailureIgnored && InterleavedOutcome.isTooOften(failed, pairs);
  }

  private static List<Side> order(int pair) {
    return pair % 2 == 0 ? List.of(Side.BASE, Side.HEAD) : List.of(Side.HEAD, Side.BASE);
  }

  /** The failure that took the pair; absent when the observer has it. */
  private @Nullable FailedRun inTurns(int pair, Placement placement) throws InterruptedException {
    Map<Side, Turn> turns = new LinkedHashMap<>();
    FailedRun failed = null;
    for (Side side : order(pair)) {
      BenchmarkDefinition now = (pair == firstPair ? first : next).measuring(observer::wants);
      Turn turn = new Turn(now, version(side), placement.cpus());
      turn.call();
      turns.put(side, turn);
      FailedRun failure = turn.failure(pair, side);
      if (failure != null) {
        failed = failure;
        failures.add(failed);
        if (pair > firstPair) {
          break;
        }
        // Of the first pair the head is run in any case: one that fails too must be known.
      }
    }
    return failed != null ? failed : done(pair, turns);
  }

  /** Both at the same time, so that whatever the machine does, it does to both. */
  private @Nullable FailedRun together(int pair, Placement placement) throws InterruptedException {
    Map<Side, Turn> turns = new LinkedHashMap<>();
    order(pair).forEach(side -> turns.put(side, new Turn(next, version(side), placement.cpus())));
    try (ExecutorService threads = Executors.newFixedThreadPool(turns.size())) {
      for (Future<Turn> ended : threads.invokeAll(turns.values())) {
        ended.get();
      }
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    }
    for (Map.Entry<Side, Turn> turn : turns.entrySet()) {
      FailedRun failure = turn.getValue().failure(pair, turn.getKey());
      if (failure != null) {
        return failure;
      }
    }
    return done(pair, turns);
  }

  private static RuntimeException unchecked(@Nullable Throwable cause) {
    return switch (cause) {
      case Error error -> throw error;
      case RuntimeException unchecked -> unchecked;
      case null, default -> new IllegalStateException(cause);
    };
  }

  private Path version(Side side) {
    return side == Side.BASE ? base : head;
  }

  private @Nullable FailedRun done(int pair, Map<Side, Turn> turns) {
    turns.forEach((side, turn) ->
        turn.collected.failed.forEach((name, reason) -> observer.failed(side, name, reason)));
    isEnough = observer.pairDone(pair, samples(turns, Side.BASE), samples(turns, Side.HEAD));
    return null;
  }

  /** One version's repetition in a pair. */
  private final class Turn implements Callable<Turn> {
    private final BenchmarkDefinition definition;
    private final Path version;
    private final @Nullable BitSet cpus;
    private final Collected collected = new Collected(observer);
    private @Nullable BenchmarkOutcome outcome;

    Turn(BenchmarkDefinition definition, Path version, @Nullable BitSet cpus) {
      this.definition = definition;
      this.version = version;
      this.cpus = cpus;
    }

    @Override
    public Turn call() throws InterruptedException {
      outcome =
          BenchmarkRunner.run(definition, version, collected, new Repetitions(definition), cpus);
      return this;
    }

    @Nullable FailedRun failure(int pair, Side side) {
      BenchmarkOutcome known = Objects.requireNonNull(outcome);
      return known.end() == End.COMPLETED ? null : new FailedRun(pair, side, known);
    }
  }

  private static List<Sample> samples(Map<Side, Turn> of, Side side) {
    Turn turn = of.get(side);
    return turn == null ? List.of() : turn.collected.samples;
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
        of.redaction(),
        of.duet());
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

    /** Something was left out; of two that run together each is told on a thread of its own. */
    void skipped(Skip skip);

    /** Where and how the next pair runs; the first one of a call is run in turns in any case. */
    default Placement placement(int pair) {
      return Placement.TURNS;
    }

    /**
     * A pair that ran together is left out, as one of its runs failed: it is measured again.
     *
     * @return whether that is no failure, as the two may be in each other's way and part now
     */
    default boolean togetherFailed(FailedRun failure) {
      return false;
    }

    /**
     * A result file of the pair that is done next says of one of its benchmarks that it failed.
     *
     * @param benchmark as its series are called
     */
    default void failed(Side side, String benchmark, String reason) {
      skipped(new Skip("benchmarks", benchmark, "in " + side.words() + ": " + reason));
    }

    /**
     * A process of either version has started, as {@link RunObserver#processStarted}; of two that
     * run together each is told on a thread of its own.
     */
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
