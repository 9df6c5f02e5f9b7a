package dev.nightjar.site.section;

import static dev.nightjar.markup.Attributes.at;

import dev.nightjar.markup.Markup;
import dev.nightjar.model.ChangePoint;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.unit.UnitScale;
import dev.nightjar.site.chart.ChangeWords;
import dev.nightjar.site.chart.HistoryChart;
import dev.nightjar.site.chart.SamplesStrip;
import dev.nightjar.site.data.HistoryPoint;
import dev.nightjar.site.data.ReportData;
import dev.nightjar.site.data.SeriesResult;
import dev.nightjar.site.section.Tables.Column;
import dev.nightjar.site.words.EffectWords;
import dev.nightjar.site.words.SeriesNames;
import dev.nightjar.site.words.Verdicts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every series against its history, as small multiples with a table each.
 *
 * <p>The page stays bounded: the more series there are, the fewer columns a chart has and the fewer
 * rows its table; all of it is in history.csv.
 */
public final class HistorySection implements Section {
  private static final int COLUMNS_OF_A_PAGE = 7_000;
  private static final int ROWS_OF_A_PAGE = 500;
  private static final int MOST_CHANGES = 3;

  @Override
  public String id() {
    return "history";
  }

  @Override
  public String title(ReportData data) {
    return "Against their history";
  }

  @Override
  public String hint(ReportData data) {
    return "";
  }

  /** The anchor of the series that stands at this place, the worst being at 0. */
  public static String anchor(int place) {
    return "series-" + place;
  }

  @Override
  public void write(Markup html, ReportData data, PageAddresses addresses) {
    if (data.series().isEmpty()) {
      Tables.nothing(html, "There is no series to draw.");
      return;
    }
    legend(html);
    List<SeriesResult> results = Verdicts.inOrder(data);
    int columns = Math.clamp(COLUMNS_OF_A_PAGE / results.size(), 60, 400);
    int rows = Math.clamp(ROWS_OF_A_PAGE / results.size(), 5, 100);
    html.in(
        "div",
        at("class", "cards"),
        () -> {
          for (int place = 0; place < results.size(); place++) {
            new Card(html, results.get(place), place, columns, rows, addresses).write();
          }
        });
  }

  private static void legend(Markup html) {
    html.in(
        "p",
        at("class", "legend"),
        () -> {
          key(html, "line", "median of a run");
          key(html, "band-sure", "its 95 % interval");
          key(html, "band-range", "lowest to highest");
          key(html, "change v-regressed", "judged regressed");
          key(html, "change v-improved", "judged improved");
          key(html, "step v-regressed", "levels around a change point, worse after it");
          key(html, "step v-improved", "better after it");
        });
  }

  private static void key(Markup html, String kind, String words) {
    html.in(
        "span",
        () -> {
          html.in(
              "svg",
              at("viewBox", "0 0 24 12", "aria-hidden", "true"),
              () -> {
                String shape =
                    kind.startsWith("band")
                        ? "M0 0h24v12h-24z"
                        : kind.startsWith("step") ? "M0 10h12v-8h12" : "M0 6h24";
                html.empty("path", at("class", kind, "d", shape));
              });
          html.text(words);
        });
  }

