package dev.nightjar.cli.run;

import dev.nightjar.cli.command.Command;
import dev.nightjar.cli.command.CommandOptions;
import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.cli.command.Version;
import dev.nightjar.cli.terminal.Text;
import dev.nightjar.doors.Doors;
import dev.nightjar.jobs.IngestWatch;
import dev.nightjar.jobs.Pipeline;
import dev.nightjar.jobs.PipelineRequest;
import dev.nightjar.jobs.PipelineRunner;
import dev.nightjar.jobs.RunOutcome;
import dev.nightjar.model.Failure;
import dev.nightjar.settings.Workspace;
import dev.nightjar.store.StoreSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.Options;

/** What the verbs that run a pipeline have in common. */
public abstract class PipelineCommand implements Command {
  private final Pipeline pipeline;

  PipelineCommand(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  @Override
  public String name() {
    return pipeline.word();
  }

  @Override
  public Options options() {
    return GateFlags.all()
        .addOption(
            CommandOptions.flag(
                "resume",
                "Go on with the last run if it did not complete and its commit is checked out; else"
                    + " begin a new one."))
        .addOption(
            CommandOptions.flag(
                "gate", "Make the verdict the exit code: 1 regressed or failed, 3 no verdict."));
  }

  @Override
  public int run(Invocation invocation) throws Exception {
    RunOutcome ended;
    try (Doors doors = new Doors()) {
      ended =
          new PipelineRunner(doors, ProgressDisplay.on(invocation))
              .run(pipelineRequest(invocation));
    }
    RunOutcome outcome = withHint(ended, invocation);
    print(outcome, invocation);
    return invocation.has("gate") ? outcome.gate().exitCode() : ExitCode.DONE;
  }

  /** What the command line asks for. */
  final PipelineRequest pipelineRequest(Invocation invocation) {
    Workspace workspace =
        pipeline == Pipeline.INGEST ? invocation.workspace() : invocation.workspaceToRun();
    StoreSettings stores = invocation.stores(workspace);
    return new PipelineRequest(
        pipeline,
        workspace,
        stores,
        invocation.has("resume"),
        GateFlags.read(invocation),
        Version.number());
  }

  /**
   * Without a settings file a run measures the host alone, which a person may take for the project.
   */
  private RunOutcome withHint(RunOutcome outcome, Invocation invocation) {
    if (pipeline == Pipeline.INGEST || invocation.place().file().isPresent()) {
      return outcome;
    }
    List<String> notes = new ArrayList<>(outcome.notes());
    notes.add(
        "There is no nightjar.yaml, so only this host was measured (suite memory) and nothing of"
            + " the repository: 'nightjar init' looks for its benchmarks and writes one.");
    return outcome.with(notes);
  }

  static void print(RunOutcome outcome, Invocation invocation) {
    GateFlags.write(invocation, outcome.verdicts(), outcome.gate(), outcome.notes());
    if (invocation.wantsJson()) {
      invocation.out().println(OutcomeText.json(outcome));
    } else {
      OutcomeText.lines(outcome).forEach(line -> invocation.out().println(Text.oneLine(line)));
    }
  }

  /** {@code nightjar run}. */
  public static final class RunCommand extends PipelineCommand {
    public RunCommand() {
      super(Pipeline.NIGHTLY);
    }

    @Override
    public String name() {
      return "run";
    }

    @Override
    public String summary() {
      return "Ingest, benchmark, judge, publish: the whole pipeline.";
    }

    @Override
    public List<String> examples() {
      return List.of(
          "nightjar run                      over the repository of this folder",
          "nightjar run --repo ~/src/project over another one",
          "nightjar run --resume             go on after a crash",
          "nightjar run --gate               as a step in CI: exit 1 when something got slower");
    }
  }

  /** {@code nightjar ingest}. */
  public static final class IngestCommand extends PipelineCommand {
    private static final Duration LONGEST_ENDING = Duration.ofSeconds(30);

    public IngestCommand() {
      super(Pipeline.INGEST);
    }

    @Override
    public String summary() {
      return "Bring in what is new in the repository's history.";
    }

    @Override
    public Options options() {
      return new Options()
          .addOption(
              CommandOptions.flag(
                  "resume",
                  "Go on with the last run if it did not complete and its commit is checked out;"
                      + " else begin a new one."))
          .addOption(
              CommandOptions.flag(
                  "watch", "Go on ingesting whenever a ref changes, until it is interrupted."));
    }

    @Override
    public List<String> examples() {
      return List.of(
          "nightjar ingest --repo ~/src/project",
          "nightjar ingest --watch           and whenever a ref changes, until Ctrl-C");
    }

    @Override
    public int run(Invocation invocation) throws Exception {
      if (!invocation.has("watch")) {
        return super.run(invocation);
      }
      if (invocation.has("resume")) {
        throw new Failure.Misuse("--watch begins anew with each change: leave out --resume.");
      }
      try (Doors doors = new Doors()) {
        IngestWatch watch =
            new IngestWatch(pipelineRequest(invocation), doors, ProgressDisplay.on(invocation));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(watch, invocation), "end-watch"));
        watch.run(outcome -> print(outcome, invocation));
      }
      return ExitCode.DONE;
    }

    /** SIGINT and SIGTERM: the process lives until the watch has put things in order. */
    private static void end(IngestWatch watch, Invocation invocation) {
      watch.stop();
      try {
        if (!watch.awaitEnd(LONGEST_ENDING)) {
          invocation.err().println("nightjar: the ingest did not end; 'ingest' goes on with it.");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
