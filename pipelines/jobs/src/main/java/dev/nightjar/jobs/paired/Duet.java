package dev.nightjar.jobs.paired;

import dev.nightjar.bench.Placement;
import dev.nightjar.gate.noise.Yardstick;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.model.Sample;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides where the two runs of a pair are made, and whether at the same time.
 *
 * <p>Two programs that compute are run together (a duet: Bulej and others, "Duet Benchmarking:
 * Improving Measurement Accuracy in the Cloud", ICPE 2020), and compared by their CPU times:
 * whatever the machine does in those moments, it does to both. Programs of one task share a single
 * CPU, whose scheduler hands it to them by turns of milliseconds, so that even its caches, its
 * clock and its neighbours are the same. Those of up to {@value #FEW_CPUS} CPUs share all.
 *
 * <p>The first pairs run in turns, to see what the programs are like. Programs that wait do so for
 * good; of those that compute it is looked at once more side by side, whether one of them waits
 * more ({@link Yardstick}).
 *
 * <p>Programs that in neither version use more than one CPU at a time are kept on one in turns as
 * well: it spares them what migrations and a neighbour's caches cost, and a JVM, whose helper
 * threads then run in turns, a third of its wall time on a loaded machine.
 *
 * <p>The CPU changes after every two pairs, as one of them may be worse than others for long. Not
 * after every one: which version is first alternates from pair to pair, and on two CPUs each would
 * then be first on the same CPU every time.
 */
final class Duet {
  /** Pairs that run everywhere and in turns, to see how the programs use CPUs. */
  static final int PAIRS_TO_SEE = 4;

  /** CPU time by wall time, in the median: 1 and what start and end of the measuring blur. */
  private static final double ONE_CPU = 1.1;

  private static final double FEW_CPUS = 2;

  private final @Nullable BitSet named;
  private final int[] allowed;
  private final List<Sample> bases = new ArrayList<>();
  private final List<Sample> heads = new ArrayList<>();
  private boolean mayBeTogether;

  /**
   * Among these CPUs.
   *
   * @param named those that the settings name for benchmarks; absent for all that are allowed
   * @param mayBeTogether whether the command allows it
   */
  Duet(@Nullable BitSet named, boolean mayBeTogether) {
    this(
        named,
        Optional.ofNullable(named)
            .or(() -> HostPlatform.current().cpus().allowed())
            .orElseGet(BitSet::new),
        mayBeTogether);
  }

  Duet(@Nullable BitSet named, BitSet allowed, boolean mayBeTogether) {
    this.named = named;
    this.allowed = allowed.stream().toArray();
    this.mayBeTogether = mayBeTogether;
  }

  /** Takes a pair; whether those that follow are together while those before were not. */
  boolean pairDone(List<Sample> base, List<Sample> head) {
    if (isSeen() || base.isEmpty() || head.isEmpty()) {
      return false;
    }
    bases.add(base.getFirst());
    heads.add(head.getFirst());
    if (isSeen()) {
      mayBeTogether &= Yardstick.isComputing(bases) && Yardstick.isComputing(heads);
      mayBeTogether &= cpusUsed() <= FEW_CPUS;
    }
    return isTogether();
  }

  private boolean isSeen() {
    return bases.size() == PAIRS_TO_SEE;
  }

  boolean isTogether() {
    return mayBeTogether && isSeen();
  }

  /** From now on they run in turns. */
  void part() {
    mayBeTogether = false;
  }

  Placement placement(int pair) {
    boolean isOnOne =
        allowed.length > 1 && isSeen() && cpusUsed() <= ONE_CPU && (named == null || isTogether());
    if (!isOnOne) {
      return new Placement(named, isTogether());
    }
    BitSet one = new BitSet();
    one.set(allowed[pair / 2 % allowed.length]);
    return new Placement(one, isTogether());
  }

  private double cpusUsed() {
    return Math.max(cpusUsed(bases), cpusUsed(heads));
  }

  /** Infinite when it was not read. */
  private static double cpusUsed(List<Sample> samples) {
    double[] used =
        samples.stream()
            .mapToDouble(sample -> {
              double nanos = Yardstick.cpuNanos(sample);
              return nanos > 0 ? nanos / sample.wallNanos() : Double.POSITIVE_INFINITY;
            })
            .sorted()
            .toArray();
    return used[used.length / 2];
  }
}
