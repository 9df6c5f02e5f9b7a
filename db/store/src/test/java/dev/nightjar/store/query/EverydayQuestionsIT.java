package dev.nightjar.store.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.store.SharedStores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The queries of docs/questions.md, against a history whose answers are known. */
class EverydayQuestionsIT {
  private static final Pattern QUESTION =
      Pattern.compile("^## (.+?)$.*?```sql\n(.+?)```", Pattern.MULTILINE | Pattern.DOTALL);

  @RegisterExtension static final SharedStores.Access shared = SharedStores.access();

  @BeforeAll
  static void storeTheHistory() throws IOException {
    try (InputStream text = SharedStores.class.getResourceAsStream("everyday.sql")) {
      String sql = new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
      shared
          .database()
          .inTransaction(
              "storing a history",
              connection -> {
                try (Statement statement = connection.createStatement()) {
                  return statement.execute(sql);
                }
              });
    }
  }

  private static Map<String, String> documented() throws IOException {
    String text = Files.readString(Path.of("..", "..", "docs", "questions.md"));
    return QUESTION
        .matcher(text)
        .results()
        .collect(Collectors.toMap((MatchResult one) -> one.group(1), one -> one.group(2)));
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(
            "Which benchmark grew fastest in the last month?",
            List.of("benchmark", "host", "runs", "percent"),
            List.of("parse|everyday-quiet|8|9.4", "index|everyday-quiet|8|0.0")),
        Arguments.of(
            "Which machine is the noisiest?",
            List.of("host", "runs", "interval_percent", "waiting_percent", "steal_percent"),
            List.of("everyday-noisy|4|20.00|5.00|2.00", "everyday-quiet|8|2.00|1.00|null")),
        Arguments.of(
            "Which commits touched the file that regressed, and by whom?",
            List.of("benchmark", "commit", "author", "subject"),
            List.of(
                "parse|e3e3e3e3e3e3|Ada Everyday|Parse strings",
                "parse|e2e2e2e2e2e2|Bob Everyday|Parse comments")),
        Arguments.of(
            "Which nights are missing, and how long did the others take?",
            List.of("host", "hours", "state"),
            List.of(
                    List.of("everyday-quiet|null|missing", "everyday-quiet|null|missing"),
                    Collections.nCopies(8, "everyday-quiet|0.50|completed"),
                    Collections.nCopies(4, "everyday-noisy|0.50|completed"))
                .stream()
                .flatMap(List::stream)
                .toList()),
        Arguments.of(
            "What is open, and since when?",
            List.of("benchmark", "kind", "state", "days", "since_commit"),
            List.of("parse|regression|open|7.0|e3e3e3e3e3e3")));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void areAnsweredAsTheHistoryWasMade(String question, List<String> columns, List<String> answer)
      throws IOException {
    String sql = Objects.requireNonNull(documented().get(question), question);
    QueryResult result = shared.database().queries().run(sql, Duration.ofSeconds(20), 1000);
    List<String> names = result.columns().stream().map(QueryResult.Column::name).toList();
    List<String> answered =
        result.rows().stream()
            .filter(row ->
                row.contains("everyday")
                    || row.contains("everyday-quiet")
                    || row.contains("everyday-noisy"))
            .map(row ->
                columns.stream()
                    .map(column -> String.valueOf(row.get(names.indexOf(column))))
                    .collect(Collectors.joining("|")))
            .toList();
    assertEquals(sorted(answer, question), sorted(answered, question));
  }

  /** Nights of one moment on two machines stand in any order. */
  private static List<String> sorted(List<String> rows, String question) {
    return question.startsWith("Which nights") ? rows.stream().sorted().toList() : rows;
  }

  @Test
  void eachThatIsDocumentedIsTried() throws IOException {
    assertEquals(
        answers().map(one -> (String) one.get()[0]).collect(Collectors.toSet()),
        documented().keySet());
  }

  @Test
  void nightsAreMissedFromWhereTheyWouldHaveFitted() {
    List<List<String>> rows =
        shared
            .database()
            .queries()
            .run(
                "select round(extract(epoch from now() - due_at) / 86400), round(gap_hours),"
                    + " round(usual_hours) from missed_nights where repository = 'everyday'"
                    + " order by due_at",
                Duration.ofSeconds(20),
                10)
            .rows();
    assertEquals(List.of(List.of("5", "72", "24"), List.of("4", "72", "24")), rows);
  }

  /** As the report's own median interval has it, at its borders. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 0",
    "5, 0",
    "6, 1",
    "8, 1",
    "9, 2",
    "20, 6",
    "100, 40",
    "1000, 469",
    "1001, 469"
  })
  void theIntervalOfAMedianEndsAtTheSampleOfThisRank(long samples, String rank) {
    String answered =
        shared
            .database()
            .read(
                "asking for a rank",
                connection -> {
                  try (Statement statement = connection.createStatement();
                      var row =
                          statement.executeQuery("select median_rank(" + samples + "::bigint)")) {
                    row.next();
                    return row.getString(1);
                  }
                });
    assertEquals(rank, answered);
  }
}
