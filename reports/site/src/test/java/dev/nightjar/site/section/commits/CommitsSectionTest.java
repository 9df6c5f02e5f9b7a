package dev.nightjar.site.section.commits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.markup.Markup;
import dev.nightjar.site.SampleReport;
import dev.nightjar.site.section.PageAddresses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitsSectionTest {
  private static String page(int commits) {
    Markup html = Markup.html();
    new CommitsSection()
        .page(
            html,
            new SampleReport().commits(commits).build().commits(),
            PageAddresses.front("a-run", false));
    return html.toString();
  }

  private static int rows(String html) {
    return html.split("<th scope=\"row\"", -1).length - 1;
  }

  @Test
  void twentyCommitsAreInSight() {
    String html = page(20);
    assertFalse(html.contains("<details"), html);
    assertEquals(20, rows(html));
  }

  @ParameterizedTest
  @CsvSource({"21, 1 more commit, 21", "75, 55 more commits, 75", "300, 180 more commits, 200"})
  void whatIsMoreIsFoldedAndCounted(int commits, String words, int rows) {
    String html = page(commits);
    int fold = html.indexOf("<details");
    assertTrue(fold > 0, html);
    assertEquals(20, rows(html.substring(0, fold)), "rows in sight");
    assertTrue(html.contains("<summary>" + words + "</summary>"), html.substring(fold));
    assertEquals(rows, rows(html), "rows in all");
  }
}
