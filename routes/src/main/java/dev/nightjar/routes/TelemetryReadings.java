package dev.nightjar.routes;

import dev.nightjar.model.TelemetryBatch;
import java.util.List;

/** Readings on their way: which machine they are of, and the readings. */
record TelemetryReadings(long machineId, List<TelemetryBatch> batches) {
  @Override
  public String toString() {
    return batches.size() + " metrics of host " + machineId;
  }
}
