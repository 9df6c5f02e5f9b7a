package dev.nightjar.site.page;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.site.data.RunSummary;
import dev.nightjar.site.report.Report;
import dev.nightjar.site.section.PageAddresses;
import dev.nightjar.site.section.RunsSection;
import dev.nightjar.site.section.Tables;
import dev.nightjar.site.section.Tables.Column;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The list of every report on the site, so that nightly reports accumulate and old links live. */
public final class ArchivePage {
  private final Report report;
  private final List<RunSummary> onSite;

  private final PageAddresses addresses;

  /** The archive of those runs whose pages are on the site, as their ids say. */
  public ArchivePage(Report report, List<String> published, PageAddresses addresses) {
    this.addresses = addresses;
    Set<String> ids = new HashSet<>(published);
    this.report = report;
    this.onSite = report.runs().stream().filter(run -> ids.contains(run.id().toString())).toList();
  }

  /** The runs whose pages are on the site, the newest first. */
  public List<RunSummary> onSite() {
    return onSite;
  }

  /** The page's whole text; it stands in the folder of runs. */
  public String write() {
    Markup html = Markup.html();
    String title = "Reports of " + ReportPage.repository(report);
    html.in(
        "html",
        at("lang", "en"),
        () -> {
          html.in(
              "head",
              () -> {
                PageHead.write(html, title, title);
                html.empty("link", PageHead.feed("../feed.xml"));
              });
          html.in("body", () -> body(html, title));
        });
    return html.line().toString();
  }

  private void body(Markup html, String title) {
    html.in(
        "main",
        () -> {
          html.in("h1", () -> html.foreign(title));
          html.in("p", () -> html.leaf("a", at("href", "../index.html"), "The newest report"));
          if (onSite.isEmpty()) {
            Tables.nothing(html, "There is no report yet.");
          } else {
            table(html);
          }
        });
    html.own(PageHead.SCRIPT);
  }

  private void table(Markup html) {
    Tables.write(
        html,
        "Reports, the newest first",
        List.of(
            Column.words("Run"),
            Column.words("State"),
            Column.words("Commit"),
            Column.words("Verdicts")),
        () -> onSite.forEach(run -> row(html, run)));
  }

  private void row(Markup html, RunSummary run) {
    Tables.row(
        html,
        () -> {
          html.in(
              "th",
              at("scope", "row"),
              () ->
                  html.in(
                      "a",
                      at("href", run.id() + "/index.html"),
                      () -> Tables.time(html, run.startedAt())));
          html.leaf("td", run.state().word());
          html.in("td", () -> Tables.commitOrDash(html, run.headCommit(), addresses));
          html.leaf("td", RunsSection.verdicts(run));
        });
  }
}
