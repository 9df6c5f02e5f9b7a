package dev.nightjar.site.section;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.markup.VisibleText;
import dev.nightjar.site.data.Finding;
import dev.nightjar.site.data.Finding.Citation;
import dev.nightjar.site.data.ReportData;

/** Answers of research, each with what it stands on. */
public final class FindingsSection implements Section {
  private static final int LONGEST = 2000;
  private static final int MOST_CITATIONS = 20;

  @Override
  public String id() {
    return "research";
  }

  @Override
  public String title(ReportData data) {
    return "Research";
  }

  @Override
  public String hint(ReportData data) {
    return data.findings().isEmpty() ? "" : String.valueOf(data.findings().size());
  }

  @Override
  public void write(Markup html, ReportData data, PageAddresses addresses) {
    if (data.findings().isEmpty()) {
      Tables.nothing(html, "No question was asked in this run, or none was answered.");
      return;
    }
    data.findings().forEach(finding -> article(html, finding));
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
