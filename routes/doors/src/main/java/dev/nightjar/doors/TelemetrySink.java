package dev.nightjar.doors;

import dev.nightjar.store.Database;
import org.apache.camel.Handler;

/** The end of the telemetry route: the packed table. */
final class TelemetrySink {
  private final Database database;

  TelemetrySink(Database database) {
    this.database = database;
  }

  @Handler
  void store(TelemetryReadings readings) {
    database.telemetry().append(readings.machineId(), readings.batches());
  }
}
