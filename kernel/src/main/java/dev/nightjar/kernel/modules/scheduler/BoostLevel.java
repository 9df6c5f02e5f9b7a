package dev.nightjar.kernel.modules.scheduler;

/** How much a boost does. */
public sealed interface BoostLevel {

  /**
   * A nice value, −20 (most) to 19 (least); setpriority's permission rule holds.
   *
   * @throws IllegalArgumentException if it is none
   */
  static BoostLevel nice(int value) {
    return new Nice(value);
  }

  /** {@code SCHED_FIFO} at its lowest priority, if the administrator allows it. */
  static BoostLevel realTime() {
    return new RealTime();
  }

  /** See {@link #nice}. */
  record Nice(int value) implements BoostLevel {
    public Nice {
      if (value < -20 || value > 19) {
        throw new IllegalArgumentException("nice " + value + " is not within -20 to 19");
      }
    }
  }

  /** See {@link #realTime}. */
  record RealTime() implements BoostLevel {}
}
