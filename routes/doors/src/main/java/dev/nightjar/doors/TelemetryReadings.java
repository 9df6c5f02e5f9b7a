package dev.nightjar.doors;

import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.store.telemetry.TelemetryText;
import java.time.Instant;
import java.util.List;

/** Readings on their way: which machine they are of, and the readings. */
record TelemetryReadings(long machineId, List<TelemetryBatch> batches) {
  /** What a dead letter keeps of them: a line that names them, and all of them. */
  @Override
  public String toString() {
    long first = Long.MAX_VALUE;
    for (TelemetryBatch batch : batches) {
      first = batch.values().length == 0 ? first : Math.min(first, batch.epochMillis()[0]);
    }
    // The time tells the letters of one run apart.
    return "%d metrics of machine %d from %s%n%s"
        .formatted(
            batches.size(),
            machineId,
            Instant.ofEpochMilli(first),
            TelemetryText.write(machineId, batches));
  }
}
