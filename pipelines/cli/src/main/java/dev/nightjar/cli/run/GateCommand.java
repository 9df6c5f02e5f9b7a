package dev.nightjar.cli.run;

import dev.nightjar.cli.command.Command;
import dev.nightjar.cli.command.CommandOptions;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.cli.command.Version;
import dev.nightjar.cli.terminal.Text;
import dev.nightjar.formats.reading.LeftOut;
import dev.nightjar.formats.reading.ReadingLedger;
import dev.nightjar.gate.verdict.FilesAccount;
import dev.nightjar.gate.verdict.FunctionFindings;
import dev.nightjar.gate.verdict.VerdictWriters;
import dev.nightjar.jobs.gate.Gate;
import dev.nightjar.jobs.gate.GateOutcome;
import dev.nightjar.jobs.gate.GateRequest;
import dev.nightjar.model.Failure;
import dev.nightjar.settings.Workspace;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code nightjar gate}: judges a run, or result files, and makes the verdict the exit code. */
public final class GateCommand implements Command {
  @Override
  public String name() {
    return "gate";
  }

  @Override
  public String summary() {
    return "Judge a run or result files; the exit code is the verdict.";
  }

  @Override
  public String operands() {
    return "[FILE...]";
  }

  @Override
  public Options options() {
    return GateFlags.all()
        .addOption(
            Option.builder()
                .longOpt("results")
                .hasArgs()
                .argName("FILE...")
                .desc("Judge what a benchmark tool wrote, of any format that Nightjar reads.")
                .get())
        .addOption(
            CommandOptions.valued(
                "name", "NAME", "What the series of these files are to begin with."))
        .addOption(
            CommandOptions.valued(
                "machine",
                "NAME",
                "Where the files were made, vouching that it is always alike. Default: this"
                    + " machine."))
        .addOption(
            CommandOptions.valued("run", "ID", "A stored run to judge. Default: the newest."));
  }

  @Override
  public List<String> examples() {
    return List.of(
        "nightjar gate                                          the newest stored run",
        "nightjar gate --results target/jmh-result.json         what a tool measured",
        "nightjar gate --results *.json --history results/      without a database, as ephemeral"
            + " runners do",
        "nightjar gate --junit gate.xml --sarif gate.sarif --markdown gate.md");
  }

  @Override
  public int run(Invocation invocation) {
    GateOutcome outcome = Gate.judge(request(invocation));
    ReadingLedger ledger = outcome.ledger();
    FilesAccount account =
        new FilesAccount(
            ledger.values(),
            ledger.leftOutCount(),
            ledger.leftOut().stream().map(LeftOut::clause).toList());
    GateFlags.write(
        invocation,
        outcome.verdicts(),
        outcome.decision(),
        outcome.notes(),
        account,
        FunctionFindings.NONE);
    if (invocation.wantsJson()) {
      print(invocation.out(), outcome, account);
    } else {
      invocation.out().println("Judged: " + Text.oneLine(outcome.run()) + counted(account));
      OutcomeText.lines(outcome.verdicts(), outcome.decision().passed(), outcome.notes())
          .forEach(line -> invocation.out().println(Text.oneLine(line)));
    }
    return outcome.decision().exitCode();
  }

  /** Piece by piece: there may be a hundred thousand verdicts. */
  private static void print(PrintStream out, GateOutcome outcome, FilesAccount account) {
    Writer text = new OutputStreamWriter(out, out.charset());
    try {
      VerdictWriters.writeJson(
          outcome.verdicts(),
          outcome.decision(),
          outcome.notes(),
          account,
          FunctionFindings.NONE,
          text);
    } catch (IOException e) {
      throw new IllegalStateException("a print stream keeps its failures to itself", e);
    }
  }

  private static String counted(FilesAccount account) {
    String values = account.values() == 1 ? "1 value" : account.values() + " values";
    String leftOut = account.leftOutCount() == 0 ? "" : ", " + account.leftOutCount() + " left out";
    return account.values() == 0 ? "" : ": " + values + leftOut;
  }

  private static GateRequest request(Invocation invocation) {
    Workspace workspace = invocation.workspace();
    String[] named = invocation.line().getOptionValues("results");
    List<Path> results = new ArrayList<>();
    Stream.concat(Stream.of(named == null ? new String[0] : named), invocation.operands().stream())
        .map(text -> invocation.path("--results", text))
        .forEach(results::add);
    for (String option : List.of("name", "machine")) {
      if (results.isEmpty() && invocation.has(option)) {
        throw new Failure.Misuse(
            "--" + option + " is about result files: name some with --results.");
      }
    }
    if (!results.isEmpty() && invocation.has("run")) {
      throw new Failure.Misuse("--run and --results exclude each other: choose one.");
    }
    return new GateRequest(
        workspace,
        invocation.stores(workspace),
        GateFlags.read(invocation),
        invocation.value("run").map(GateCommand::identifier),
        results,
        invocation.value("name"),
        invocation.value("machine"),
        Version.number());
  }

  private static UUID identifier(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new Failure.Misuse(
          "--run takes a run's identifier, not '"
              + text
              + "': 'nightjar query history' lists them.",
          e);
    }
  }
}
