package dev.nightjar.cli;

import dev.nightjar.jobs.Pipeline;
import dev.nightjar.jobs.PipelineRequest;
import dev.nightjar.jobs.PipelineRunner;
import dev.nightjar.jobs.RunOutcome;
import dev.nightjar.jobs.Workspace;
import dev.nightjar.store.StoreSettings;
import java.util.List;
import org.apache.commons.cli.Options;

/** What the verbs that run a pipeline have in common. */
abstract class PipelineCommand implements Command {
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
    return new Options()
        .addOption(
            Commands.flag(
                "resume", "Go on with the last run if it did not complete; else begin a new one."))
        .addOption(
            Commands.flag(
                "gate", "Make the verdict the exit code: 1 regressed or failed, 3 no verdict."));
  }

  @Override
  public int run(Invocation invocation) throws Exception {
    Workspace workspace = invocation.workspace();
    StoreSettings stores =
        StoreSettings.fromEnvironment(invocation.environment())
            .withUrls(workspace.settings().databaseUrl(), workspace.settings().redisUrl());
    PipelineRequest request =
        new PipelineRequest(
            pipeline, workspace, stores, invocation.has("resume"), Version.number());
    RunOutcome outcome = new PipelineRunner(ProgressDisplay.on(invocation)).run(request);
    if (invocation.wantsJson()) {
      invocation.out().println(OutcomeText.json(outcome));
    } else {
      OutcomeText.lines(outcome).forEach(line -> invocation.out().println(Text.oneLine(line)));
    }
    return invocation.has("gate") ? outcome.gate().exitCode() : ExitCode.DONE;
  }

  /** {@code nightjar run}. */
  static final class RunCommand extends PipelineCommand {
    RunCommand() {
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
  static final class IngestCommand extends PipelineCommand {
    IngestCommand() {
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
              Commands.flag(
                  "resume",
                  "Go on with the last run if it did not complete; else begin a new one."));
    }

    @Override
    public List<String> examples() {
      return List.of("nightjar ingest --repo ~/src/project");
    }
  }

  /** {@code nightjar bench}. */
  static final class BenchCommand extends PipelineCommand {
    BenchCommand() {
      super(Pipeline.BENCH);
    }

    @Override
    public String summary() {
      return "Run the benchmarks and judge them, without ingest and report.";
    }

    @Override
    public List<String> examples() {
      return List.of("nightjar bench", "nightjar bench --gate --json");
    }
  }
}
