package dev.nightjar.site.section.results;

import dev.nightjar.model.ChangePoint;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.site.data.HistoryPoint;
import dev.nightjar.site.data.SeriesResult;
import dev.nightjar.site.download.Json;
import dev.nightjar.site.words.Verdicts;
import java.util.List;

/** Series as JSON, the worst first. */
public final class SeriesJson {
  private final Json json;

  private SeriesJson(Json json) {
    this.json = json;
  }

  /** Each series with its verdict alone. */
  public static void brief(Json json, List<SeriesResult> results) {
    SeriesJson series = new SeriesJson(json);
    json.list("series", Verdicts.inOrder(results), series::judged);
  }

  /** Each series with its samples and its history. */
  static void whole(Json json, List<SeriesResult> results) {
    SeriesJson series = new SeriesJson(json);
    json.list(
        "series",
        Verdicts.inOrder(results),
        result -> {
          series.judged(result);
          json.numbers("samples", result.samples(), Sample::value);
          json.list("history", result.history(), series::point);
          json.list(
              "change_points", result.changes(), change -> series.change(change, result.history()));
        });
  }

  private void judged(SeriesResult result) {
    name(result.series());
    json.number("median", result.current().map(HistoryPoint::median).orElse(null));
    Verdict verdict = result.verdict();
    if (verdict == null) {
      json.text("verdict", null);
    } else {
      verdict(verdict);
    }
    json.text("compared_by", result.comparison().by().word());
    json.number("compared_median", result.compared().map(HistoryPoint::median).orElse(null));
  }

  private void name(Series series) {
    json.text("suite", series.benchmark().suite());
    json.text("benchmark", series.benchmark().name());
    json.text("metric", series.benchmark().metric());
    json.text("unit", series.benchmark().unit());
    json.text("direction", series.benchmark().direction().word());
    json.texts("parameters", series.parameters());
    json.text("device", series.device().label());
  }

  private void verdict(Verdict verdict) {
    json.text("verdict", verdict.kind().word());
    json.number("effect", verdict.effect());
    json.number("effect_low", verdict.effectLow());
    json.number("effect_high", verdict.effectHigh());
    json.number("confidence", verdict.confidence());
    json.text("baseline", verdict.baseline());
    json.text("evidence", verdict.evidence());
    json.text("suspected_cause", verdict.suspectedCause());
  }

  private void point(HistoryPoint point) {
    VerdictKind verdict = point.verdict();
    json.text("run_id", point.runId().toString());
    json.moment("started_at", point.startedAt());
    json.text("head_commit", point.headCommit());
    json.count("samples", point.sampleCount());
    json.number("min", point.min());
    json.number("median", point.median());
    json.number("max", point.max());
    json.number("median_low_95", point.medianLow());
    json.number("median_high_95", point.medianHigh());
    json.text("verdict", verdict == null ? null : verdict.word());
  }

  private void change(ChangePoint change, List<HistoryPoint> history) {
    HistoryPoint first = history.get(change.index());
    json.text("run_id", first.runId().toString());
    json.text("head_commit", first.headCommit());
    json.number("level_before", change.before());
    json.number("level_after", change.after());
    json.number("confidence", change.confidence());
  }
}
