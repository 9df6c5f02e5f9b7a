package dev.nightjar.bench;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Where and how the two runs of a pair are made.
 *
 * @param cpus what both may use; absent for all
 * @param isTogether whether they run at the same time, a duet, or one behind the other
 */
public record Placement(@Nullable BitSet cpus, boolean isTogether) {
  /** One behind the other, on all CPUs. */
  public static final Placement TURNS = new Placement(null, false);
}
