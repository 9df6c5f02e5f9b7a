package dev.nightjar.kernel.source;

import dev.nightjar.kernel.modules.gpu.AcceleratorStatus;
import dev.nightjar.kernel.modules.gpu.AcceleratorStatus.Engine;
import dev.nightjar.kernel.proc.DeviceRows;
import dev.nightjar.kernel.proc.FileSource;
import dev.nightjar.kernel.proc.KernelText;
import dev.nightjar.kernel.telemetry.Columns;
import dev.nightjar.kernel.telemetry.Columns.Column;
import org.jspecify.annotations.Nullable;

/** {@code /proc/ai_gpu}: how busy the devices are that the module drives, and what they copied. */
final class AcceleratorReadings implements FileSource.Parser {
  private static final double MICROS_PER_SECOND = 1e6;

  private final Columns columns;
  private final @Nullable Column tickets;
  private final @Nullable Column done;
  private final @Nullable Column bytesIn;
  private final @Nullable Column bytesOut;

  AcceleratorReadings(Columns columns) {
    this.columns = columns;
    tickets = columns.column("nightjar.accelerator.tickets", "", "{ticket}");
    done = columns.column("nightjar.accelerator.done", "", "{ticket}");
    bytesIn = columns.column("nightjar.accelerator.io", "direction=in", "By");
    bytesOut = columns.column("nightjar.accelerator.io", "direction=out", "By");
  }

  @Override
  public void parse(KernelText text, long epochMillis) {
    AcceleratorStatus status = AcceleratorStatus.parse(text.rest());
    Columns.put(tickets, epochMillis, status.tickets(), 1);
    Columns.put(done, epochMillis, status.done(), 1);
    Columns.put(bytesIn, epochMillis, status.bytesIn(), 1);
    Columns.put(bytesOut, epochMillis, status.bytesOut(), 1);
    for (Engine engine : status.engines()) {
      String device = "hw.id=" + DeviceRows.attributeValue(engine.address().toString());
      Columns.put(
          columns.column("nightjar.accelerator.busy_time", device, "s"),
          epochMillis,
          engine.busyMicros(),
          MICROS_PER_SECOND);
      Column utilisation = columns.column("nightjar.accelerator.utilization", device, "1");
      if (utilisation != null && engine.utilisation().isPresent()) {
        utilisation.add(epochMillis, engine.utilisation().getAsDouble());
      }
    }
  }
}
