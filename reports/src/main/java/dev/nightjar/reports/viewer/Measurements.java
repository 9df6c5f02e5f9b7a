package dev.nightjar.reports.viewer;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.reports.HistoryPoint;
import dev.nightjar.reports.ReportData;
import dev.nightjar.reports.SeriesResult;
import dev.nightjar.reports.chart.Buckets;
import dev.nightjar.reports.page.SeriesNames;
import dev.nightjar.reports.telemetry.Lane;
import dev.nightjar.reports.telemetry.LaneLine;
import dev.nightjar.reports.telemetry.Lanes;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Benchmarks and telemetry of the reported run, as the viewer draws them. */
final class Measurements {
  /** Ribbons that can still be told from one another. */
  private static final int MOST_SERIES = 24;

  private static final int MOST_ROWS = 16;
  private static final List<VerdictKind> FIRST =
      List.of(VerdictKind.REGRESSED, VerdictKind.FAILED, VerdictKind.IMPROVED);

  private Measurements() {}

  /**
   * {@code [{name, detail, unit, direction, verdict, points: [[seconds, median, low, high]]}]},
   * what regressed first. Seconds count from 1970.
   */
  static ArrayNode benchmarks(ReportData data) {
    ArrayNode all = JsonMapper.shared().createArrayNode();
    data.series().stream()
        .filter(series -> !series.history().isEmpty())
        .sorted(Comparator.comparingInt(Measurements::rank))
        .limit(MOST_SERIES)
        .forEach(series -> series(all.addObject(), series));
    return all;
  }

  private static int rank(SeriesResult series) {
    Verdict verdict = series.verdict();
    int place = verdict == null ? -1 : FIRST.indexOf(verdict.kind());
    return place < 0 ? FIRST.size() : place;
  }

  private static void series(ObjectNode json, SeriesResult result) {
    Benchmark benchmark = result.series().benchmark();
    Verdict verdict = result.verdict();
    json.put("name", SeriesNames.name(result.series()))
        .put("detail", SeriesNames.detail(result.series()))
        .put("unit", benchmark.unit())
        .put("direction", benchmark.direction().word())
        .put("verdict", verdict == null ? "" : verdict.kind().word());
    ArrayNode points = json.putArray("points");
    for (HistoryPoint point : result.history()) {
      Double low = point.medianLow();
      Double high = point.medianHigh();
      points
          .addArray()
          .add(point.startedAt().toEpochMilli() / 1000.0)
          .add(point.median())
          .add(low == null ? point.median() : low)
          .add(high == null ? point.median() : high);
    }
  }

  /**
   * {@code {from, to, rows: [{name, unit, lowest, highest, values}]}}, the values being means of
   * equal parts of the time, null where nothing was read; empty when there is no telemetry.
   */
  static ObjectNode telemetry(ReportData data) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    Lanes lanes = Lanes.of(data.timeline());
    json.put("from", lanes.from().toEpochMilli() / 1000.0);
    json.put("to", lanes.to().toEpochMilli() / 1000.0);
    ArrayNode rows = json.putArray("rows");
    for (Lane lane : lanes.lanes()) {
      if (rows.size() < MOST_ROWS) {
        row(rows.addObject(), lane, lane.lines().getFirst());
      }
    }
    return json;
  }

  private static void row(ObjectNode json, Lane lane, LaneLine line) {
    json.put("name", line.name().isEmpty() ? lane.title() : lane.title() + ": " + line.name())
        .put("unit", lane.unit())
        .put("lowest", line.lowest())
        .put("highest", line.highest());
    ArrayNode values = json.putArray("values");
    Buckets buckets = line.values();
    for (int column = 0; column < buckets.size(); column++) {
      if (buckets.isGap(column)) {
        values.addNull();
      } else {
        values.add(buckets.mean(column));
      }
    }
  }
}
