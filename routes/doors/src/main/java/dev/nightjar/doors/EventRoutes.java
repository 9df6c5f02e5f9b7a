package dev.nightjar.doors;

import dev.nightjar.model.event.RunEvent;
import org.apache.camel.model.FilterDefinition;

/**
 * How somebody hears of runs: by a queue and a thread of its own, so that whoever hangs keeps no
 * run waiting, nor anybody else who listens; what it is too slow for is left out.
 */
abstract class EventRoutes extends DoorRoutes {
  private final String name;

  /**
   * Routes of one listener.
   *
   * @param name of the route
   */
  EventRoutes(String name) {
    this.name = name;
  }

  /**
   * Where events wait. Whoever asks for an answer waits for it a second at most; whoever closes the
   * doors waits until the thread looks up, ten times a second, as often as the sampler does.
   */
  final String queue() {
    return "seda:" + name + "?size=1000&discardWhenFull=true&timeout=1000&pollTimeout=100";
  }

  /** Whether it wants to hear of a run; asked before each event. */
  abstract boolean listensTo(RunPorts run);

  /** What becomes of an event; {@link RunPorts#HEADER} says of which run it is. */
  abstract void take(FilterDefinition events);

  @Override
  final void routes() {
    take(from(queue()).routeId(name).filter(body().isInstanceOf(RunEvent.class)));
  }
}
