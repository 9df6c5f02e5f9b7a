package dev.nightjar.site.page;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.markup.VisibleText;
import dev.nightjar.site.report.Part;
import dev.nightjar.site.report.Report;
import dev.nightjar.site.section.CommitWords;
import dev.nightjar.site.section.Icons;
import dev.nightjar.site.section.PageAddresses;
import dev.nightjar.site.section.Tables;
import dev.nightjar.site.words.Moments;
import java.time.Duration;
import java.time.Instant;

/** The page of one run. */
public final class ReportPage {
  private static final int LONGEST_NAME = 120;
  private static final int LONGEST_SENTENCE = 300;

  /** The page's whole text. */
  public String write(Report report, PageAddresses addresses) {
    Markup html = Markup.html();
    html.in(
        "html",
        at("lang", "en"),
        () -> {
          html.in("head", () -> head(html, report, addresses));
          html.in("body", () -> body(html, report, addresses));
        });
    return html.line().toString();
  }

  private static void head(Markup html, Report report, PageAddresses addresses) {
    String sentence = VisibleText.shortened(report.headline().sentence(), LONGEST_SENTENCE);
    PageHead.write(html, repository(report) + ": " + sentence, sentence);
    html.empty("link", PageHead.feed(addresses.siteFolder() + "feed.xml"));
  }

  private void body(Markup html, Report report, PageAddresses addresses) {
    html.leaf("a", at("class", "skip-link", "href", "#verdict"), "Skip to the verdict");
    html.in("header", at("class", "top"), () -> top(html, report, addresses));
    html.in(
        "main",
        () -> {
          VerdictBanner.write(html, report, addresses);
          html.in("nav", at("aria-label", "Sections"), () -> navigation(html, report, addresses));
          report.parts().forEach(part -> part(html, part, addresses));
        });
    html.in("footer", () -> footer(html, report));
    html.own(PageHead.SCRIPT);
  }

  private static void top(Markup html, Report report, PageAddresses addresses) {
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
          html.in("strong", () -> html.foreign(repository(report)));
          html.text(" · ").foreign(shortened(report.run().pipeline())).text(" · ");
          Tables.time(html, report.run().startedAt());
        });
    html.in("p", at("class", "where"), () -> where(html, report, addresses));
  }

  private static void where(Markup html, Report report, PageAddresses addresses) {
    String branch = report.run().branch();
    String head = report.run().headCommit();
    html.text(branch == null ? "detached" : "on ");
    if (branch != null) {
      html.foreign(shortened(branch));
    }
    if (head != null) {
      html.text(" at ");
      CommitWords.commit(html, head, addresses);
    }
    html.text(" · host ").foreign(shortened(report.host().name()));
    Instant finished = report.run().finishedAt();
    if (finished != null) {
      html.text(" · took " + Moments.span(Duration.between(report.run().startedAt(), finished)));
    }
  }

  private void navigation(Markup html, Report report, PageAddresses addresses) {
    html.in(
        "ul",
        () -> {
          report.parts().forEach(part -> entry(html, part));
          if (addresses.hasViewer()) {
            html.in("li", () -> html.leaf("a", at("href", addresses.viewer()), "Viewer in 4D"));
          }
        });
  }

  private static void entry(Markup html, Part<?> part) {
    html.in(
        "li",
        () ->
            html.in(
                "a",
                at("href", "#" + part.id()),
                () -> {
                  html.text(part.title());
                  if (!part.hint().isEmpty()) {
                    html.text(" ");
                    html.leaf("span", at("class", "hint"), part.hint());
                  }
                }));
  }

  private static void part(Markup html, Part<?> part, PageAddresses addresses) {
    String heading = part.id() + "-heading";
    html.line();
    html.in(
        "section",
        at("id", part.id(), "aria-labelledby", heading),
        () -> {
          html.leaf("h2", at("id", heading), part.title());
          part.page(html, addresses);
        });
  }

  private static void footer(Markup html, Report report) {
    html.in(
        "p",
        () -> {
          html.leaf(
              "span",
              at("class", "on-paper"),
              "On paper long tables are cut; the page and the data beside it hold all of it.");
          html.text("Written by Nightjar ").foreign(shortened(report.run().nightjarVersion()));
          html.text(", ");
          Tables.time(html, report.writtenAt());
          html.text(". Run ")
              .leaf("code", report.run().id().toString())
              .text(". All times in UTC.");
        });
  }

  static String repository(Report report) {
    return shortened(report.repositoryName());
  }

  private static String shortened(String name) {
    return VisibleText.shortened(name, LONGEST_NAME);
  }
}
