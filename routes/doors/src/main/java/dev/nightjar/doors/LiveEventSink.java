package dev.nightjar.doors;

import dev.nightjar.model.event.RunEvent;
import org.apache.camel.Handler;
import org.apache.camel.Header;

/** The end of the route of events: one JSON object an event on the topic of Redis. */
final class LiveEventSink {
  @Handler
  void tell(RunEvent event, @Header(RunPorts.HEADER) RunPorts run) {
    run.live().ifPresent(live -> live.tell(RunEvents.TOPIC, RunEventText.json(run.runId(), event)));
  }
}
