package dev.nightjar.site.section.history;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.site.chart.LegendKey;
import dev.nightjar.site.data.SeriesResult;
import dev.nightjar.site.download.CsvTable;
import dev.nightjar.site.section.PageAddresses;
import dev.nightjar.site.section.ReportReading;
import dev.nightjar.site.section.Section;
import dev.nightjar.site.section.Tables;
import dev.nightjar.site.section.results.ResultsSection;
import dev.nightjar.site.words.EffectWords;
import dev.nightjar.site.words.Verdicts;
import java.util.List;

/**
 * Every series against its history, as small multiples with a table each.
 *
 * <p>The page stays bounded: the more series there are, the fewer columns a chart has and the fewer
 * rows its table; all of it is in history.csv.
 */
public final class HistorySection implements Section<List<SeriesResult>> {
  private static final int COLUMNS_OF_A_PAGE = 6_400;
  private static final int ROWS_OF_A_PAGE = 500;
  private static final List<CsvTable<List<SeriesResult>>> TABLES =
      List.of(
          new CsvTable<>("history.csv", "one row a series and run", HistoryTables::history),
          new CsvTable<>(
              "changes.csv",
              "where a series went over to another level, as its runs show it",
              HistoryTables::changes));

  private final ResultsSection results;

  /** The histories of these results, which are theirs to read and to write as JSON. */
  public HistorySection(ResultsSection results) {
    this.results = results;
  }

  @Override
  public String id() {
    return "history";
  }

  @Override
  public String title(List<SeriesResult> series) {
    return "Against their history";
  }

  @Override
  public List<SeriesResult> read(ReportReading reading) {
    return reading.of(results);
  }

  @Override
  public List<CsvTable<List<SeriesResult>>> tables() {
    return TABLES;
  }

  @Override
  public void page(Markup html, List<SeriesResult> series, PageAddresses addresses) {
    if (series.isEmpty()) {
      Tables.nothing(html, "There is no series to draw.");
      return;
    }
    legend(html, series);
    List<SeriesResult> ordered = Verdicts.inOrder(series);
    int columns = Math.clamp(COLUMNS_OF_A_PAGE / ordered.size(), 60, 400);
    int rows = Math.clamp(ROWS_OF_A_PAGE / ordered.size(), 5, 100);
    html.in(
        "div",
        at("class", "cards"),
        () -> {
          for (int place = 0; place < ordered.size(); place++) {
            new SeriesCard(html, ordered.get(place), place, columns, rows, addresses).write();
          }
        });
  }

  private static void legend(Markup html, List<SeriesResult> series) {
    html.in(
        "p",
        at("class", "legend"),
        () -> {
          LegendKey.write(html, "line", LegendKey.LINE, "median of a run");
          LegendKey.write(html, "band-sure", LegendKey.AREA, "its 95 % interval");
          LegendKey.write(html, "band-range", LegendKey.AREA, "lowest to highest");
          LegendKey.write(html, "least", LegendKey.AREA, least(series));
          LegendKey.write(html, "change v-regressed", LegendKey.LINE, "judged regressed");
          LegendKey.write(html, "change v-improved", LegendKey.LINE, "judged improved");
          LegendKey.write(
              html,
              "step v-regressed",
              LegendKey.STEP,
              "levels around a change point, worse after it");
          LegendKey.write(html, "step v-improved", LegendKey.STEP, "better after it");
        });
  }

  /** With the number where all have one. */
  private static String least(List<SeriesResult> series) {
    List<Double> effects =
        series.stream().map(one -> one.comparison().smallestEffect()).distinct().toList();
    String number =
        effects.size() == 1 && effects.getFirst() > 0
            ? ", ±\u00a0" + EffectWords.confidence(effects.getFirst())
            : "";
    return "within the smallest change that counts" + number;
  }
}
