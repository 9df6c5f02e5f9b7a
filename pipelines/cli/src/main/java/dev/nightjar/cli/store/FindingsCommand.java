package dev.nightjar.cli.store;

import dev.nightjar.cli.command.Command;
import dev.nightjar.cli.command.CommandOptions;
import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.cli.terminal.QueryText;
import dev.nightjar.cli.terminal.Text;
import dev.nightjar.jobs.gate.RepositoryFindings;
import dev.nightjar.jobs.gate.RunsFolderFindings;
import dev.nightjar.model.Failure;
import dev.nightjar.settings.Nearest;
import dev.nightjar.store.query.QueryResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;

/** {@code nightjar findings}: what got slower and is not mended, and a person's word on it. */
public final class FindingsCommand implements Command {
  private static final String LIST = "list";
  private static final String ACCEPT = "accept";

  @Override
  public String name() {
    return "findings";
  }

  @Override
  public String summary() {
    return "List what got slower and is not mended; accept it for good.";
  }

  @Override
  public String operands() {
    return "[list | accept ID]";
  }

  @Override
  public List<String> words() {
    return List.of(LIST, ACCEPT);
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(CommandOptions.flag("all", "With list: those that have ended, too."))
        .addOption(
            CommandOptions.valued(
                "reason", "TEXT", "With accept: why, for those who look it up. Required."))
        .addOption(
            CommandOptions.valued(
                "history",
                "FOLDER",
                "Those of a folder of runs, as 'gate --history' keeps it, not the database's."));
  }

  @Override
  public List<String> examples() {
    return List.of(
        "nightjar findings                     what is open: since when, which commits, how much",
        "nightjar findings --all --json        what was mended or accepted, too",
        "nightjar findings accept 019e2f5c-7a00-7d2b-9c64-2f0b6d1f5a10 --reason \"TLS 1.3 costs that\"",
        "                                      for good: the level since is the good one from now on;",
        "                                      for a time, a line in nightjar-acknowledged.yaml does it",
        "nightjar findings --history results/  those of a folder of runs; so is accepting");
  }

  @Override
  public int run(Invocation invocation) {
    List<String> operands = invocation.operands();
    String verb = operands.isEmpty() ? LIST : operands.getFirst();
    switch (verb) {
      case LIST -> list(invocation);
      case ACCEPT -> accept(invocation);
      default ->
          throw new Failure.Misuse(
              "'findings "
                  + verb
                  + "' is no command."
                  + Nearest.to(verb, words())
                      .map(nearest -> " Did you mean 'findings " + nearest + "'?")
                      .orElse(" It knows " + String.join(", ", words()) + "."));
    }
    return ExitCode.DONE;
  }

  private static void list(Invocation invocation) {
    if (invocation.operands().size() > 1 || invocation.has("reason")) {
      throw new Failure.Misuse(
          "findings list takes no identifier and no --reason: 'nightjar findings accept' does.");
    }
    boolean withEnded = invocation.has("all");
    QueryResult result =
        folder(invocation)
            .map(folder -> RunsFolderFindings.list(folder, withEnded, invocation.err()::println))
            .orElseGet(() ->
                RepositoryFindings.list(invocation.workspace(), invocation.stores(), withEnded));
    if (invocation.wantsJson()) {
      QueryText.json(result, invocation.out());
      return;
    }
    if (result.rows().isEmpty()) {
      invocation.out().println("Nothing is known to have got slower and not to be mended.");
    }
    for (List<@Nullable String> row : result.rows()) {
      invocation.out().println(Text.oneLine(line(new Row(result, row))));
    }
  }

  private static void accept(Invocation invocation) {
    List<String> operands = invocation.operands();
    String reason = invocation.value("reason").map(String::strip).orElse("");
    if (operands.size() != 2 || reason.isEmpty() || invocation.has("all")) {
      throw new Failure.Misuse(
          "findings accept takes one identifier and --reason TEXT: 'nightjar findings' lists them.");
    }
    UUID id = identifier(operands.get(1));
    Optional<Path> folder = folder(invocation);
    if (folder.isPresent()) {
      RunsFolderFindings.accept(folder.get(), id, reason, invocation.err()::println);
    } else {
      RepositoryFindings.accept(invocation.workspace(), invocation.stores(), id, reason);
    }
    invocation
        .out()
        .println(
            invocation.wantsJson()
                ? "{\"finding_id\":\"" + id + "\",\"state\":\"accepted\"}"
                : "Accepted " + id + ": what was measured since is the good level from now on.");
  }

  private static Optional<Path> folder(Invocation invocation) {
    return invocation.value("history").map(text -> invocation.path("--history", text));
  }

  private static UUID identifier(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new Failure.Misuse(
          "'" + text + "' is no finding's identifier: 'nightjar findings' lists them.", e);
    }
  }

  /** A row by the names of its columns. */
  private record Row(QueryResult result, List<@Nullable String> cells) {
    private String text(String column) {
      for (int i = 0; i < cells.size(); i++) {
        if (result.columns().get(i).name().equals(column)) {
          return Objects.requireNonNullElse(cells.get(i), "");
        }
      }
      throw new IllegalArgumentException("there is no column " + column);
    }
  }

  private static String line(Row row) {
    String commit = row.text("since_commit");
    String parameters = row.text("parameters");
    String reason = row.text("reason");
    return "%s  %s: %s/%s%s on %s, %s since %s at %s%s, in %s%s; suspected: %s%s"
        .formatted(
            row.text("finding_id"),
            row.text("state"),
            row.text("benchmark"),
            row.text("metric"),
            parameters.equals("{}") ? "" : " " + parameters,
            row.text("device"),
            percent(row.text("effect")),
            row.text("since_started_at"),
            commit.isEmpty() ? "no commit" : commit.substring(0, 12),
            row.text("branch").isEmpty() ? "" : " on " + row.text("branch"),
            counted(row),
            row.text("latest_effect").isEmpty()
                ? ""
                : "; now " + percent(row.text("latest_effect")),
            row.text("suspected_cause"),
            reason.isEmpty() ? "" : "; " + reason);
  }

  private static String counted(Row row) {
    String runs = row.text("runs_since");
    return "%s %s over %s days"
        .formatted(runs, runs.equals("1") ? "run" : "runs", row.text("days"));
  }

  private static String percent(String effect) {
    return effect.isEmpty()
        ? "worse"
        : String.format(Locale.ROOT, "%+.1f %%", 100 * Double.parseDouble(effect));
  }
}
