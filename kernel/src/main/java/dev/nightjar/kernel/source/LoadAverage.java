package dev.nightjar.kernel.source;

import dev.nightjar.kernel.proc.FileSource;
import dev.nightjar.kernel.proc.KernelText;
import dev.nightjar.kernel.telemetry.Columns;
import dev.nightjar.kernel.telemetry.Columns.Column;
import org.jspecify.annotations.Nullable;

/** {@code /proc/loadavg}, which the kernel brings up to date every five seconds. */
final class LoadAverage implements FileSource.Parser {
  private final @Nullable Column oneMinute;
  private final @Nullable Column fiveMinutes;
  private final @Nullable Column fifteenMinutes;

  LoadAverage(Columns columns) {
    oneMinute = columns.column("nightjar.load_average", "minutes=1", "{task}");
    fiveMinutes = columns.column("nightjar.load_average", "minutes=5", "{task}");
    fifteenMinutes = columns.column("nightjar.load_average", "minutes=15", "{task}");
  }

  @Override
  public void parse(KernelText text, long epochMillis) {
    put(oneMinute, epochMillis, text.decimal());
    put(fiveMinutes, epochMillis, text.decimal());
    put(fifteenMinutes, epochMillis, text.decimal());
  }

  private static void put(@Nullable Column column, long epochMillis, double value) {
    if (column != null && value >= 0) {
      column.add(epochMillis, value);
    }
  }
}
