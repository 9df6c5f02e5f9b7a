package dev.nightjar.cli.terminal;

import dev.nightjar.store.query.QueryResult;
import dev.nightjar.store.query.QueryResult.Column;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The rows of a query as a table, CSV or JSON. */
public final class QueryText {
  private static final ObjectWriter PRETTY = JsonMapper.shared().writerWithDefaultPrettyPrinter();

  private QueryText() {}

  public static TextTable table(QueryResult result) {
    TextTable table = new TextTable(result.columns().stream().map(Column::name).toList());
    for (int column = 0; column < result.columns().size(); column++) {
      if (result.columns().get(column).kind() == QueryResult.Kind.NUMBER) {
        table.alignRight(column);
      }
    }
    for (List<@Nullable String> row : result.rows()) {
      table.row(row.stream().map(cell -> cell == null ? "" : cell).toList());
    }
    return table;
  }

  /** RFC 4180; a missing value is an empty field, an empty text is quoted. */
  public static void csv(QueryResult result, Cells cells, PrintStream out) {
    List<Column> columns = result.columns();
    out.print(
        columns.stream()
            .map(column -> field(cells.text(column.name())))
            .collect(Collectors.joining(",", "", "\r\n")));
    for (List<@Nullable String> row : result.rows()) {
      StringJoiner line = new StringJoiner(",", "", "\r\n");
      for (int column = 0; column < columns.size(); column++) {
        String cell = row.get(column);
        line.add(cell == null ? "" : field(cells.of(columns.get(column).kind(), cell)));
      }
      out.print(line);
    }
  }

  /** What stands in the cells of a CSV file. */
  public enum Cells {
    /** What is stored, to the byte. */
    RAW {
      @Override
      String text(String text) {
        return text;
      }
    },
    /**
     * Names and messages come from repositories that anyone may have written: what a terminal acts
     * on is shown, and what a spreadsheet takes for a formula gets a quote before it.
     */
    GUARDED {
      @Override
      String text(String text) {
        String shown =
            Arrays.stream(text.replace("\r\n", "\n").split("\t", -1))
                .map(Text::printable)
                .collect(Collectors.joining("\t"));
        return FORMULA.matcher(shown).lookingAt() && !NUMBER.matcher(shown).matches()
            ? "'" + shown
            : shown;
      }
    };

    private static final Pattern FORMULA =
        Pattern.compile("[\\s]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\n]");
    private static final Pattern NUMBER =
        Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    abstract String text(String text);

    final String of(QueryResult.Kind kind, String cell) {
      return kind == QueryResult.Kind.NUMBER || kind == QueryResult.Kind.BOOLEAN
          ? cell
          : text(cell);
    }
  }

  private static String field(String text) {
    boolean isPlain =
        !text.isEmpty()
            && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /** Row by row, as all of it at once would take the memory of the rows several times. */
  public static void json(QueryResult result, PrintStream out) {
    String before = "[ ";
    for (List<@Nullable String> row : result.rows()) {
      ObjectNode object = JsonMapper.shared().createObjectNode();
      for (int column = 0; column < row.size(); column++) {
        Column head = result.columns().get(column);
        object.set(head.name(), node(head.kind(), row.get(column)));
      }
      // In JSON such a character stands in a text alone, where this is an escape of JSON's.
      out.print(before + Text.printable(PRETTY.writeValueAsString(object)));
      before = ", ";
    }
    out.println(result.rows().isEmpty() ? "[ ]" : " ]");
  }

  private static JsonNode node(QueryResult.Kind kind, @Nullable String text) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (text == null) {
      return nodes.nullNode();
    }
    return switch (kind) {
      case NUMBER -> number(text);
      case BOOLEAN -> nodes.booleanNode(Boolean.parseBoolean(text));
      case JSON -> JsonMapper.shared().readTree(text);
      case TEXT -> nodes.stringNode(text);
    };
  }

  /** JSON knows no NaN and no Infinity: those stay texts. */
  private static JsonNode number(String text) {
    return text.matches("-?[0-9].*")
        ? JsonNodeFactory.instance.numberNode(new BigDecimal(text))
        : JsonNodeFactory.instance.stringNode(text);
  }
}
