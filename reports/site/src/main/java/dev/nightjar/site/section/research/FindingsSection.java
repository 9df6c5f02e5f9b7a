package dev.nightjar.site.section.research;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.markup.VisibleText;
import dev.nightjar.site.download.Json;
import dev.nightjar.site.section.PageAddresses;
import dev.nightjar.site.section.ReportReading;
import dev.nightjar.site.section.Section;
import dev.nightjar.site.section.Tables;
import dev.nightjar.site.section.research.Finding.Citation;
import java.util.List;

/** Answers of research, each with what it stands on. */
public final class FindingsSection implements Section<List<Finding>> {
  private static final int LONGEST = 2000;
  private static final int MOST_CITATIONS = 20;

  @Override
  public String id() {
    return "research";
  }

  @Override
  public String title(List<Finding> findings) {
    return "Research";
  }

  @Override
  public String hint(List<Finding> findings) {
    return findings.isEmpty() ? "" : String.valueOf(findings.size());
  }

  @Override
  public List<Finding> read(ReportReading reading) {
    return reading.queries().findings(reading.run().id()).stream().map(Finding::of).toList();
  }

  @Override
  public void json(Json json, List<Finding> findings) {
    json.list(
        "findings",
        findings,
        finding -> {
          json.text("question", finding.question()).text("answer", finding.answer());
          json.list("citations", finding.citations(), citation -> cite(json, citation));
        });
  }

  private static void cite(Json json, Citation citation) {
    json.text("title", citation.title());
    json.text("location", citation.location()).text("quote", citation.quote());
  }

  @Override
  public void page(Markup html, List<Finding> findings, PageAddresses addresses) {
    if (findings.isEmpty()) {
      Tables.nothing(html, "No question was asked in this run, or none was answered.");
      return;
    }
    findings.forEach(finding -> article(html, finding));
  }

  private static void article(Markup html, Finding finding) {
    html.in(
        "article",
        at("class", "finding"),
        () -> {
          html.in("h3", () -> html.foreign(shortened(finding.question())));
          html.in("p", at("class", "answer"), () -> html.foreign(shortened(finding.answer())));
          if (finding.citations().isEmpty()) {
            html.leaf("p", at("class", "nothing"), "It cites nothing, so take it as a guess.");
          } else {
            html.in(
                "ol",
                () ->
                    finding.citations().stream()
                        .limit(MOST_CITATIONS)
                        .forEach(citation -> html.in("li", () -> cite(html, citation))));
          }
        });
    html.line();
  }

  private static void cite(Markup html, Citation citation) {
    html.in("cite", () -> html.foreign(shortened(citation.title())));
    String location = citation.location();
    if (location != null) {
      html.text(" ");
      html.in("code", () -> html.foreign(shortened(location)));
    }
    String quote = citation.quote();
    if (quote != null && !quote.isBlank()) {
      html.in("blockquote", () -> html.foreign(shortened(quote)));
    }
  }

  private static String shortened(String text) {
    return VisibleText.shortened(text, LONGEST);
  }
}
