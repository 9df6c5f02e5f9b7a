package dev.nightjar.kernel;

import java.util.BitSet;
import java.util.Optional;

/**
 * The CPUs by number.
 *
 * @param allowed those that this process may use; empty where the system does not tell
 * @param isolated those that the system was told to keep free; empty if there are none
 */
public record HostCpus(Optional<BitSet> allowed, Optional<BitSet> isolated) {
  /** Of a system that tells nothing of them. */
  public static final HostCpus UNKNOWN = new HostCpus(Optional.empty(), Optional.empty());
}
