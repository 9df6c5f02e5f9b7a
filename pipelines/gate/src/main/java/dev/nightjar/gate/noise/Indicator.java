package dev.nightjar.gate.noise;

import dev.nightjar.model.Sample;
import dev.nightjar.model.telemetry.BoundaryReadings;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A reading that tells of a disturbance. */
enum Indicator {
  STEAL,
  THROTTLED,
  RUN_QUEUE_WAIT,
  CPU_PRESSURE,
  MEMORY_PRESSURE,
  IO_PRESSURE,
  MAJOR_FAULTS,
  CLOCK;

  /** A fault with I/O costs about a tenth of a millisecond on a solid-state disk. */
  static final double NANOS_PER_FAULT = 100_000;

  /**
   * The time lost, as a share of the sample's wall time; empty when it was not read. Of the clock
   * it is the logarithm of the period: a difference of two is the share by which one was slower.
   */
  OptionalDouble share(Observation observation) {
    if (this == CLOCK) {
      Double hertz = observation.clockHertz();
      return hertz == null ? OptionalDouble.empty() : OptionalDouble.of(-Math.log(hertz));
    }
    Sample sample = observation.sample();
    Long value = reading(sample.readings());
    if (value == null || sample.wallNanos() <= 0) {
      return OptionalDouble.empty();
    }
    double nanos = this == MAJOR_FAULTS ? value * NANOS_PER_FAULT : value;
    return OptionalDouble.of(nanos / sample.wallNanos());
  }

  /** Whether it is time that a program cannot lose by what it does itself. */
  boolean isOfSurroundings() {
    return this == STEAL || this == THROTTLED;
  }

  private @Nullable Long reading(BoundaryReadings readings) {
    return switch (this) {
      case STEAL -> readings.stealNanos();
      case THROTTLED -> readings.throttledNanos();
      case RUN_QUEUE_WAIT -> readings.runQueueWaitNanos();
      case CPU_PRESSURE -> readings.cpuPressureNanos();
      case MEMORY_PRESSURE -> readings.memoryPressureNanos();
      case IO_PRESSURE -> readings.ioPressureNanos();
      case MAJOR_FAULTS -> readings.majorFaults();
      case CLOCK -> null;
    };
  }
}
