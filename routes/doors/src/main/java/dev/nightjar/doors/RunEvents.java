package dev.nightjar.doors;

import dev.nightjar.model.event.RunEvent;
import dev.nightjar.model.event.RunListener;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on what happens in a run to whoever listens behind the doors, such as those who watch
 * through Redis, who get one JSON object an event on the topic {@link #TOPIC}. The run waits for
 * none of them; of progress a few times a second are told.
 */
public final class RunEvents implements RunListener, AutoCloseable {
  /** Where those who watch through Redis hear them. */
  public static final String TOPIC = "run";

  private static final Logger LOG = LoggerFactory.getLogger(RunEvents.class);
  private static final long PROGRESS_NANOS = 250_000_000;

  private final Doors doors;
  private final List<EventRoutes> listeners;
  private final RunPorts run;
  private final Set<String> told = new HashSet<>();
  private long progressToldAt = System.nanoTime() - PROGRESS_NANOS;

  RunEvents(Doors doors, List<EventRoutes> listeners, RunPorts run) {
    this.doors = doors;
    this.listeners = listeners;
    this.run = run;
  }

  @Override
  public synchronized void hear(RunEvent event) {
    if (event instanceof RunEvent.Progressed) {
      long now = System.nanoTime();
      if (now - progressToldAt < PROGRESS_NANOS) {
        return;
      }
      progressToldAt = now;
    }
    for (EventRoutes listener : listeners) {
      if (listener.listensTo(run)) {
        told.add(listener.queue());
        doors.routes().sendBodyAndHeader(listener.queue(), event, RunPorts.HEADER, run);
      }
    }
  }

  /** Waits for what is still on its way, for a moment. */
  @Override
  public synchronized void close() {
    for (String queue : told) {
      try {
        // A message that is answered when it has been through, and so have all before it.
        doors.routes().requestBody(queue, "");
      } catch (CamelExecutionException e) {
        LOG.debug("Not all of a run was heard by {}.", queue, e);
      }
    }
  }
}
