package dev.nightjar.model.telemetry;

/** How much of a sample's wall time a reading says was lost. */
public enum Loss {
  /** Its nanoseconds were. */
  TIME {
    @Override
    public double share(long value, long wallNanos) {
      return (double) value / wallNanos;
    }
  },
  /** A fault with I/O costs about a tenth of a millisecond on a solid-state disk. */
  FAULTS {
    @Override
    public double share(long value, long wallNanos) {
      return value * NANOS_PER_FAULT / wallNanos;
    }
  },
  /**
   * It is the logarithm of the period of a clock: a difference of two is the share by which one was
   * slower.
   */
  PERIOD {
    @Override
    public double share(long hertz, long wallNanos) {
      return -Math.log((double) hertz);
    }
  };

  private static final double NANOS_PER_FAULT = 100_000;

  /** The share of the wall time; of a clock only differences mean something. */
  public abstract double share(long value, long wallNanos);
}
