package dev.nightjar.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.store.query.QueryResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Rows as text, where the rows hold what an attacker wrote. */
class QueryTextTest {
  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("plain", "plain"),
        Arguments.of("", ""),
        Arguments.of("a=b", "a=b"),
        Arguments.of("=1+1", "'=1+1"),
        Arguments.of("+cmd", "'+cmd"),
        Arguments.of("-cmd", "'-cmd"),
        Arguments.of("@SUM(A1)", "'@SUM(A1)"),
        Arguments.of(" =1+1", "' =1+1"),
        Arguments.of("\t=1", "'\t=1"),
        Arguments.of("\r=1", "\\u000d=1"),
        Arguments.of("\n=1", "'\n=1"),
        Arguments.of("\uff1d1+1", "'\uff1d1+1"),
        Arguments.of("-5", "-5"),
        Arguments.of("+1.5e-3", "+1.5e-3"),
        Arguments.of("\u001b[2Jx", "\\u001b[2Jx"),
        Arguments.of("\u009b2Jx", "\\u009b2Jx"),
        Arguments.of("a\tb", "a\tb"),
        Arguments.of("a\r\nb", "a\nb"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aGuardedTextIsNeitherActedOnNorReckoned(String text, String shown) {
    assertEquals(shown, QueryText.Cells.GUARDED.of(QueryResult.Kind.TEXT, text));
    assertEquals(text, QueryText.Cells.RAW.of(QueryResult.Kind.TEXT, text));
  }

  @Test
  void aNumberStaysOne() {
    for (String number : List.of("-5", "-0.25", "-Infinity", "NaN")) {
      assertEquals(number, QueryText.Cells.GUARDED.of(QueryResult.Kind.NUMBER, number));
    }
  }

  @Test
  void csvHasLinesAsTheStandardHasThem() {
    QueryResult rows = result("=name", "=a,\"b\"\r\nc");
    assertEquals(
        "'=name\r\n\"'=a,\"\"b\"\"\nc\"\r\n",
        printed(out -> QueryText.csv(rows, QueryText.Cells.GUARDED, out)));
    assertEquals(
        "=name\r\n\"=a,\"\"b\"\"\r\nc\"\r\n",
        printed(out -> QueryText.csv(rows, QueryText.Cells.RAW, out)));
  }

  @Test
  void jsonIsWholeAndQuiet() {
    String hostile = "a\u001b\u009b\u202e\"";
    String json = printed(out -> QueryText.json(result("n", hostile, "b"), out));
    assertEquals(json, Text.printable(json));
    assertEquals(hostile, JsonMapper.shared().readTree(json).get(0).get("n").asString());
    assertEquals("b", JsonMapper.shared().readTree(json).get(1).get("n").asString());
    assertEquals(
        "[ {\n  \"n\" : \"a\"\n}, {\n  \"n\" : \"b\"\n} ]\n",
        printed(out -> QueryText.json(result("n", "a", "b"), out)));
    assertEquals("[ ]\n", printed(out -> QueryText.json(result("n"), out)));
  }

  private static QueryResult result(String column, String... cells) {
    return new QueryResult(
        List.of(new QueryResult.Column(column, QueryResult.Kind.TEXT)),
        Stream.of(cells).map(List::of).toList(),
        false);
  }

  private static String printed(Consumer<PrintStream> printing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    printing.accept(new PrintStream(bytes, true, UTF_8));
    return bytes.toString(UTF_8);
  }
}
