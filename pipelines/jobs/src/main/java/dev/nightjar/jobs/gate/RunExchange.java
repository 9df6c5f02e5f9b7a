package dev.nightjar.jobs.gate;

import dev.nightjar.model.Host;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.store.Database;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Carries runs between the database and a folder, so that a machine that begins with an empty
 * database has the history of those before it, and hands its own run on.
 */
public final class RunExchange {
  private final Database database;
  private final long repositoryId;
  private final Optional<Path> folder;

  /**
   * An exchange over a repository.
   *
   * @param folder absent when nothing is exchanged
   */
  public RunExchange(Database database, long repositoryId, Optional<Path> folder) {
    this.database = database;
    this.repositoryId = repositoryId;
    this.folder = folder;
  }

  /**
   * Stores the runs of the folder that the database lacks.
   *
   * @param problems takes a sentence for each file that cannot be read
   */
  public void takeIn(String nightjarVersion, Consumer<String> problems) {
    if (folder.isEmpty()) {
      return;
    }
    for (ArchivedRun archived : new RunsFolder(folder.get()).read(problems)) {
      if (database.runs().find(archived.run().id()).isEmpty()) {
        store(archived, nightjarVersion);
      }
    }
  }

  private void store(ArchivedRun archived, String nightjarVersion) {
    long hostId =
        database
            .runs()
            .hostOf(new Host(archived.machineKey(), archived.machine(), new TreeMap<>()));
    put(archived, hostId, nightjarVersion);
  }

  /** Stores a run as it is, completed; what is stored already stays. */
  void put(ArchivedRun archived, long hostId, String nightjarVersion) {
    PastRun run = archived.run();
    database
        .runs()
        .begin(
            new Run(
                run.id(),
                run.pipeline(),
                repositoryId,
                hostId,
                run.commit(),
                run.branch(),
                RunState.RUNNING,
                run.startedAt(),
                null,
                nightjarVersion),
            "{}");
    database.samples().put(run.id(), repositoryId, hostId, archived.samples());
    database.disturbances().put(run.id(), repositoryId, hostId, archived.disturbed());
    archived.failures().forEach(failure -> database.benchmarkFailures().put(run.id(), failure));
    database.runs().finish(run.id(), RunState.COMPLETED);
  }

  /** Writes a run to the folder. */
  public void handOut(Run run) {
    if (folder.isEmpty()) {
      return;
    }
    Host host = database.runs().host(run.hostId());
    new RunsFolder(folder.get())
        .write(
            new ArchivedRun(
                PastRun.of(run),
                host.machineKey(),
                host.name(),
                database.samples().of(run.id()),
                database.disturbances().of(run.id()),
                database.benchmarkFailures().of(run.id())));
  }
}
