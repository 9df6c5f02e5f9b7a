package dev.nightjar.site.page;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.site.data.RunSummary;
import dev.nightjar.site.report.Report;
import dev.nightjar.site.section.RunsSection;
import dev.nightjar.site.words.EffectWords;
import dev.nightjar.site.words.Headline;
import dev.nightjar.site.words.SeriesNames;
import dev.nightjar.store.report.FindingEventLine;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The verdicts, and when findings begin and end, as an Atom feed (RFC 4287). Addresses are
 * relative, as a static site does not know where it will lie; ids are not addresses, so they stay
 * the same wherever that is.
 */
public final class VerdictFeed {
  private static final int MOST_ENTRIES = 50;

  private VerdictFeed() {}

  /** The feed of those runs whose pages are on the site, the newest first. */
  public static String write(Report report, List<RunSummary> onSite) {
    Markup xml = Markup.xml();
    xml.in(
        "feed",
        at("xmlns", "http://www.w3.org/2005/Atom"),
        () -> {
          xml.leaf("id", "urn:nightjar:repository:" + report.run().repositoryId());
          xml.leaf("title", "Nightjar: " + ReportPage.repository(report));
          xml.leaf("updated", report.writtenAt().toString());
          xml.in("author", () -> xml.leaf("name", "Nightjar"));
          xml.empty("link", at("rel", "self", "href", "feed.xml"));
          xml.empty("link", at("href", "index.html"));
          onSite.stream().limit(MOST_ENTRIES).forEach(run -> entry(xml, report, run));
          report.findings().events().forEach(event -> entry(xml, event, onSite));
        });
    return xml.line().toString();
  }

  /**
   * A finding has one entry when it begins and one when it ends, however many nights lie between.
   */
  private static void entry(Markup xml, FindingEventLine event, List<RunSummary> onSite) {
    String ended = event.endedAs();
    Double effect = event.effect();
    String name = SeriesNames.full(event.series());
    String change =
        effect == null ? "worse" : EffectWords.spoken(event.series().benchmark(), effect);
    String why = ended == null ? event.cause() : Objects.requireNonNullElse(event.reason(), "");
    boolean hasPage = onSite.stream().anyMatch(run -> run.id().equals(event.runId()));
    xml.line();
    xml.in(
        "entry",
        () -> {
          xml.leaf(
              "id", "urn:nightjar:finding:" + event.findingId() + (ended == null ? "" : ":ended"));
          xml.leaf("title", name + (ended == null ? " is " + change : ": " + ended));
          xml.leaf("updated", event.at().toString());
          xml.empty(
              "link", at("href", hasPage ? "runs/" + event.runId() + "/index.html" : "index.html"));
          xml.leaf("summary", why);
        });
  }

  private static void entry(Markup xml, Report report, RunSummary run) {
    boolean current = run.id().equals(report.run().id());
    Headline headline = report.headline();
    Instant finished = run.finishedAt();
    Instant updated = finished == null ? run.startedAt() : finished;
    String verdicts = RunsSection.verdicts(run);
    xml.line();
    xml.in(
        "entry",
        () -> {
          xml.leaf("id", "urn:uuid:" + run.id());
          xml.leaf("title", current ? headline.sentence() : verdicts);
          xml.leaf("updated", updated.toString());
          xml.empty("link", at("href", "runs/" + run.id() + "/index.html"));
          xml.leaf("summary", current ? (headline.grounds() + " " + verdicts).strip() : verdicts);
        });
  }
}
