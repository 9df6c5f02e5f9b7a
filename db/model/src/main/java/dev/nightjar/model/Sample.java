package dev.nightjar.model;

import dev.nightjar.model.telemetry.BoundaryReadings;
import java.time.Instant;

/**
 * One value of one repetition of a benchmark.
 *
 * @param ordinal the repetition's number in its run, from 0
 * @param value in the benchmark's unit; finite
 * @param startedAt when the repetition began
 * @param wallNanos how long the repetition took
 * @param readings what the machine did meanwhile
 */
public record Sample(
    Series series,
    int ordinal,
    double value,
    Instant startedAt,
    long wallNanos,
    BoundaryReadings readings) {
  public Sample {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "a sample of " + series.benchmark().name() + " is not finite: " + value);
    }
  }

  /** The same value with other readings. */
  public Sample with(BoundaryReadings other) {
    return new Sample(series, ordinal, value, startedAt, wallNanos, other);
  }
}
