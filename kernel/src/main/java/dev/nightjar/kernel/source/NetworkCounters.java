package dev.nightjar.kernel.source;

import static dev.nightjar.kernel.proc.KernelText.put;

import dev.nightjar.kernel.proc.DeviceRows;
import dev.nightjar.kernel.proc.FileSource;
import dev.nightjar.kernel.proc.KernelText;
import dev.nightjar.kernel.telemetry.Columns;
import dev.nightjar.kernel.telemetry.Columns.Column;
import org.jspecify.annotations.Nullable;

/** {@code /proc/net/dev}: bytes, packets, errors and drops of each interface in use. */
final class NetworkCounters implements FileSource.Parser {
  /** Eight counters received, eight sent: bytes packets errs drop … */
  private static final int COUNTERS = 16;

  private static final int FIRST_SENT = 8;

  private final Columns columns;
  private final DeviceRows devices = new DeviceRows(this::columnsOf);
  private final long[] counters = new long[COUNTERS];

  NetworkCounters(Columns columns) {
    this.columns = columns;
  }

  private @Nullable Column[] columnsOf(String device) {
    @Nullable Column[] made = new Column[8];
    String[] directions = {"receive", "transmit"};
    for (int i = 0; i < 2; i++) {
      String attributes =
          "network.interface.name=" + device + ",network.io.direction=" + directions[i];
      made[i * 4] = columns.column("system.network.io", attributes, "By");
      made[i * 4 + 1] = columns.column("system.network.packet.count", attributes, "{packet}");
      made[i * 4 + 2] = columns.column("system.network.errors", attributes, "{error}");
      made[i * 4 + 3] = columns.column("system.network.packet.dropped", attributes, "{packet}");
    }
    return made;
  }

  @Override
  public void parse(KernelText text, long epochMillis) {
    devices.rewind();
    text.nextLine();
    text.nextLine();
    while (!text.atEnd()) {
      line(text, epochMillis);
      text.nextLine();
    }
  }

  private void line(KernelText text, long epochMillis) {
    text.skipBlanks();
    int from = text.position();
    if (!text.skipPast(':')) {
      return;
    }
    int to = text.position() - 1;
    for (int i = 0; i < COUNTERS; i++) {
      counters[i] = text.number();
    }
    @Nullable Column[] row = devices.columns(text, from, to, DeviceRows.anyAboveZero(counters));
    if (row == null) {
      return;
    }
    for (int i = 0; i < 4; i++) {
      put(row[i], epochMillis, counters[i]);
      put(row[4 + i], epochMillis, counters[FIRST_SENT + i]);
    }
  }
}
