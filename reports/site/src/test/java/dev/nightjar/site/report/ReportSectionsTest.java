package dev.nightjar.site.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.site.SampleReport;
import dev.nightjar.site.download.DataFile;
import dev.nightjar.site.page.ReportPage;
import dev.nightjar.site.section.PageAddresses;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What holds of every section, whichever there are. */
class ReportSectionsTest {
  private final Report report = new SampleReport().series(3).runs(4).build();

  private static List<String> all(String text, String before, String after) {
    List<String> found = new ArrayList<>();
    for (int at = text.indexOf(before); at >= 0; at = text.indexOf(before, at + 1)) {
      int from = at + before.length();
      found.add(text.substring(from, text.indexOf(after, from)));
    }
    return found;
  }

  @Test
  void theHeadComesFirstAndTheSectionsFollowInTheirOrder() {
    String page = new ReportPage().write(report, PageAddresses.front("a-run", false));

    List<String> headings =
        all(page, " id=\"", "\"").stream()
            .filter(id -> id.endsWith("-heading"))
            .map(id -> id.substring(0, id.length() - "-heading".length()))
            .toList();

    assertEquals(
        Stream.concat(Stream.of("verdict"), report.parts().stream().map(Part::id)).toList(),
        headings);
    assertEquals(headings.size(), new HashSet<>(headings).size(), "an anchor stands twice");
  }

  @Test
  void everyFileThatIsWrittenIsListedAndEveryFileThatIsListedIsWritten() {
    String page = new ReportPage().write(report, PageAddresses.front("a-run", false));
    List<String> written = new ArrayList<>(List.of(DataFile.REPORT.fileName()));
    for (Part<?> part : report.parts()) {
      part.tables().forEach(table -> written.add(table.file().fileName()));
    }

    String listed = page.substring(page.indexOf("<dl class=\"files\""));

    assertEquals(written, all(listed, "href=\"runs/a-run/data/", "\""));
    assertEquals(written.size(), new HashSet<>(written).size(), "a file stands twice");
  }

  @Test
  void theTablesHaveHeadsAndRowsOfOneWidth() throws IOException {
    for (Part<?> part : new SampleReport().names(name -> "plain").build().parts()) {
      for (Part.Table table : part.tables()) {
        StringWriter out = new StringWriter();
        table.rows().write(out);
        List<String> lines = out.toString().lines().toList();
        String name = table.file().fileName();
        assertTrue(lines.size() > 1, name + " has no row");
        for (String line : lines) {
          assertEquals(cells(lines.getFirst()), cells(line), name + ": " + line);
        }
      }
    }
  }

  private static int cells(String line) {
    return line.replaceAll("\"[^\"]*\"", "quoted").split(",", -1).length;
  }

  @Test
  void noSectionWritesAPropertyOfAnother() {
    List<String> names = new ArrayList<>();
    StringWriter out = new StringWriter();
    ReportJson.write(report, out);
    JsonNode json = JsonMapper.shared().readTree(out.toString());
    json.propertyNames().forEach(names::add);

    assertEquals(
        List.of(
            "format",
            "headline",
            "grounds",
            "counts",
            "run",
            "series",
            "open_findings",
            "repository_health",
            "findings",
            "host",
            "skipped"),
        names);
    assertEquals(3, json.get("series").size());
    // One property that is written twice would be read once.
    for (String name : names) {
      assertEquals(1, all(out.toString(), "\n  \"" + name + "\"", ":").size(), name);
    }
  }
}
