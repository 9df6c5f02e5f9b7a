package dev.nightjar.cli.store;

import dev.nightjar.cli.command.Command;
import dev.nightjar.cli.command.CommandOptions;
import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.cli.command.Invocation;
import dev.nightjar.cli.terminal.QueryText;
import dev.nightjar.cli.terminal.TextTable;
import dev.nightjar.model.Failure;
import dev.nightjar.settings.Nearest;
import dev.nightjar.store.Stores;
import dev.nightjar.store.query.NamedQuery;
import dev.nightjar.store.query.Queries;
import dev.nightjar.store.query.QueryResult;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Options;

/** {@code nightjar query}: asks the database. */
public final class QueryCommand implements Command {
  private static final int ROWS = 1000;
  private static final int ROWS_MAX = 10_000_000;
  private static final int SECONDS = 30;
  private static final int SECONDS_MAX = 3600;

  @Override
  public String name() {
    return "query";
  }

  @Override
  public String summary() {
    return "Ask the database: a named query, or one read-only SQL statement.";
  }

  @Override
  public String operands() {
    return "[NAME | SQL]";
  }

  @Override
  public List<String> words() {
    return Arrays.stream(NamedQuery.values()).map(NamedQuery::word).toList();
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(
            CommandOptions.flag(
                "csv",
                "Print CSV (RFC 4180). What a terminal acts on is shown as \\u001b, and a text that a"
                    + " spreadsheet takes for a formula gets a ' before it."))
        .addOption(CommandOptions.flag("raw", "With --csv: print texts as they are stored."))
        .addOption(
            CommandOptions.valued("limit", "ROWS", "Rows at the most. Default: " + ROWS + "."))
        .addOption(
            CommandOptions.valued(
                "timeout", "SECONDS", "Cancel it after this. Default: " + SECONDS + "."));
  }

  @Override
  public List<String> examples() {
    return List.of(
        "nightjar query                     list the named queries",
        "nightjar query latest              the newest result of every series",
        "nightjar query history --csv",
        "nightjar query \"select benchmark, avg(value) from samples group by 1\" --json");
  }

  @Override
  public int run(Invocation invocation) {
    if (invocation.operands().isEmpty()) {
      list(invocation);
      return ExitCode.DONE;
    }
    if (invocation.wantsJson() && invocation.has("csv")) {
      throw new Failure.Misuse("--json and --csv exclude each other: choose one.");
    }
    if (invocation.has("raw") && !invocation.has("csv")) {
      throw new Failure.Misuse("--raw is about --csv: give both, or neither.");
    }
    String operand = String.join(" ", invocation.operands()).strip();
    Optional<NamedQuery> named = named(operand);
    Duration limit = Duration.ofSeconds(invocation.number("timeout", SECONDS, 1, SECONDS_MAX));
    int rows = invocation.number("limit", ROWS, 1, ROWS_MAX);
    QueryResult result;
    try (Stores stores = Stores.open(invocation.stores())) {
      Queries queries = stores.database().queries();
      result =
          named.isPresent()
              ? queries.runOurs(named.get().sql(), limit, rows)
              : queries.run(operand, limit, rows);
    }
    print(invocation, result);
    if (result.isTruncated()) {
      invocation.err().println("Only the first " + rows + " rows are shown: --limit gives more.");
    }
    return ExitCode.DONE;
  }

  private static void print(Invocation invocation, QueryResult result) {
    if (invocation.wantsJson()) {
      QueryText.json(result, invocation.out());
    } else if (invocation.has("csv")) {
      QueryText.csv(
          result,
          invocation.has("raw") ? QueryText.Cells.RAW : QueryText.Cells.GUARDED,
          invocation.out());
    } else {
      QueryText.table(result).print(invocation.out());
    }
  }

  private void list(Invocation invocation) {
    TextTable table = new TextTable(List.of("query", "tells"));
    for (NamedQuery query : NamedQuery.values()) {
      table.row(List.of(query.word(), query.meaning()));
    }
    table.print(invocation.out());
  }

  /** A single word is a name, anything else SQL. */
  private Optional<NamedQuery> named(String operand) {
    if (operand.matches("(?s).*\\W.*")) {
      return Optional.empty();
    }
    Optional<NamedQuery> query = NamedQuery.of(operand);
    if (query.isEmpty()) {
      throw new Failure.Misuse(
          "'"
              + operand
              + "' is no named query."
              + Nearest.to(operand, words())
                  .map(nearest -> " Did you mean '" + nearest + "'?")
                  .orElse(" Known are " + String.join(", ", words()) + "."));
    }
    return query;
  }
}
