package dev.nightjar.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The views that people query are those that db/README.md documents, column by column. */
class PublicViewsIT {
  private static final Pattern COLUMN = Pattern.compile("\\| `(\\w+)` \\| .*");

  private static final Pattern MEANING =
      Pattern.compile("^\\| `(\\w+)` \\| [^|]* \\|(.*)\\|$", Pattern.MULTILINE);

  @RegisterExtension static final SharedStores.Access ACCESS = SharedStores.access();

  @Test
  void areDocumentedColumnByColumn() throws IOException {
    Map<String, List<String>> real = new TreeMap<>();
    ACCESS
        .database()
        .queries()
        .run(
            "select table_name, column_name from information_schema.columns"
                + " where table_schema = 'public' order by table_name, ordinal_position",
            Duration.ofSeconds(10),
            10_000)
        .rows()
        .forEach(row ->
            real.computeIfAbsent(String.valueOf(row.get(0)), view -> new ArrayList<>())
                .add(String.valueOf(row.get(1))));
    assertEquals(documented(), real);
  }

  /** A tool that shows comments tells what the document tells. */
  @Test
  void everyViewAndColumnSaysWhatTheDocumentSays() throws IOException {
    Map<String, String> said = new TreeMap<>();
    ACCESS
        .database()
        .queries()
        .run(
            "select relname || coalesce('.' || attname, ''),"
                + " coalesce(case when attname is null then obj_description(pg_class.oid, 'pg_class')"
                + " else col_description(pg_class.oid, attnum) end, '') from pg_class"
                + " left join lateral (select attname, attnum from pg_attribute"
                + " where attrelid = pg_class.oid and attnum > 0"
                + " union all select null, 0) as part on true"
                + " where relnamespace = 'public'::regnamespace and relkind = 'v'",
            Duration.ofSeconds(10),
            10_000)
        .rows()
        .forEach(row -> said.put(String.valueOf(row.get(0)), String.valueOf(row.get(1))));
    Map<String, String> meanings = meanings();
    meanings.forEach((name, meaning) -> assertFalse(meaning.isBlank(), name + " is not explained"));
    assertEquals(lines(meanings), lines(said));
  }

  private static String lines(Map<String, String> said) {
    return said.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining("\n"));
  }

  /** Of each view the paragraph under its heading, of each column what stands beside it. */
  private static Map<String, String> meanings() throws IOException {
    Map<String, String> meanings = new TreeMap<>();
    String document = Files.readString(Path.of("..", "README.md"));
    for (String part : document.split("(?m)^## ", -1)) {
      String[] paragraphs = part.split("\n\n", 3);
      if (part.contains("| Column |")) {
        meanings.put(paragraphs[0], plain(paragraphs[1]));
        MEANING
            .matcher(part)
            .results()
            .forEach(row -> meanings.put(paragraphs[0] + "." + row.group(1), plain(row.group(2))));
      }
    }
    return meanings;
  }

  private static String plain(String markdown) {
    return markdown
        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
        .replace("`", "")
        .replaceAll("\\s+", " ")
        .strip();
  }

  private static Map<String, List<String>> documented() throws IOException {
    Map<String, List<String>> documented = new TreeMap<>();
    List<String> columns = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("..", "README.md"))) {
      Matcher column = COLUMN.matcher(line);
      if (line.startsWith("## ")) {
        columns = new ArrayList<>();
        documented.put(line.substring(3), columns);
      } else if (column.matches()) {
        columns.add(column.group(1));
      }
    }
    return documented;
  }
}
