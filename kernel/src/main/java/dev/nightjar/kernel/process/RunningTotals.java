package dev.nightjar.kernel.process;

import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import java.util.OptionalLong;

/** Totals of the machine that only grow, read at the two ends of a repetition. */
public interface RunningTotals extends AutoCloseable {
  /** Of a system that tells none. */
  RunningTotals UNKNOWN = () -> new Moment(BoundaryReadings.ABSENT);

  /** The totals of this moment. */
  Moment read();

  @Override
  default void close() {}

  /** What the running totals were at a moment. */
  record Moment(BoundaryReadings totals) {
    /** How much these totals have grown until a later reading. */
    public BoundaryReadings until(Moment after) {
      return until(after, BoundaryReadings.ABSENT);
    }

    /**
     * What a process used, with how much these totals have grown until a later reading. The growth
     * of a total is absent if one end is, or if the counter began anew.
     */
    BoundaryReadings until(Moment after, BoundaryReadings used) {
      BoundaryReadings.Builder grown = used.with();
      for (Indicator indicator : Indicator.atBoundaries()) {
        OptionalLong from = totals.of(indicator);
        OptionalLong to = after.totals.of(indicator);
        if (from.isPresent() && to.isPresent() && to.getAsLong() >= from.getAsLong()) {
          grown.put(indicator, to.getAsLong() - from.getAsLong());
        }
      }
      return grown.build();
    }
  }
}
