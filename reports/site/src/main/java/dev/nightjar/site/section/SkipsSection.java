package dev.nightjar.site.section;

import dev.nightjar.markup.Markup;
import dev.nightjar.markup.VisibleText;
import dev.nightjar.model.Skip;
import dev.nightjar.site.download.Csv;
import dev.nightjar.site.download.CsvTable;
import dev.nightjar.site.download.Json;
import dev.nightjar.site.section.Tables.Column;
import java.io.IOException;
import java.util.List;

/** What was not measured, and why. */
public final class SkipsSection implements Section<List<Skip>> {
  private static final int MOST_ROWS = 200;
  private static final int LONGEST = 500;
  private static final List<CsvTable<List<Skip>>> TABLES =
      List.of(new CsvTable<>("skipped.csv", "what was not measured, and why", SkipsSection::csv));

  @Override
  public String id() {
    return "skipped";
  }

  @Override
  public String title(List<Skip> skips) {
    return "Not measured, and why";
  }

  @Override
  public String hint(List<Skip> skips) {
    return String.valueOf(skips.size());
  }

  @Override
  public List<Skip> read(ReportReading reading) {
    return reading.database().runs().skips(reading.run().id());
  }

  @Override
  public void json(Json json, List<Skip> skips) {
    json.list(
        "skipped",
        skips,
        skip ->
            json.text("step", skip.step())
                .text("subject", skip.subject())
                .text("reason", skip.reason()));
  }

  @Override
  public List<CsvTable<List<Skip>>> tables() {
    return TABLES;
  }

  private static void csv(List<Skip> skips, Csv csv) throws IOException {
    csv.heads("step", "subject", "reason");
    for (Skip skip : skips) {
      csv.text(skip.step()).text(skip.subject()).text(skip.reason()).end();
    }
  }

  @Override
  public void page(Markup html, List<Skip> skips, PageAddresses addresses) {
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
