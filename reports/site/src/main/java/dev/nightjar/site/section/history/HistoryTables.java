package dev.nightjar.site.section.history;

import dev.nightjar.model.ChangePoint;
import dev.nightjar.model.Series;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.site.data.HistoryPoint;
import dev.nightjar.site.data.SeriesResult;
import dev.nightjar.site.download.Csv;
import dev.nightjar.site.section.results.SeriesCells;
import java.io.IOException;
import java.util.List;

/** Runs and change points of each series as tables. */
final class HistoryTables {
  private static final String[] HISTORY =
      SeriesCells.and(
          "run_id",
          "started_at",
          "head_commit",
          "samples",
          "min",
          "median",
          "max",
          "median_low_95",
          "median_high_95",
          "verdict");
  private static final String[] CHANGES =
      SeriesCells.and(
          "run_id", "started_at", "head_commit", "level_before", "level_after", "confidence");

  private HistoryTables() {}

  static void history(List<SeriesResult> results, Csv csv) throws IOException {
    csv.heads(HISTORY);
    for (SeriesResult result : results) {
      for (HistoryPoint point : result.history()) {
        VerdictKind verdict = point.verdict();
        run(result.series(), point, csv);
        csv.number(point.sampleCount()).number(point.min()).number(point.median());
        csv.number(point.max()).number(point.medianLow()).number(point.medianHigh());
        csv.text(verdict == null ? null : verdict.word()).end();
      }
    }
  }

  static void changes(List<SeriesResult> results, Csv csv) throws IOException {
    csv.heads(CHANGES);
    for (SeriesResult result : results) {
      for (ChangePoint change : result.changes()) {
        run(result.series(), result.history().get(change.index()), csv);
        csv.number(change.before()).number(change.after()).number(change.confidence()).end();
      }
    }
  }

  private static void run(Series series, HistoryPoint point, Csv csv) throws IOException {
    SeriesCells.write(csv, series);
    csv.text(point.runId().toString()).moment(point.startedAt()).text(point.headCommit());
  }
}
