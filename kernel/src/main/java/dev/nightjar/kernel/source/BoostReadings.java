package dev.nightjar.kernel.source;

import dev.nightjar.kernel.modules.scheduler.SchedulerStatus;
import dev.nightjar.kernel.proc.FileSource;
import dev.nightjar.kernel.proc.KernelText;
import dev.nightjar.kernel.telemetry.Columns;
import dev.nightjar.kernel.telemetry.Columns.Column;
import org.jspecify.annotations.Nullable;

/**
 * {@code /proc/ai_scheduler}: leases, and how long the tasks that have one waited for a CPU after
 * they were woken. That is told to the administrator only, so it is absent for other users, and
 * where no boosted task was woken yet.
 */
final class BoostReadings implements FileSource.Parser {
  private static final double NANOS_PER_SECOND = 1e9;

  private final @Nullable Column leases;
  private final @Nullable Column boosts;
  private final @Nullable Column expired;
  private final @Nullable Column refused;
  private final @Nullable Column shifts;
  private final @Nullable Column wakeups;
  private final @Nullable Column median;
  private final @Nullable Column tail;

  BoostReadings(Columns columns) {
    leases = columns.column("nightjar.boost.leases", "", "{lease}");
    boosts = columns.column("nightjar.boost.granted", "", "{lease}");
    expired = columns.column("nightjar.boost.expired", "", "{lease}");
    refused = columns.column("nightjar.boost.refused", "", "{lease}");
    shifts = columns.column("nightjar.boost.shifts", "", "{shift}");
    wakeups = columns.column("nightjar.boost.wakeups", "", "{wakeup}");
    median = columns.column("nightjar.boost.wakeup_latency", "quantile=0.5", "s");
    tail = columns.column("nightjar.boost.wakeup_latency", "quantile=0.99", "s");
  }

  @Override
  public void parse(KernelText text, long epochMillis) {
    SchedulerStatus status = SchedulerStatus.parse(text.rest());
    Columns.put(leases, epochMillis, status.leases(), 1);
    Columns.put(boosts, epochMillis, status.boosts(), 1);
    Columns.put(expired, epochMillis, status.expired(), 1);
    Columns.put(refused, epochMillis, status.refused(), 1);
    Columns.put(shifts, epochMillis, status.shifts(), 1);
    if (!status.boosted().isEmpty()) {
      KernelText.put(wakeups, epochMillis, status.wakeups().count());
      quantile(median, epochMillis, status, 0.5);
      quantile(tail, epochMillis, status, 0.99);
    }
  }

  private static void quantile(
      @Nullable Column column, long epochMillis, SchedulerStatus status, double share) {
    status
        .wakeups()
        .below(share)
        .ifPresent(bound -> KernelText.put(column, epochMillis, bound.toNanos(), NANOS_PER_SECOND));
  }
}
