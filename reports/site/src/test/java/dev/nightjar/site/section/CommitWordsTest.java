package dev.nightjar.site.section;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.markup.Markup;
import dev.nightjar.model.git.ChangeListing;
import dev.nightjar.store.report.CommitLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitWordsTest {
  private static final Instant RUN = Instant.parse("2026-11-22T02:00:00Z");
  private static final String GOOD = "6f1d2ab7c0de" + "1".repeat(28);
  private static final String BAD = "0dd5eed5a1fa" + "2".repeat(28);
  private static final CommitBook BOOK =
      new CommitBook(List.of(line(GOOD, "Read less"), line(BAD, "Keep <b>comments</b>")));

  private static CommitLine line(String id, String subject) {
    return new CommitLine(
        id,
        "Amina Yusuf",
        RUN.minus(Duration.ofHours(5)),
        subject,
        ChangeListing.LISTED,
        1L,
        2L,
        3L);
  }

  private static String suspects(String cause, PageAddresses addresses) {
    Markup html = Markup.html();
    CommitWords.text(html, cause, addresses);
    CommitWords.suspects(html, cause, RUN, addresses);
    return html.toString();
  }

  @Test
  void aSuspectSaysWhatAndWhoseItIsAndLeadsToTheForge() {
    String html =
        suspects(
            "commits 6f1d2ab7c0de..0dd5eed5a1fa",
            PageAddresses.front("run", true).with("https://example.org/a/b/commit/", BOOK));
    String link =
        "<a href=\"https://example.org/a/b/commit/"
            + BAD
            + "\" rel=\"noopener noreferrer nofollow\"><code>";
    assertTrue(html.contains("commits <a href=\"https://example.org/a/b/commit/" + GOOD), html);
    assertTrue(html.contains(".." + link + "0dd5eed5a1fa</code></a>"), html);
    assertTrue(
        html.contains(
            "<li>"
                + link
                + "0dd5eed5a1</code></a> <bdi>Keep &lt;b&gt;comments&lt;/b&gt;</bdi>"
                + " by <bdi>Amina Yusuf</bdi>, 5 hours before the run</li>"),
        html);
    assertEquals(1, html.split("<li>", -1).length - 1, html);
  }

  @Test
  void withoutAForgeItLeadsToTheViewer() {
    String html = suspects("commit 0dd5eed5a1", PageAddresses.ofRun(true).with(null, BOOK));
    assertTrue(html.contains("href=\"../../viewer/index.html#commit=" + BAD + "\""), html);
    assertFalse(
        suspects("commit 0dd5eed5a1", PageAddresses.ofRun(false).with(null, BOOK))
            .contains("href"));
  }

  @Test
  void whatIsNoKnownCommitStaysText() {
    String html =
        suspects(
            "the machine deadbeef: 1234567 faults, facade",
            PageAddresses.ofRun(true).with("https://example.org/a/b/commit/", BOOK));
    assertFalse(html.contains("href"), html);
    assertFalse(html.contains("<li>"), html);
  }

  @Test
  void whatSeveralBeginWithIsNone() {
    CommitBook book =
        new CommitBook(
            List.of(
                line("abcdef01" + "1".repeat(32), "a"), line("abcdef02" + "1".repeat(32), "b")));
    assertEquals(Optional.empty(), book.find("abcdef0"));
    assertEquals("a", book.find("abcdef01").orElseThrow().subject());
    assertEquals(Optional.empty(), book.find("abcdef03"));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 minutes",
    "PT1M, 1 minute",
    "PT59M, 59 minutes",
    "PT1H, 1 hour",
    "PT47H, 47 hours",
    "P2D, 2 days",
    "P729D, 729 days",
    "P730D, 2 years"
  })
  void anAgeIsOneNumber(Duration age, String words) {
    assertEquals(words, dev.nightjar.site.words.Moments.age(age));
  }
}
