package dev.nightjar.gate.noise;

import dev.nightjar.model.Sample;
import org.jspecify.annotations.Nullable;

/**
 * A sample with what was read of the machine while it was taken.
 *
 * @param sample with the readings at its boundaries
 * @param clockHertz how fast the CPUs ran on average; absent where the kernel does not show it
 */
public record Observation(Sample sample, @Nullable Double clockHertz) {
  /** Only what was read at the boundaries. */
  public static Observation of(Sample sample) {
    return new Observation(sample, null);
  }
}
