package dev.nightjar.doors;

import dev.nightjar.store.live.LiveStream;
import java.util.Optional;
import org.apache.camel.Handler;

/** Passes readings on to those who watch, where there is a Redis; its failures stop nothing. */
final class LiveSink {
  private final Optional<LiveStream> live;

  LiveSink(Optional<LiveStream> live) {
    this.live = live;
  }

  @Handler
  void publish(TelemetryReadings readings) {
    live.ifPresent(stream -> stream.publish(readings.machineId(), readings.batches()));
  }
}
