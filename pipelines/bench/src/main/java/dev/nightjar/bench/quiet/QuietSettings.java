package dev.nightjar.bench.quiet;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for.
 *
 * @param boost whether benchmarks get a boost lease
 * @param pinning where benchmarks run
 * @param cpus those CPUs if they are named
 */
public record QuietSettings(Boost boost, Pinning pinning, @Nullable BitSet cpus) {

  /** Whether benchmarks get a boost lease. */
  public enum Boost {
    /** Where the module is loaded and this user may. */
    AUTO,
    /** Never. */
    OFF,
    /** Always: without it the run fails. */
    REQUIRED
  }

  /** Where benchmarks run. */
  public enum Pinning {
    /** On the CPUs that the kernel keeps free of other tasks, if there are any. */
    AUTO,
    /** Wherever this process may run. */
    ALL,
    /** On those that are named. */
    NAMED
  }
}
