package dev.nightjar.cli;

import dev.nightjar.cli.command.ExitCode;
import java.nio.file.Path;
import java.util.List;

/** A command that is killed, what it needs beforehand, and what must be there in the end. */
enum KilledVerb {
  RUN(true, "run --resume"),
  INGEST(true, "ingest --resume"),
  IMPORT(true, "import --from github-action-benchmark data.js"),
  PUBLISH(true, "publish") {
    @Override
    void prepare(Path home, Path project) throws Exception {
      succeed(NightjarProcess.run(home, project, "run"));
      PlainFiles.delete(project.resolve("site"));
    }
  },
  GATE(false, "gate --results now.json --history results") {
    @Override
    void prepare(Path home, Path project) throws Exception {
      for (int run = 0; run < EARLIER_RUNS; run++) {
        KillProject.writeResults(project.resolve("now.json"), (run + 1) / 1000.0);
        succeed(NightjarProcess.run(home, project, command()));
      }
      KillProject.writeResults(project.resolve("now.json"), 0);
    }

    @Override
    String result(Path home, Path project) throws Exception {
      return PlainFiles.of(project.resolve("results"));
    }
  },
  FIRST_START(true, "db start") {
    @Override
    boolean needsNewHome() {
      return true;
    }

    @Override
    String result(Path home, Path project) throws Exception {
      return succeed(NightjarProcess.run(home, project, "query", "history", "--csv")).out();
    }
  };

  private static final int EARLIER_RUNS = 3;

  private final boolean usesStores;
  private final String command;

  KilledVerb(boolean usesStores, String command) {
    this.usesStores = usesStores;
    this.command = command;
  }

  /** Who takes part in it: they are killed in turn. */
  List<Victim> victims() {
    return usesStores ? List.of(Victim.values()) : List.of(Victim.JAVA);
  }

  /** The command, the same before and after the kill. */
  String[] command() {
    return command.split(" ", -1);
  }

  /** Whether each trial begins without any stores. */
  boolean needsNewHome() {
    return false;
  }

  /** Brings about what the verb works on. */
  void prepare(Path home, Path project) throws Exception {}

  /** What there is in the end, without what is of the moment: equal for equal work. */
  String result(Path home, Path project) throws Exception {
    return StoredRows.of(home, project) + PlainFiles.of(project.resolve("site"));
  }

  /** What a command came to, which must be good. */
  static NightjarProcess.Ended succeed(NightjarProcess.Ended ended) {
    if (ended.exitCode() != ExitCode.DONE) {
      throw new IllegalStateException("exit " + ended.exitCode() + ": " + ended.err());
    }
    return ended;
  }
}
