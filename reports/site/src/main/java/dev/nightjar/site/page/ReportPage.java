package dev.nightjar.site.page;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.markup.VisibleText;
import dev.nightjar.site.data.ReportData;
import dev.nightjar.site.section.CommitsSection;
import dev.nightjar.site.section.DownloadsSection;
import dev.nightjar.site.section.FindingsSection;
import dev.nightjar.site.section.HealthSection;
import dev.nightjar.site.section.HistorySection;
import dev.nightjar.site.section.HostSection;
import dev.nightjar.site.section.Icons;
import dev.nightjar.site.section.PageAddresses;
import dev.nightjar.site.section.ResultsSection;
import dev.nightjar.site.section.RunsSection;
import dev.nightjar.site.section.Section;
import dev.nightjar.site.section.SkipsSection;
import dev.nightjar.site.section.Tables;
import dev.nightjar.site.section.TelemetrySection;
import dev.nightjar.site.words.Headline;
import dev.nightjar.site.words.Moments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The page of one run. */
public final class ReportPage {
  private static final int LONGEST_NAME = 120;
  private static final int LONGEST_SENTENCE = 300;

  private final List<Section> sections =
      List.of(
          new ResultsSection(),
          new HistorySection(),
          new CommitsSection(),
          new TelemetrySection(),
          new HealthSection(),
          new FindingsSection(),
          new HostSection(),
          new SkipsSection(),
          new RunsSection(),
          new DownloadsSection());

  /** The page's whole text. */
  public String write(ReportData data, PageAddresses addresses) {
    Markup html = Markup.html();
    html.in(
        "html",
        at("lang", "en"),
        () -> {
          html.in("head", () -> head(html, data, addresses));
          html.in("body", () -> body(html, data, addresses));
        });
    return html.line().toString();
  }

  private static void head(Markup html, ReportData data, PageAddresses addresses) {
    String sentence = VisibleText.shortened(Headline.of(data).sentence(), LONGEST_SENTENCE);
    PageHead.write(html, repository(data) + ": " + sentence, sentence);
    html.empty("link", PageHead.feed(addresses.siteFolder() + "feed.xml"));
  }

  private void body(Markup html, ReportData data, PageAddresses addresses) {
    html.leaf("a", at("class", "skip-link", "href", "#verdict"), "Skip to the verdict");
    html.in("header", at("class", "top"), () -> top(html, data));
    html.in(
        "main",
        () -> {
          VerdictBanner.write(html, data);
          html.in("nav", at("aria-label", "Sections"), () -> navigation(html, data, addresses));
          sections.forEach(section -> section(html, section, data, addresses));
        });
    html.in("footer", () -> footer(html, data));
    html.own(PageHead.SCRIPT);
  }

  private static void top(Markup html, ReportData data) {
    html.in(
        "p",
        at("class", "brand"),
        () -> {
          Icons.logo(html);
          html.text("Nightjar");
        });
    html.in(
        "p",
        at("class", "what"),
        () -> {
          html.in("strong", () -> html.foreign(repository(data)));
          html.text(" · ").foreign(shortened(data.run().pipeline())).text(" · ");
          Tables.time(html, data.run().startedAt());
        });
    html.in("p", at("class", "where"), () -> where(html, data));
  }

  private static void where(Markup html, ReportData data) {
    String branch = data.run().branch();
    String head = data.run().headCommit();
    html.text(branch == null ? "detached" : "on ");
    if (branch != null) {
      html.foreign(shortened(branch));
    }
    if (head != null) {
      html.text(" at ");
      Tables.commit(html, head);
    }
    html.text(" · host ").foreign(shortened(data.host().name()));
    Instant finished = data.run().finishedAt();
    if (finished != null) {
      html.text(" · took " + Moments.span(Duration.between(data.run().startedAt(), finished)));
    }
  }

  private void navigation(Markup html, ReportData data, PageAddresses addresses) {
    html.in(
        "ul",
        () -> {
          sections.forEach(section -> entry(html, section, data));
          if (addresses.hasViewer()) {
            html.in("li", () -> html.leaf("a", at("href", addresses.viewer()), "Viewer in 4D"));
          }
        });
  }

  private static void entry(Markup html, Section section, ReportData data) {
    html.in(
        "li",
        () ->
            html.in(
                "a",
                at("href", "#" + section.id()),
                () -> {
                  html.text(section.title(data));
                  if (!section.hint(data).isEmpty()) {
                    html.text(" ");
                    html.leaf("span", at("class", "hint"), section.hint(data));
                  }
                }));
  }

  private static void section(
      Markup html, Section section, ReportData data, PageAddresses addresses) {
    String heading = section.id() + "-heading";
    html.line();
    html.in(
        "section",
        at("id", section.id(), "aria-labelledby", heading),
        () -> {
          html.leaf("h2", at("id", heading), section.title(data));
          section.write(html, data, addresses);
        });
  }

  private static void footer(Markup html, ReportData data) {
    html.in(
        "p",
        () -> {
          html.text("Written by Nightjar ").foreign(shortened(data.run().nightjarVersion()));
          html.text(", ");
          Tables.time(html, data.writtenAt());
          html.text(". Run ").leaf("code", data.run().id().toString()).text(". All times in UTC.");
        });
  }

  static String repository(ReportData data) {
    return shortened(data.repositoryName());
  }

  private static String shortened(String name) {
    return VisibleText.shortened(name, LONGEST_NAME);
  }
}
