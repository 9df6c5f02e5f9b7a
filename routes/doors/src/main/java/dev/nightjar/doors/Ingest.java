package dev.nightjar.doors;

import dev.nightjar.doors.git.GitIngest;
import dev.nightjar.doors.git.GitIngestOptions;
import dev.nightjar.doors.git.GitIngestProgress;
import dev.nightjar.doors.git.GitIngestSummary;
import dev.nightjar.git.GitRepository;
import dev.nightjar.model.Failure;
import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.store.Database;
import dev.nightjar.store.live.LiveStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

/** The door by which things come in during one run. */
public final class Ingest implements AutoCloseable {
  private final CamelContext camel;
  private final ProducerTemplate routes;

  private Ingest(CamelContext camel, ProducerTemplate routes) {
    this.camel = camel;
    this.routes = routes;
  }

  /**
   * Starts the routes.
   *
   * @param live where readings are passed on; absent without a Redis
   * @param runId whom dead letters belong to
   */
  public static Ingest start(Database database, Optional<LiveStream> live, UUID runId) {
    DefaultCamelContext camel = new DefaultCamelContext();
    ProducerTemplate routes = camel.createProducerTemplate();
    IngestRoutes.Sinks sinks =
        new IngestRoutes.Sinks(
            new GitSink(new GitIngest(database, GitIngestOptions.defaults()), routes),
            new TelemetrySink(database),
            new LiveSink(live),
            new DeadLetterSink(database, runId));
    try {
      camel.addRoutes(new IngestRoutes(sinks));
      camel.start();
      routes.start();
    } catch (Exception e) {
      camel.stop();
      throw new IllegalStateException("the routes could not be started", e);
    }
    return new Ingest(camel, routes);
  }

  /** Brings in what is new in a repository; returns when it is stored. */
  public GitIngestSummary git(
      GitRepository repository, long repositoryId, GitIngestProgress progress) {
    return (GitIngestSummary)
        send(IngestRoutes.GIT, new RepositoryHistory(repository, repositoryId, progress));
  }

  /** Brings in readings of a machine; returns when they are stored. */
  public void telemetry(long machineId, List<TelemetryBatch> batches) {
    send(IngestRoutes.TELEMETRY, new TelemetryReadings(machineId, batches));
  }

  private Object send(String route, Object body) {
    try {
      return routes.requestBody(route, body);
    } catch (CamelExecutionException e) {
      throw unwrapped(e);
    }
  }

  private static RuntimeException unwrapped(CamelExecutionException e) {
    return switch (e.getCause()) {
      case Failure failure -> failure;
      case RuntimeException failure -> failure;
      case InterruptedException _ -> {
        Thread.currentThread().interrupt();
        yield new Failure.Unavailable("Ingest was interrupted: go on with --resume.", e);
      }
      case null, default -> e;
    };
  }

  @Override
  public void close() {
    routes.stop();
    camel.stop();
  }
}
