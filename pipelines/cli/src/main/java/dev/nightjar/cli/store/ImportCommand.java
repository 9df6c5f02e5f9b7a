package dev.nightjar.cli.store;

import dev.nightjar.cli.command.Command;
import dev.nightjar.cli.command.CommandOptions;
import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.cli.command.Version;
import dev.nightjar.cli.terminal.Text;
import dev.nightjar.formats.history.HistoryFiles;
import dev.nightjar.jobs.gate.HistoryImport;
import dev.nightjar.model.Failure;
import dev.nightjar.settings.Nearest;
import dev.nightjar.settings.Workspace;
import java.util.List;
import org.apache.commons.cli.Options;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code nightjar import}: takes in the history that another tool has kept. */
public final class ImportCommand implements Command {
  @Override
  public String name() {
    return "import";
  }

  @Override
  public String summary() {
    return "Take in the history of bencher, asv or github-action-benchmark.";
  }

  @Override
  public String operands() {
    return "PATH";
  }

  @Override
  public List<String> words() {
    return HistoryFiles.TOOLS;
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(
            CommandOptions.valued(
                "from", "TOOL", "One of " + String.join(", ", HistoryFiles.TOOLS) + "."));
  }

  @Override
  public List<String> examples() {
    return List.of(
        "nightjar import --from github-action-benchmark dev/bench/data.js",
        "nightjar import --from asv .asv/results",
        "nightjar import --from bencher perf.json        what 'bencher perf' printed");
  }

  @Override
  public int run(Invocation invocation) {
    String tool = tool(invocation);
    if (invocation.operands().size() != 1) {
      throw new Failure.Misuse("import takes one path: 'nightjar import --from asv .asv/results'.");
    }
    Workspace workspace = invocation.workspace();
    HistoryImport.Summary summary =
        HistoryImport.take(
            workspace,
            invocation.stores(),
            tool,
            invocation.path("The path", invocation.operands().getFirst()),
            Version.number());
    print(invocation, summary);
    return ExitCode.DONE;
  }

  private static String tool(Invocation invocation) {
    String tool =
        invocation
            .value("from")
            .orElseThrow(() ->
                new Failure.Misuse(
                    "import needs the tool that kept the history: --from "
                        + String.join("|", HistoryFiles.TOOLS)
                        + "."));
    if (!HistoryFiles.TOOLS.contains(tool)) {
      throw new Failure.Misuse(
          "--from takes %s, not '%s'.%s"
              .formatted(
                  String.join(", ", HistoryFiles.TOOLS),
                  tool,
                  Nearest.to(tool, HistoryFiles.TOOLS)
                      .map(nearest -> " Did you mean '" + nearest + "'?")
                      .orElse("")));
    }
    return tool;
  }

  private static void print(Invocation invocation, HistoryImport.Summary summary) {
    if (invocation.wantsJson()) {
      ObjectNode root = JsonMapper.shared().createObjectNode();
      root.put("runs", summary.runs())
          .put("known", summary.known())
          .put("values", summary.values());
      var problems = root.putArray("left_out");
      summary.problems().forEach(problems::add);
      invocation.out().println(root);
      return;
    }
    summary.problems().forEach(line -> invocation.out().println("Left out: " + Text.oneLine(line)));
    invocation
        .out()
        .printf(
            "%d runs with %d values taken in, %d were known%s%n",
            summary.runs(),
            summary.values(),
            summary.known(),
            summary.problems().isEmpty() ? "" : ", " + summary.problems().size() + " left out");
  }
}
