package dev.nightjar.site.section.results;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.unit.UnitScale;
import dev.nightjar.site.chart.IntervalPlot;
import dev.nightjar.site.data.HistoryPoint;
import dev.nightjar.site.data.SeriesResult;
import dev.nightjar.site.download.CsvTable;
import dev.nightjar.site.download.Json;
import dev.nightjar.site.section.Icons;
import dev.nightjar.site.section.PageAddresses;
import dev.nightjar.site.section.ReportReading;
import dev.nightjar.site.section.Section;
import dev.nightjar.site.section.Tables;
import dev.nightjar.site.words.EffectWords;
import dev.nightjar.site.words.SeriesNames;
import dev.nightjar.site.words.Verdicts;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All results in one table, the worst first, every change drawn on one common scale. */
public final class ResultsSection implements Section<List<SeriesResult>> {
  private static final List<CsvTable<List<SeriesResult>>> TABLES =
      List.of(
          new CsvTable<>(
              "verdicts.csv",
              "one row a series: verdict, effect, interval, evidence",
              ResultTables::verdicts),
          new CsvTable<>(
              "samples.csv",
              "one row a repetition, with what the machine did meanwhile",
              ResultTables::samples));

  private final ChangePointFinder changePoints;
  private final SmallestEffect smallestEffect;

  /** Results whose histories have their change points found by this. */
  public ResultsSection(ChangePointFinder changePoints, SmallestEffect smallestEffect) {
    this.changePoints = changePoints;
    this.smallestEffect = smallestEffect;
  }

  @Override
  public String id() {
    return "results";
  }

  @Override
  public String title(List<SeriesResult> results) {
    return "Results";
  }

  @Override
  public String hint(List<SeriesResult> results) {
    return String.valueOf(results.size());
  }

  @Override
  public List<SeriesResult> read(ReportReading reading) {
    return new ResultsReader(reading.database(), reading.run(), changePoints, smallestEffect)
        .read();
  }

  @Override
  public void json(Json json, List<SeriesResult> results) {
    SeriesJson.whole(json, results);
  }

  @Override
  public List<CsvTable<List<SeriesResult>>> tables() {
    return TABLES;
  }

  @Override
  public void page(Markup html, List<SeriesResult> unordered, PageAddresses addresses) {
    if (unordered.isEmpty()) {
      Tables.nothing(html, "No benchmark ran, so there is no result.");
      return;
    }
    List<SeriesResult> results = Verdicts.inOrder(unordered);
    Optional<IntervalPlot> plot =
        results.stream().anyMatch(ResultsSection::isCompared)
            ? Optional.of(IntervalPlot.onScaleOf(results))
            : Optional.empty();
    html.in(
        "div",
        at("class", "scroll", "role", "region", "tabindex", "0", "aria-label", "Table: results"),
        () ->
            html.in(
                "table",
                at("class", "results", "data-sortable", "results"),
                () -> {
                  html.leaf("caption", at("class", "unseen"), "Results of this run");
                  html.in("thead", () -> html.in("tr", () -> heads(html, plot)));
                  html.in("tbody", () -> rows(html, results, plot));
                }));
  }

  /** Where nothing is compared with anything, no column is kept for changes. */
  private static boolean isCompared(SeriesResult result) {
    Verdict verdict = result.verdict();
    return verdict != null && verdict.effect() != null;
  }

  private static void heads(Markup html, Optional<IntervalPlot> plot) {
    html.leaf("th", at("scope", "col"), "Verdict");
    html.leaf("th", at("scope", "col"), "Benchmark");
    html.leaf("th", at("scope", "col", "class", "n"), "Median");
    plot.ifPresent(scale -> {
      html.leaf("th", at("scope", "col", "class", "n"), "Change");
      html.in(
          "th",
          at("scope", "col", "class", "wide", "data-unsorted", ""),
          () -> {
            html.text("Interval ");
            html.leaf("span", at("class", "hint"), scale.scaleInWords());
          });
    });
    html.leaf("th", at("scope", "col", "class", "n wide"), "Samples");
  }

  private static void rows(Markup html, List<SeriesResult> results, Optional<IntervalPlot> plot) {
    for (int place = 0; place < results.size(); place++) {
      row(html, results.get(place), place, plot);
    }
  }

  private static void row(
      Markup html, SeriesResult result, int place, Optional<IntervalPlot> plot) {
    Verdict verdict = result.verdict();
    html.in(
        "tr",
        at("data-verdict", verdict == null ? "none" : verdict.kind().word()),
        () -> {
          html.in("td", at("data-value", place + ""), () -> verdict(html, verdict));
          html.in("th", at("scope", "row"), () -> name(html, result, place));
          median(html, result);
          plot.ifPresent(scale -> {
            change(html, result, verdict);
            html.in("td", at("class", "wide interval"), () -> scale.write(html, verdict));
          });
          html.leaf("td", at("class", "n wide"), String.valueOf(result.samples().size()));
        });
    html.line();
  }

  private static void verdict(Markup html, @Nullable Verdict verdict) {
    if (verdict == null) {
      html.text("not judged");
    } else {
      Icons.verdict(html, verdict.kind());
    }
  }

  private static void name(Markup html, SeriesResult result, int place) {
    html.in(
        "a",
        at("href", "#" + SeriesNames.anchor(place)),
        () -> html.foreign(SeriesNames.name(result.series())));
    html.text(" ");
    html.in("span", at("class", "detail"), () -> html.foreign(SeriesNames.detail(result.series())));
  }

  private static void median(Markup html, SeriesResult result) {
    Optional<HistoryPoint> current = result.compared();
    if (current.isEmpty()) {
      html.leaf("td", at("class", "n"), "—");
      return;
    }
    double median = current.get().median();
    String text = UnitScale.of(result.series().benchmark().unit(), median).format(median);
    String measure = result.comparison().measure();
    html.in(
        "td",
        at("class", "n", "data-value", String.valueOf(median)),
        () -> {
          html.text(text);
          if (!measure.isEmpty()) {
            html.leaf("span", at("class", "detail measure"), " " + measure);
          }
        });
  }

  private static void change(Markup html, SeriesResult result, @Nullable Verdict verdict) {
    Double effect = verdict == null ? null : verdict.effect();
    if (effect == null) {
      html.leaf("td", at("class", "n"), "—");
      return;
    }
    html.in(
        "td",
        at("class", "n", "data-value", String.valueOf(effect)),
        () -> {
          html.text(EffectWords.signed(effect));
          html.leaf(
              "span",
              at("class", "unseen"),
              ", " + EffectWords.spoken(result.series().benchmark(), effect));
        });
  }
}
