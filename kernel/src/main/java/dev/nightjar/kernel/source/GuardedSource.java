package dev.nightjar.kernel.source;

import dev.nightjar.kernel.telemetry.TelemetrySource;
import dev.nightjar.model.Skip;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A source whose failures end neither the sampler nor what is measured: it is tried again, ever
 * more seldom while it fails, and what it missed is told.
 */
final class GuardedSource implements TelemetrySource {
  private static final int LONGEST_PAUSE_TICKS = 600;

  private final String subject;
  private final TelemetrySource source;
  private int ticksToRest;
  private int pauseTicks = 1;
  private final AtomicInteger failures = new AtomicInteger();
  private volatile @Nullable String reason;

  GuardedSource(String subject, TelemetrySource source) {
    this.subject = subject;
    this.source = source;
  }

  @Override
  public void sample(long epochMillis) {
    if (ticksToRest > 0) {
      ticksToRest--;
      return;
    }
    try {
      source.sample(epochMillis);
      pauseTicks = 1;
    } catch (RuntimeException | Error e) { // whatever it is, it is the source's alone
      note(e);
      ticksToRest = pauseTicks;
      pauseTicks = Math.min(2 * pauseTicks, LONGEST_PAUSE_TICKS);
    }
  }

  private void note(Throwable failure) {
    failures.incrementAndGet();
    reason = failure.toString();
  }

  /** What it missed, and why; empty while it missed nothing. */
  Optional<Skip> missed() {
    return failures.get() == 0
        ? Optional.empty()
        : Optional.of(
            new Skip(
                "telemetry",
                subject,
                "reading it failed %d times, the last time with %s: there are no readings of it from then"
                    .formatted(failures.get(), reason)));
  }

  @Override
  public void close() {
    try {
      source.close();
    } catch (RuntimeException e) {
      note(e);
    }
  }
}
