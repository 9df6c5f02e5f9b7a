package dev.nightjar.site.page;

import static dev.nightjar.markup.Attributes.at;
import static dev.nightjar.markup.Attributes.feedLink;

import dev.nightjar.markup.Markup;
import dev.nightjar.site.data.RunSummary;
import dev.nightjar.site.page.ToldRuns.Told;
import dev.nightjar.site.report.Report;
import dev.nightjar.site.section.RunsSection;
import dev.nightjar.site.words.EffectWords;
import dev.nightjar.site.words.Headline;
import dev.nightjar.site.words.SeriesNames;
import dev.nightjar.store.report.FindingEventLine;
import java.util.List;
import java.util.Objects;

/**
 * The verdicts, and when findings begin and end, as an Atom feed (RFC 4287). An entry is written
 * once and stays as it is: a run that was reported is told later in the words that it was told in.
 * Addresses are absolute where the site's own is known, which readers of feeds need, else relative;
 * ids are not addresses, so they stay the same wherever it lies.
 */
public final class VerdictFeed {
  private static final int MOST_ENTRIES = 50;

  private final Report report;
  private final List<RunSummary> onSite;
  private final ToldRuns told;
  private final WebPlaces web;
  private final Markup xml = Markup.xml();

  /** The feed of those runs whose pages are on the site, the newest first. */
  public VerdictFeed(Report report, List<RunSummary> onSite, ToldRuns told, WebPlaces web) {
    this.report = report;
    this.onSite = onSite;
    this.told = told;
    this.web = web;
  }

  /** The feed's whole text. */
  public String write() {
    xml.in(
        "feed",
        at("xmlns", "http://www.w3.org/2005/Atom"),
        () -> {
          xml.leaf("id", "urn:nightjar:repository:" + report.run().repositoryId());
          xml.leaf("title", "Nightjar: " + ReportPage.repository(report));
          xml.leaf("updated", report.writtenAt().toString());
          xml.in("author", () -> xml.leaf("name", "Nightjar"));
          xml.empty("link", feedLink("self", web.page("feed.xml")));
          xml.empty("link", feedLink("alternate", web.page("index.html")));
          onSite.stream().limit(MOST_ENTRIES).forEach(this::entry);
          report.findings().events().forEach(this::entry);
        });
    return xml.line().toString();
  }

  /**
   * A finding has one entry when it begins and one when it ends, however many nights lie between.
   */
  private void entry(FindingEventLine event) {
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
              "link",
              feedLink(
                  "alternate",
                  web.page(hasPage ? "runs/" + event.runId() + "/index.html" : "index.html")));
          xml.leaf("summary", why);
        });
  }

  /** When it was told: when it began, as its end is not known yet while its report is written. */
  private void entry(RunSummary run) {
    Told said = said(run);
    xml.line();
    xml.in(
        "entry",
        () -> {
          xml.leaf("id", "urn:uuid:" + run.id());
          xml.leaf("title", said.sentence());
          xml.leaf("updated", run.startedAt().toString());
          xml.empty("link", feedLink("alternate", web.page("runs/" + run.id() + "/index.html")));
          xml.leaf("summary", (said.grounds() + " " + RunsSection.verdicts(run)).strip());
        });
  }

  private Told said(RunSummary run) {
    if (run.id().equals(report.run().id())) {
      Headline headline = report.headline();
      return new Told(headline.sentence(), headline.grounds());
    }
    return told.of(run.id()).orElseGet(() -> new Told(RunsSection.verdicts(run), ""));
  }
}
