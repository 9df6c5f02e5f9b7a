package dev.nightjar.model;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Samples that may be compared with one another: a benchmark with its parameters on a device. The
 * host joins it in the database.
 *
 * <p>A gate looks hundreds of thousands of them up in maps, within seconds and without the
 * optimizing compiler. There a record's generated methods, chains of method handles, cost several
 * times what these do.
 *
 * @param parameters by name; empty when there are none
 * @param device what it ran on
 */
public record Series(Benchmark benchmark, SortedMap<String, String> parameters, Device device) {
  /** The parameter that names what a series was counted by; counts of two means are two series. */
  public static final String COUNTER = "counter";

  /**
   * Whether its values are counted by what nothing else on the machine touches, so that a few tell
   * as much as many times do.
   */
  public boolean isCounted() {
    return parameters.containsKey(COUNTER);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Series that
            && benchmark.equals(that.benchmark)
            && device.equals(that.device)
            && parameters.equals(that.parameters));
  }

  @Override
  public int hashCode() {
    return 31 * (31 * benchmark.hashCode() + device.hashCode()) + parameters.hashCode();
  }
}
