package dev.nightjar.kernel.modules.gpu;

import dev.nightjar.kernel.modules.abi.Struct;
import java.time.Duration;
import java.util.Optional;

/**
 * How work for a device ended well.
 *
 * @param result of a copy its bytes, of a launch what the kernel computed
 * @param queued from the call until the device was told to begin
 * @param atWork from then until its interrupt came; empty if none did, as in null-hardware mode
 * @param settled from the interrupt, or without one from the beginning, until the ticket had ended
 * @param endedNanos when that was, by {@link System#nanoTime}'s clock
 */
public record Completion(
    long result, Duration queued, Optional<Duration> atWork, Duration settled, long endedNanos) {

  static Completion of(Struct end) {
    long started = end.get("started_ns");
    long interrupt = end.get("interrupt_ns");
    long ended = end.get("ended_ns");
    return new Completion(
        end.get("result"),
        Duration.ofNanos(started - end.get("submitted_ns")),
        interrupt == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(interrupt - started)),
        Duration.ofNanos(ended - (interrupt == 0 ? started : interrupt)),
        ended);
  }
}
