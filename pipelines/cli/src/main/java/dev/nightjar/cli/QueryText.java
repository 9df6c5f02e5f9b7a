package dev.nightjar.cli;

import dev.nightjar.store.QueryResult;
import dev.nightjar.store.QueryResult.Column;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The rows of a query as a table, CSV or JSON. */
final class QueryText {
  private QueryText() {}

  static TextTable table(QueryResult result) {
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
  static void csv(QueryResult result, PrintStream out) {
    out.print(
        result.columns().stream()
            .map(column -> field(column.name()))
            .collect(Collectors.joining(",", "", "\r\n")));
    for (List<@Nullable String> row : result.rows()) {
      out.print(
          row.stream()
              .map(cell -> cell == null ? "" : field(cell))
              .collect(Collectors.joining(",", "", "\r\n")));
    }
  }

  private static String field(String text) {
    boolean isPlain =
        !text.isEmpty()
            && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  static String json(QueryResult result) {
    ArrayNode array = JsonMapper.shared().createArrayNode();
    for (List<@Nullable String> row : result.rows()) {
      ObjectNode object = array.addObject();
      for (int column = 0; column < row.size(); column++) {
        Column head = result.columns().get(column);
        object.set(head.name(), node(head.kind(), row.get(column)));
      }
    }
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(array);
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
