package dev.nightjar.doors;

import org.apache.camel.Handler;
import org.apache.camel.Header;

/** Passes readings on to those who watch, where there is a Redis; its failures stop nothing. */
final class LiveSink {
  @Handler
  void publish(TelemetryReadings readings, @Header(RunPorts.HEADER) RunPorts run) {
    run.live().ifPresent(live -> live.publish(readings.machineId(), readings.batches()));
  }
}
