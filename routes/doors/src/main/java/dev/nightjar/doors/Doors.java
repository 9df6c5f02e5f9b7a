package dev.nightjar.doors;

import dev.nightjar.store.Database;
import dev.nightjar.store.live.LiveStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ShutdownStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The doors of a process: one Camel context for all runs in it, however long it lives. It is
 * started when something first goes through.
 */
public final class Doors implements AutoCloseable {
  /** How long what is on its way may take when the process ends. */
  private static final long LAST_WORDS_SECONDS = 1;

  /** Those who hear of runs, a class each. */
  private static final List<Supplier<EventRoutes>> LISTENERS = List.of(LiveRoutes::new);

  private final List<EventRoutes> listeners = LISTENERS.stream().map(Supplier::get).toList();

  private @Nullable DefaultCamelContext camel;
  private @Nullable ProducerTemplate routes;

  /**
   * The door by which things come in during a run.
   *
   * @param database as the run's owner may write it
   * @param live where readings are passed on; absent when nobody is told
   */
  public Ingest ingest(Database database, Optional<LiveStream> live, UUID runId) {
    return new Ingest(this, new RunPorts(database, live, runId));
  }

  /**
   * The door by which those who listen hear of a run.
   *
   * @param database as the run's owner may write it
   * @param live where those who watch listen; absent when nobody is told
   */
  public RunEvents events(Database database, Optional<LiveStream> live, UUID runId) {
    return new RunEvents(this, listeners, new RunPorts(database, live, runId));
  }

  synchronized ProducerTemplate routes() {
    if (routes == null) {
      routes = start();
    }
    return routes;
  }

  private ProducerTemplate start() {
    DefaultCamelContext started = new DefaultCamelContext();
    try {
      started.addRoutes(new IngestRoutes());
      for (EventRoutes listener : listeners) {
        started.addRoutes(listener);
      }
      ShutdownStrategy shutdown = started.getShutdownStrategy();
      shutdown.setTimeout(LAST_WORDS_SECONDS);
      shutdown.setTimeUnit(TimeUnit.SECONDS);
      shutdown.setLogInflightExchangesOnTimeout(false);
      started.start();
      ProducerTemplate template = started.createProducerTemplate();
      template.start();
      camel = started;
      return template;
    } catch (Exception e) {
      started.stop();
      throw new IllegalStateException("the routes could not be started", e);
    }
  }

  @Override
  public synchronized void close() {
    if (routes != null) {
      routes.stop();
    }
    if (camel != null) {
      camel.stop();
    }
  }
}
