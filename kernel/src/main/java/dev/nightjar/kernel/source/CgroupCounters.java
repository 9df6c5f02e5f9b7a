package dev.nightjar.kernel.source;

import static dev.nightjar.kernel.proc.KernelText.put;

import dev.nightjar.kernel.proc.FileSource;
import dev.nightjar.kernel.proc.KernelText;
import dev.nightjar.kernel.proc.KeyedLines;
import dev.nightjar.kernel.telemetry.Columns;
import dev.nightjar.kernel.telemetry.Columns.Column;
import org.jspecify.annotations.Nullable;

/**
 * A cgroup's {@code cpu.stat}: how often and for how long its CPU quota held it back. Version 2
 * tells microseconds ({@code throttled_usec}), version 1 nanoseconds ({@code throttled_time}).
 */
final class CgroupCounters implements FileSource.Parser {
  private final KeyedLines lines =
      new KeyedLines("nr_periods", "nr_throttled", "throttled_usec", "throttled_time");
  private final @Nullable Column periods;
  private final @Nullable Column throttled;
  private final @Nullable Column throttledTime;

  CgroupCounters(Columns columns) {
    periods = columns.column("nightjar.cgroup.cpu.periods", "", "{period}");
    throttled = columns.column("nightjar.cgroup.cpu.throttled_periods", "", "{period}");
    throttledTime = columns.column("nightjar.cgroup.cpu.throttled_time", "", "s");
  }

  @Override
  public void parse(KernelText text, long epochMillis) {
    long[] counts = lines.read(text);
    put(periods, epochMillis, counts[0]);
    put(throttled, epochMillis, counts[1]);
    put(throttledTime, epochMillis, counts[2], 1e6);
    put(throttledTime, epochMillis, counts[3], 1e9);
  }
}
