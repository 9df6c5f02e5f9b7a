package dev.nightjar.kernel.process;

import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * How a program ended, and what the machine did meanwhile.
 *
 * @param status its exit code if it exited; the number of the signal that ended it otherwise (0
 *     where that is not known)
 * @param wallNanos from before its start to after its end
 */
public record ProcessOutcome(
    End end, int status, Instant startedAt, long wallNanos, BoundaryReadings readings) {

  /** What ended it. */
  public enum End {
    EXITED,
    SIGNALLED,
    TIMED_OUT,
    TOO_MUCH_OUTPUT
  }

  /** The same with its instructions, where they were counted. */
  ProcessOutcome with(OptionalLong instructions) {
    return instructions.isEmpty()
        ? this
        : new ProcessOutcome(
            end,
            status,
            startedAt,
            wallNanos,
            readings.with(Indicator.INSTRUCTIONS, instructions.getAsLong()));
  }

  /** Whether it ended by itself with exit code 0. */
  public boolean isSuccess() {
    return end == End.EXITED && status == 0;
  }
}
