package dev.nightjar.kernel.source;

import static dev.nightjar.kernel.proc.KernelText.put;

import dev.nightjar.kernel.proc.DeviceRows;
import dev.nightjar.kernel.proc.FileSource;
import dev.nightjar.kernel.proc.KernelText;
import dev.nightjar.kernel.telemetry.Columns;
import dev.nightjar.kernel.telemetry.Columns.Column;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code /proc/diskstats}: bytes, operations and time of each whole disk in use. Partitions are
 * left out, as their disk counts the same again.
 */
final class DiskCounters implements FileSource.Parser {
  /** The unit of diskstats, whatever the disk's own sectors are. */
  private static final double SECTORS_PER_BYTE = 1.0 / 512;

  private static final double MILLIS_PER_SECOND = 1e3;

  /** reads merged sectors ms · writes merged sectors ms · in flight, ms busy. */
  private static final int COUNTERS = 10;

  private final Columns columns;
  private final Predicate<String> isWholeDisk;
  private final DeviceRows devices = new DeviceRows(this::columnsOf);
  private final long[] counters = new long[COUNTERS];

  DiskCounters(Columns columns, Predicate<String> isWholeDisk) {
    this.columns = columns;
    this.isWholeDisk = isWholeDisk;
  }

  private @Nullable Column[] columnsOf(String device) {
    @Nullable Column[] made = new Column[7];
    if (!isWholeDisk.test(device)) {
      return made;
    }
    String[] directions = {"read", "write"};
    for (int i = 0; i < 2; i++) {
      String attributes = "disk.io.direction=" + directions[i] + ",system.device=" + device;
      made[i * 3] = columns.column("system.disk.operations", attributes, "{operation}");
      made[i * 3 + 1] = columns.column("system.disk.io", attributes, "By");
      made[i * 3 + 2] = columns.column("system.disk.operation_time", attributes, "s");
    }
    made[6] = columns.column("system.disk.io_time", "system.device=" + device, "s");
    return made;
  }

  @Override
  public void parse(KernelText text, long epochMillis) {
    devices.rewind();
    while (!text.atEnd()) {
      line(text, epochMillis);
      text.nextLine();
    }
  }

  private void line(KernelText text, long epochMillis) {
    long major = text.number();
    long minor = text.number();
    if (major == KernelText.NONE || minor == KernelText.NONE) {
      return;
    }
    text.skipBlanks();
    int from = text.position();
    text.skipWord();
    int to = text.position();
    for (int i = 0; i < COUNTERS; i++) {
      counters[i] = text.number();
    }
    @Nullable Column[] row = devices.columns(text, from, to, DeviceRows.anyAboveZero(counters));
    if (row == null) {
      return;
    }
    for (int i = 0; i < 2; i++) {
      put(row[i * 3], epochMillis, counters[i * 4]);
      put(row[i * 3 + 1], epochMillis, counters[i * 4 + 2], SECTORS_PER_BYTE);
      put(row[i * 3 + 2], epochMillis, counters[i * 4 + 3], MILLIS_PER_SECOND);
    }
    put(row[6], epochMillis, counters[9], MILLIS_PER_SECOND);
  }
}
