package dev.nightjar.site.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.site.SampleReport;
import dev.nightjar.site.SitePublisher;
import dev.nightjar.site.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictFeedTest {
  @TempDir Path site;

  private List<String> entries() throws IOException {
    return Pattern.compile("<entry>.*?</entry>", Pattern.DOTALL)
        .matcher(Files.readString(site.resolve("feed.xml")))
        .results()
        .map(MatchResult::group)
        .toList();
  }

  /** The second report lists the first one's run as an earlier one. */
  @Test
  void anEntryIsNotRewrittenWhenTheNextRunIsReported() throws IOException {
    SampleReport nights = new SampleReport();
    Report first = nights.build();
    new SitePublisher().publish(first, site);
    String told = entries().getFirst();
    assertTrue(told.contains(first.headline().sentence().substring(0, 20)), told);

    new SitePublisher().publish(nights.after(first), site);

    assertEquals(2, entries().size());
    assertTrue(entries().contains(told), "was: " + told + "\nis: " + entries());
  }

  @Test
  void linksAreAbsoluteWhereTheSiteIsKnown() throws IOException {
    new SitePublisher(null, new WebPlaces(null, "https://ci.example.org/nightly/"))
        .publish(new SampleReport().build(), site);
    String feed = Files.readString(site.resolve("feed.xml"));
    assertTrue(
        feed.contains("rel=\"self\" href=\"https://ci.example.org/nightly/feed.xml\""), feed);
    assertFalse(feed.contains("href=\"runs/"), feed);
    assertTrue(feed.contains("href=\"https://ci.example.org/nightly/runs/"), feed);
  }

  @Test
  void aDamagedSummaryCostsWordsAndNoReport() throws IOException {
    SampleReport nights = new SampleReport();
    Report first = nights.build();
    new SitePublisher().publish(first, site);
    Files.writeString(site.resolve("runs/" + first.run().id() + "/summary.json"), "{\"head");

    new SitePublisher().publish(nights.after(first), site);

    assertEquals(2, entries().size());
  }
}
