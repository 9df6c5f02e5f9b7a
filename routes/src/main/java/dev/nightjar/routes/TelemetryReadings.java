package dev.nightjar.routes;

import dev.nightjar.model.TelemetryBatch;
import java.util.List;

/** Readings on their way: which host they are of, and the readings. */
record TelemetryReadings(long hostId, List<TelemetryBatch> batches) {
  @Override
  public String toString() {
    return batches.size() + " metrics of host " + hostId;
  }
}
