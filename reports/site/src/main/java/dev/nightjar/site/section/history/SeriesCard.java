package dev.nightjar.site.section.history;

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
import dev.nightjar.site.data.SeriesResult;
import dev.nightjar.site.section.Icons;
import dev.nightjar.site.section.PageAddresses;
import dev.nightjar.site.section.Tables;
import dev.nightjar.site.section.Tables.Column;
import dev.nightjar.site.words.EffectWords;
import dev.nightjar.site.words.SeriesNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One series against its history.
 *
 * @param place where it stands, the worst being at 0
 * @param columns the most that its chart has
 * @param rows the most that its tables have
 */
record SeriesCard(
    Markup html, SeriesResult result, int place, int columns, int rows, PageAddresses addresses) {

  private static final int MOST_CHANGES = 3;

  void write() {
    Verdict verdict = result.verdict();
    String word = verdict == null ? "none" : verdict.kind().word();
    html.in(
        "article",
        at("id", SeriesNames.anchor(place), "class", "card", "data-verdict", word),
        () -> {
          html.in("h3", () -> html.foreign(SeriesNames.name(result.series())));
          html.in(
              "p", at("class", "detail"), () -> html.foreign(SeriesNames.detail(result.series())));
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
              .compared()
              .ifPresent(now -> html.leaf("strong", scale().format(now.median())).text(" "));
          if (!result.comparison().measure().isEmpty()) {
            html.leaf("span", at("class", "measure"), result.comparison().measure()).text(" ");
          }
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
    double size = result.comparison().points().getLast().median();
    return UnitScale.of(result.series().benchmark().unit(), size);
  }

  private void charts() {
    String title = SeriesNames.full(result.series()) + " against its history";
    new HistoryChart(result, scale(), columns)
        .write(html, SeriesNames.anchor(place) + "-chart", title);
    changes();
    if (result.samples().size() > 1) {
      new SamplesStrip(result, scale()).write(html, SeriesNames.anchor(place) + "-samples");
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
                    html.leaf(
                        "li",
                        ChangeWords.sentence(change, result.comparison().points(), scale()))));
    if (changes.size() > MOST_CHANGES) {
      String earlier = changes.size() - MOST_CHANGES + " earlier changes";
      html.in("p", at("class", "detail"), () -> rest(earlier, "changes.csv"));
    }
  }

  private void historyTable() {
    List<HistoryPoint> history = result.comparison().points();
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
      html.in("p", () -> rest(history.size() - shown + " older runs", "history.csv"));
    }
  }

  private void historyRow(HistoryPoint point) {
    VerdictKind verdict = point.verdict();
    String commit = point.headCommit();
    Tables.row(
        html,
        () -> {
          Tables.moment(html, point.startedAt());
          html.in("td", () -> Tables.commitOrDash(html, commit, addresses));
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
                .forEach(
                    sample -> SampleRow.write(html, sample, result.disturbance(sample), scale())));
    if (shown < samples.size()) {
      html.in("p", () -> rest(samples.size() - shown + " more", "samples.csv"));
    }
  }

  private void rest(String what, String file) {
    Tables.rest(html, what, file, addresses);
  }
}
