package dev.nightjar.doors;

import org.apache.camel.model.FilterDefinition;

/** How those who watch a run through Redis hear of it. */
final class LiveRoutes extends EventRoutes {
  LiveRoutes() {
    super("live-events");
  }

  @Override
  boolean listensTo(RunPorts run) {
    return run.live().isPresent();
  }

  @Override
  void take(FilterDefinition events) {
    events.bean(new LiveEventSink());
  }
}
