package dev.nightjar.jobs.paired;

import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.model.Sample;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps both runs of a pair on the same CPU, where that hides nothing: programs that in neither
 * version use more than one at a time. It spares them what migrations and a neighbour's caches
 * cost, and a JVM, whose helper threads then run in turns, a third of its wall time on a loaded
 * machine.
 *
 * <p>The CPU changes after every two pairs, as one of them may be worse than others for long. Not
 * after every one: which version is first alternates from pair to pair, and on two CPUs each would
 * then be first on the same CPU every time.
 */
final class OneCpu {
  /** Pairs that run everywhere, to see how many CPUs the program uses. */
  private static final int PAIRS_TO_SEE = 4;

  /** CPU time by wall time, in the median: 1 and what start and end of the measuring blur. */
  private static final double AT_MOST = 1.1;

  private final int[] allowed;
  private final List<Sample> bases = new ArrayList<>();
  private final List<Sample> heads = new ArrayList<>();

  OneCpu() {
    this(HostPlatform.current().cpus().allowed().orElseGet(BitSet::new));
  }

  /** Among these CPUs. */
  OneCpu(BitSet allowed) {
    this.allowed = allowed.stream().toArray();
  }

  void pairDone(List<Sample> base, List<Sample> head) {
    if (bases.size() < PAIRS_TO_SEE && !base.isEmpty() && !head.isEmpty()) {
      bases.add(base.getFirst());
      heads.add(head.getFirst());
    }
  }

  /** For the next pair; absent for all. */
  @Nullable BitSet cpus(int pair) {
    boolean isKept =
        allowed.length > 1
            && bases.size() == PAIRS_TO_SEE
            && Math.max(cpusUsed(bases), cpusUsed(heads)) <= AT_MOST;
    if (!isKept) {
      return null;
    }
    BitSet one = new BitSet();
    one.set(allowed[pair / 2 % allowed.length]);
    return one;
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