  /** One small multiple. */
  private record Card(
      Markup html, SeriesResult result, int place, int columns, int rows, PageAddresses addresses) {

    void write() {
      Verdict verdict = result.verdict();
      String word = verdict == null ? "none" : verdict.kind().word();
      html.in(
          "article",
          at("id", anchor(place), "class", "card", "data-verdict", word),
          () -> {
            html.in("h3", () -> html.foreign(SeriesNames.name(result.series())));
            html.in(
                "p",
                at("class", "detail"),
                () -> html.foreign(SeriesNames.detail(result.series())));
            figures(verdict);
            if (result.history().isEmpty()) {
              Tables.nothing(html, "No run has a sample of it.");
            } else {
              charts();
            }
          });
      html.line();
    }

    private void figures(@Nullable Verdict verdict) {
      html.in(
          "p",
          at("class", "figures"),
          () -> {
            result
                .current()
                .ifPresent(now -> html.leaf("strong", scale().format(now.median())).text(" "));
            if (verdict != null) {
              Icons.verdict(html, verdict.kind());
              effect(verdict);
            }
          });
    }

    private void effect(Verdict verdict) {
      Double effect = verdict.effect();
      if (effect != null && verdict.kind() != VerdictKind.NEW) {
        html.text(" ");
        html.leaf(
            "span", at("class", "detail"), EffectWords.spoken(result.series().benchmark(), effect));
      }
    }

    private UnitScale scale() {
      double size = result.current().orElseGet(() -> result.history().getLast()).median();
      return UnitScale.of(result.series().benchmark().unit(), size);
    }

    private void charts() {
      String title = SeriesNames.full(result.series()) + " against its history";
      new HistoryChart(result, scale(), columns).write(html, anchor(place) + "-chart", title);
      changes();
      if (result.samples().size() > 1) {
        new SamplesStrip(result, scale()).write(html, anchor(place) + "-samples");
      }
      html.in("details", () -> historyTable());
      if (!result.samples().isEmpty()) {
        html.in("details", () -> sampleTable());
      }
    }

    /** The newest change points in words. */
    private void changes() {
      List<ChangePoint> changes = result.changes();
      if (changes.isEmpty()) {
        return;
      }
      html.in(
          "ul",
          at("class", "changes"),
          () ->
              changes.reversed().stream()
                  .limit(MOST_CHANGES)
                  .forEach(change ->
                      html.leaf("li", ChangeWords.sentence(change, result.history(), scale()))));
      if (changes.size() > MOST_CHANGES) {
        html.in(
            "p",
            at("class", "detail"),
            () -> {
              html.text((changes.size() - MOST_CHANGES) + " earlier changes are in ");
              html.leaf("a", at("href", addresses.data("changes.csv")), "changes.csv").text(".");
            });
      }
    }

    private void historyTable() {
      List<HistoryPoint> history = result.history();
      int shown = Math.min(rows, history.size());
      html.leaf("summary", "Table of runs");
      Tables.write(
          html,
          "Runs of " + SeriesNames.full(result.series()),
          List.of(
              Column.words("Run"),
              Column.words("Commit"),
              Column.number("Median"),
              Column.number("Lowest"),
              Column.number("Highest"),
              Column.number("Samples"),
              Column.words("Verdict")),
          () -> history.reversed().subList(0, shown).forEach(this::historyRow));
      if (shown < history.size()) {
        html.in(
            "p",
            () -> {
              html.text((history.size() - shown) + " older runs are in ");
              html.leaf("a", at("href", addresses.data("history.csv")), "history.csv").text(".");
            });
      }
    }

    private void historyRow(HistoryPoint point) {
      VerdictKind verdict = point.verdict();
      String commit = point.headCommit();
      Tables.row(
          html,
          () -> {
            Tables.moment(html, point.startedAt());
            html.in("td", () -> Tables.commitOrDash(html, commit));
            Tables.number(html, scale().format(point.median()));
            Tables.number(html, scale().format(point.min()));
            Tables.number(html, scale().format(point.max()));
            Tables.number(html, String.valueOf(point.sampleCount()));
            html.leaf("td", verdict == null ? "—" : verdict.word());
          });
    }

    private void sampleTable() {
      List<Sample> samples = result.samples();
      int shown = Math.min(rows, samples.size());
      html.leaf("summary", "Table of this run's repetitions");
      Tables.write(
          html,
          "Repetitions of " + SeriesNames.full(result.series()),
          SampleRow.COLUMNS,
          () ->
              samples
                  .subList(0, shown)
                  .forEach(sample ->
                      SampleRow.write(html, sample, result.disturbance(sample), scale())));
      if (shown < samples.size()) {
        html.in(
            "p",
            () -> {
              html.text((samples.size() - shown) + " more are in ");
              html.leaf("a", at("href", addresses.data("samples.csv")), "samples.csv").text(".");
            });
      }
    }
  }
}
