package dev.nightjar.site;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.unit.UnitScale;
import dev.nightjar.site.chart.Buckets;
import dev.nightjar.site.data.HistoryPoint;
import dev.nightjar.site.data.SeriesResult;
import dev.nightjar.site.report.Report;
import dev.nightjar.site.section.telemetry.TelemetrySection;
import dev.nightjar.site.telemetry.Lane;
import dev.nightjar.site.telemetry.LaneLine;
import dev.nightjar.site.telemetry.Lanes;
import dev.nightjar.site.words.SeriesNames;
import dev.nightjar.viewer.ViewerContents;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What of a report the viewer shows. */
public final class ViewerInput {
  /** Ribbons that can still be told from one another. */
  private static final int MOST_SERIES = 24;

  private static final int MOST_ROWS = 16;
  private static final int MOST_SUSPECTS = 100;
  private static final List<VerdictKind> FIRST =
      List.of(
          VerdictKind.REGRESSED,
          VerdictKind.FAILED,
          VerdictKind.STILL_REGRESSED,
          VerdictKind.IMPROVED);

  private ViewerInput() {}

  /** The runs, the benchmarks with a history, what regressed first, and the telemetry. */
  public static ViewerContents of(Report report) {
    return new ViewerContents(
        report.repositoryName(),
        report.writtenAt(),
        report.runs().stream()
            .map(run -> new ViewerContents.RunMark(run.startedAt(), run.id().toString()))
            .toList(),
        report.results().stream()
            .filter(series -> !series.history().isEmpty())
            .sorted(Comparator.comparingInt(ViewerInput::rank))
            .limit(MOST_SERIES)
            .map(ViewerInput::ribbon)
            .toList(),
        telemetry(Lanes.of(report.of(TelemetrySection.class))),
        suspects(report));
  }

  /** Of each cause that names commits; of a range its first is the last that was good. */
  private static List<ViewerContents.Suspect> suspects(Report report) {
    Stream<ViewerContents.Suspect> judged =
        report.results().stream().flatMap(series -> suspects(report, series));
    Stream<ViewerContents.Suspect> open =
        report.findings().open().stream()
            .flatMap(
                finding -> suspects(report, finding.cause(), SeriesNames.name(finding.series())));
    return Stream.concat(judged, open).distinct().limit(MOST_SUSPECTS).toList();
  }

  private static Stream<ViewerContents.Suspect> suspects(Report report, SeriesResult series) {
    Verdict verdict = series.verdict();
    String cause = verdict == null ? null : verdict.suspectedCause();
    return cause == null
        ? Stream.empty()
        : suspects(report, cause, SeriesNames.name(series.series()));
  }

  private static Stream<ViewerContents.Suspect> suspects(Report report, String cause, String of) {
    return report.named().suspectsIn(cause).stream()
        .map(commit -> new ViewerContents.Suspect(commit.id(), of));
  }

  private static int rank(SeriesResult series) {
    Verdict verdict = series.verdict();
    int place = verdict == null ? -1 : FIRST.indexOf(verdict.kind());
    return place < 0 ? FIRST.size() : place;
  }

  private static ViewerContents.Ribbon ribbon(SeriesResult result) {
    Benchmark benchmark = result.series().benchmark();
    Verdict verdict = result.verdict();
    return new ViewerContents.Ribbon(
        SeriesNames.name(result.series()),
        SeriesNames.detail(result.series()),
        UnitScale.of(benchmark.unit(), result.comparison().points().getLast().median()),
        benchmark.direction().word(),
        verdict == null ? "" : verdict.kind().word(),
        result.comparison().points().stream().map(ViewerInput::point).toList());
  }

  private static ViewerContents.Point point(HistoryPoint point) {
    Double low = point.medianLow();
    Double high = point.medianHigh();
    VerdictKind verdict = point.verdict();
    return new ViewerContents.Point(
        point.startedAt(),
        point.median(),
        low == null ? point.median() : low,
        high == null ? point.median() : high,
        verdict == null ? "" : verdict.word(),
        point.headCommit());
  }

  private static ViewerContents.Telemetry telemetry(Lanes lanes) {
    return new ViewerContents.Telemetry(
        lanes.from(),
        lanes.to(),
        lanes.lanes().stream().limit(MOST_ROWS).map(ViewerInput::row).toList());
  }

  private static ViewerContents.Row row(Lane lane) {
    LaneLine line = lane.lines().getFirst();
    Buckets buckets = line.values();
    return new ViewerContents.Row(
        line.name().isEmpty() ? lane.title() : lane.title() + ": " + line.name(),
        lane.unit(),
        line.lowest(),
        line.highest(),
        IntStream.range(0, buckets.size())
            .mapToObj(column -> buckets.isGap(column) ? Double.NaN : buckets.mean(column))
            .toList());
  }
}
