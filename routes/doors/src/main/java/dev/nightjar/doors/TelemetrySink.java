package dev.nightjar.doors;

import org.apache.camel.Handler;
import org.apache.camel.Header;

/** The end of the telemetry route: the packed table. */
final class TelemetrySink {
  @Handler
  void store(TelemetryReadings readings, @Header(RunPorts.HEADER) RunPorts run) {
    run.database().telemetry().append(readings.machineId(), readings.batches());
  }
}
