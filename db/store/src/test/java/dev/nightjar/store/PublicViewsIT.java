package dev.nightjar.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The views that people query are those that db/README.md documents, column by column. */
class PublicViewsIT {
  private static final Pattern COLUMN = Pattern.compile("\\| `(\\w+)` \\| .*");

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
