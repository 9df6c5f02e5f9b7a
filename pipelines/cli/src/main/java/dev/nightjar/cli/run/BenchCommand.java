package dev.nightjar.cli.run;

import dev.nightjar.cli.command.CommandOptions;
import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.cli.command.OrderlyEnd;
import dev.nightjar.cli.terminal.Text;
import dev.nightjar.gate.verdict.FilesAccount;
import dev.nightjar.gate.verdict.FunctionFindings;
import dev.nightjar.gate.verdict.VerdictWriters;
import dev.nightjar.jobs.Pipeline;
import dev.nightjar.jobs.gate.GateOutcome;
import dev.nightjar.jobs.paired.Against;
import dev.nightjar.jobs.paired.AgainstRequest;
import dev.nightjar.model.Failure;
import dev.nightjar.settings.ProfileWhen;
import dev.nightjar.settings.Workspace;
import dev.nightjar.store.StoreSettings;
import java.time.Duration;
import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/**
 * {@code nightjar bench}: measures and judges, against the history or against another commit here.
 */
public final class BenchCommand extends PipelineCommand {
  private static final int MOST_PAIRS = 1000;

  public BenchCommand() {
    super(Pipeline.BENCH);
  }

  @Override
  public String summary() {
    return "Run the benchmarks and judge them, without ingest and report.";
  }

  @Override
  public Options options() {
    return super.options()
        .addOption(
            CommandOptions.valued(
                "against",
                "REV",
                "Build this commit and that one, measure them against each other here and now; store"
                    + " nothing."))
        .addOption(
            Option.builder()
                .longOpt("benchmark")
                .hasArg()
                .argName("NAME")
                .desc("With --against: only this one; may stand several times.")
                .get())
        .addOption(
            CommandOptions.flag(
                "profile",
                "With --against: name the functions that differ, whatever the verdicts. Default:"
                    + " gate.profile."))
        .addOption(pairs())
        .addOption(
            CommandOptions.valued(
                "budget",
                "SECONDS",
                "Time to measure the benchmarks of two commits, shared out where it decides most;"
                    + " building is extra, and so are the fewest pairs that decide anything."
                    + " Default: 'gate.budget' of nightjar.yaml."));
  }

  static Option pairs() {
    return CommandOptions.valued(
        "pairs", "N", "Pairs of repetitions at the most. Default: as the time allows.");
  }

  static int pairs(Invocation invocation) {
    return invocation.number("pairs", MOST_PAIRS, 16, MOST_PAIRS);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "nightjar bench",
        "nightjar bench --gate --json",
        "nightjar bench --against origin/main --gate    on any machine, without a history");
  }

  @Override
  public int run(Invocation invocation) throws Exception {
    if (!invocation.has("against")) {
      for (String option : List.of("benchmark", "profile", "pairs", "budget")) {
        if (invocation.has(option)) {
          throw new Failure.Misuse("--" + option + " needs --against REV.");
        }
      }
      return super.run(invocation);
    }
    GateOutcome outcome;
    try (OrderlyEnd _ = OrderlyEnd.ofThisThread()) {
      outcome = Against.measure(against(invocation), ProgressDisplay.on(invocation));
    }
    FunctionFindings functions = new FunctionFindings(outcome.profiles());
    GateFlags.write(
        invocation,
        outcome.verdicts(),
        outcome.decision(),
        outcome.notes(),
        FilesAccount.NONE,
        functions);
    if (invocation.wantsJson()) {
      invocation
          .out()
          .print(
              VerdictWriters.json(
                  outcome.verdicts(), outcome.decision(), outcome.notes(), functions));
    } else {
      invocation.out().println("Measured: " + outcome.run());
      OutcomeText.lines(outcome.verdicts(), outcome.decision().passed(), outcome.notes())
          .forEach(line -> invocation.out().println(Text.oneLine(line)));
    }
    return invocation.has("gate") ? outcome.decision().exitCode() : ExitCode.DONE;
  }

  private static AgainstRequest against(Invocation invocation) {
    for (String option : List.of("resume", "history", "baseline", "base")) {
      if (invocation.has(option)) {
        throw new Failure.Misuse("--" + option + " and --against exclude each other.");
      }
    }
    Workspace workspace = invocation.workspaceToRun();
    int budget = (int) workspace.settings().budget().toSeconds();
    String[] named = invocation.line().getOptionValues("benchmark");
    return new AgainstRequest(
        workspace,
        GateFlags.read(invocation),
        invocation.value("against").orElseThrow(),
        named == null ? List.of() : List.of(named),
        pairs(invocation),
        Duration.ofSeconds(invocation.number("budget", budget, 1, 86_400)),
        invocation.has("profile") ? ProfileWhen.ALWAYS : workspace.settings().profile(),
        StoreSettings.fromEnvironment(invocation.environment()).cacheFolder());
  }
}
