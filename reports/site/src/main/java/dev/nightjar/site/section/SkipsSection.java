package dev.nightjar.site.section;

import dev.nightjar.markup.Markup;
import dev.nightjar.markup.VisibleText;
import dev.nightjar.model.Skip;
import dev.nightjar.site.data.ReportData;
import dev.nightjar.site.section.Tables.Column;
import java.util.List;

/** What was not measured, and why. */
public final class SkipsSection implements Section {
  private static final int MOST_ROWS = 200;
  private static final int LONGEST = 500;

  @Override
  public String id() {
    return "skipped";
  }

  @Override
  public String title(ReportData data) {
    return "Not measured, and why";
  }

  @Override
  public String hint(ReportData data) {
    return String.valueOf(data.skips().size());
  }

  @Override
  public void write(Markup html, ReportData data, PageAddresses addresses) {
    List<Skip> skips = data.skips();
    if (skips.isEmpty()) {
      Tables.nothing(html, "Everything that was asked for was measured.");
      return;
    }
    Tables.write(
        html,
        "Not measured, and why",
        List.of(Column.words("What"), Column.words("Step"), Column.words("Why")),
        () -> skips.stream().limit(MOST_ROWS).forEach(skip -> row(html, skip)));
    if (skips.size() > MOST_ROWS) {
      html.leaf("p", (skips.size() - MOST_ROWS) + " more are in skipped.csv.");
    }
  }

  private static void row(Markup html, Skip skip) {
    Tables.row(
        html,
        () -> {
          Tables.head(html, VisibleText.shortened(skip.subject(), LONGEST));
          Tables.words(html, VisibleText.shortened(skip.step(), LONGEST));
          Tables.words(html, VisibleText.shortened(skip.reason(), LONGEST));
        });
  }
}
