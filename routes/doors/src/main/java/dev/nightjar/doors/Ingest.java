package dev.nightjar.doors;

import dev.nightjar.doors.git.GitIngestProgress;
import dev.nightjar.doors.git.GitIngestSummary;
import dev.nightjar.git.GitRepository;
import dev.nightjar.model.Failure;
import dev.nightjar.model.telemetry.TelemetryBatch;
import java.util.List;
import org.apache.camel.CamelExecutionException;

/** The door by which things come in during one run. */
public final class Ingest {
  private final Doors doors;
  private final RunPorts run;

  Ingest(Doors doors, RunPorts run) {
    this.doors = doors;
    this.run = run;
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
      return doors.routes().requestBodyAndHeader(route, body, RunPorts.HEADER, run);
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
}
