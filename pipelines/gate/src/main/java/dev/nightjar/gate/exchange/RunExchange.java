package dev.nightjar.gate.exchange;

import dev.nightjar.gate.history.PastRun;
import dev.nightjar.gate.noise.MachineWindows;
import dev.nightjar.model.Host;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.model.Sample;
import dev.nightjar.store.Database;
import dev.nightjar.store.run.RunImport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
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
    List<ArchivedRun> all = new RunsFolder(folder.get()).read(new SeriesPool(), problems);
    Set<UUID> known =
        database
            .imports()
            .known(repositoryId, all.stream().map(one -> run(one, 0, nightjarVersion)).toList());
    takeIn(all.stream().filter(one -> !known.contains(one.run().id())).toList(), nightjarVersion);
  }

  /**
   * Stores those of the runs that the database lacks, or of which it holds a part.
   *
   * @return how many these were
   */
  public int takeIn(List<ArchivedRun> all, String nightjarVersion) {
    int taken = 0;
    for (ArchivedRun archived : all) {
      if (put(archived, hostOf(archived), nightjarVersion).isNew()) {
        taken++;
      }
    }
    return taken;
  }

  private long hostOf(ArchivedRun archived) {
    return database
        .runs()
        .hostOf(new Host(archived.machineKey(), archived.machine(), new TreeMap<>()));
  }

  /** Stores a run as it is, completed; one that is stored completely stays. */
  public RunImport.Taken put(ArchivedRun archived, long hostId, String nightjarVersion) {
    return database
        .imports()
        .take(
            run(archived, hostId, nightjarVersion),
            new RunImport.Content(
                archived.samples(),
                archived.disturbed(),
                archived.failures(),
                archived.assumed(),
                archived.findings()));
  }

  private Run run(ArchivedRun archived, long hostId, String nightjarVersion) {
    PastRun run = archived.run();
    return new Run(
        run.id(),
        run.pipeline(),
        repositoryId,
        hostId,
        run.commit(),
        run.branch(),
        RunState.RUNNING,
        run.startedAt(),
        null,
        nightjarVersion);
  }

  /** The samples with what the telemetry tells of them, which stays here. */
  private List<Sample> observed(Run run) {
    List<Sample> samples = database.samples().of(run.id());
    MachineWindows windows = MachineWindows.of(database, run.id(), List.of(samples));
    return samples.stream().map(windows::observe).toList();
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
                observed(run),
                database.disturbances().of(run.id()),
                database.benchmarkFailures().of(run.id()),
                database.assumedDirections().of(run.id()),
                database.findings().ofRun(run.id())));
  }
}
