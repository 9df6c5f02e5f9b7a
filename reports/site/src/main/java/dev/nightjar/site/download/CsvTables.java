package dev.nightjar.site.download;

import dev.nightjar.model.ChangePoint;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Skip;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.site.data.BenchmarkWindow;
import dev.nightjar.site.data.CommitEntry;
import dev.nightjar.site.data.HistoryPoint;
import dev.nightjar.site.data.ReportData;
import dev.nightjar.site.data.RepositoryHealth.ActivityMonth;
import dev.nightjar.site.data.RepositoryHealth.Branch;
import dev.nightjar.site.data.RepositoryHealth.CoChange;
import dev.nightjar.site.data.RepositoryHealth.Hotspot;
import dev.nightjar.site.data.RepositoryHealth.Ownership;
import dev.nightjar.site.data.RunSummary;
import dev.nightjar.site.data.SeriesResult;
import dev.nightjar.store.sample.DisturbedSample;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/** The report's tables as CSV. Column names are those of the database's views. */
final class CsvTables {
  private final ReportData data;
  private final Csv csv;

  CsvTables(ReportData data, Csv csv) {
    this.data = data;
    this.csv = csv;
  }

  void verdicts() throws IOException {
    csv.heads(
        "suite",
        "benchmark",
        "metric",
        "parameters",
        "device",
        "unit",
        "direction",
        "verdict",
        "samples",
        "median",
        "effect",
        "effect_low",
        "effect_high",
        "confidence",
        "baseline",
        "evidence",
        "suspected_cause");
    for (SeriesResult result : data.series()) {
      verdict(result);
    }
  }

  private void verdict(SeriesResult result) throws IOException {
    Verdict verdict = result.verdict();
    series(result.series());
    csv.text(result.series().benchmark().unit());
    csv.text(result.series().benchmark().direction().word());
    csv.text(verdict == null ? null : verdict.kind().word());
    csv.number(result.samples().size());
    csv.number(result.current().map(HistoryPoint::median).orElse(null));
    csv.number(verdict == null ? null : verdict.effect());
    csv.number(verdict == null ? null : verdict.effectLow());
    csv.number(verdict == null ? null : verdict.effectHigh());
    csv.number(verdict == null ? null : verdict.confidence());
    csv.text(verdict == null ? null : verdict.baseline());
    csv.text(verdict == null ? null : verdict.evidence());
    csv.text(verdict == null ? null : verdict.suspectedCause());
    csv.end();
  }

  void samples() throws IOException {
    csv.heads(
        "suite",
        "benchmark",
        "metric",
        "parameters",
        "device",
        "unit",
        "ordinal",
        "value",
        "started_at",
        "wall_nanos",
        "user_cpu_nanos",
        "system_cpu_nanos",
        "max_rss_bytes",
        "minor_faults",
        "major_faults",
        "voluntary_switches",
        "involuntary_switches",
        "run_queue_wait_nanos",
        "cpu_pressure_nanos",
        "memory_pressure_nanos",
        "io_pressure_nanos",
        "steal_nanos",
        "throttled_nanos",
        "weight",
        "disturbed_by");
    for (SeriesResult result : data.series()) {
      for (Sample sample : result.samples()) {
        sample(result, sample);
      }
    }
  }

  private void sample(SeriesResult result, Sample sample) throws IOException {
    Series series = result.series();
    Optional<DisturbedSample> disturbance = result.disturbance(sample);
    series(series);
    csv.text(series.benchmark().unit());
    csv.number(sample.ordinal()).number(sample.value());
    csv.moment(sample.startedAt()).number(sample.wallNanos());
    BoundaryReadings readings = sample.readings();
    csv.number(readings.userCpuNanos()).number(readings.systemCpuNanos());
    csv.number(readings.maxRssBytes());
    csv.number(readings.minorFaults()).number(readings.majorFaults());
    csv.number(readings.voluntarySwitches()).number(readings.involuntarySwitches());
    csv.number(readings.runQueueWaitNanos());
    csv.number(readings.cpuPressureNanos()).number(readings.memoryPressureNanos());
    csv.number(readings.ioPressureNanos());
    csv.number(readings.stealNanos()).number(readings.throttledNanos());
    csv.number(disturbance.map(DisturbedSample::weight).orElse(1.0));
    csv.text(disturbance.map(DisturbedSample::causes).orElse(null));
    csv.end();
  }

  void history() throws IOException {
    csv.heads(
        "suite",
        "benchmark",
        "metric",
        "parameters",
        "device",
        "unit",
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
    for (SeriesResult result : data.series()) {
      for (HistoryPoint point : result.history()) {
        point(result.series(), point);
      }
    }
  }

  private void point(Series series, HistoryPoint point) throws IOException {
    VerdictKind verdict = point.verdict();
    series(series);
    csv.text(series.benchmark().unit());
    csv.text(point.runId().toString()).moment(point.startedAt()).text(point.headCommit());
    csv.number(point.sampleCount()).number(point.min()).number(point.median());
    csv.number(point.max()).number(point.medianLow()).number(point.medianHigh());
    csv.text(verdict == null ? null : verdict.word());
    csv.end();
  }

  void changes() throws IOException {
    csv.heads(
        "suite",
        "benchmark",
        "metric",
        "parameters",
        "device",
        "unit",
        "run_id",
        "started_at",
        "head_commit",
        "level_before",
        "level_after",
        "confidence");
    for (SeriesResult result : data.series()) {
      for (ChangePoint change : result.changes()) {
        HistoryPoint first = result.history().get(change.index());
        series(result.series());
        csv.text(result.series().benchmark().unit());
        csv.text(first.runId().toString()).moment(first.startedAt()).text(first.headCommit());
        csv.number(change.before()).number(change.after()).number(change.confidence());
        csv.end();
      }
    }
  }

  void windows() throws IOException {
    csv.heads("benchmark", "from", "to");
    for (BenchmarkWindow window : data.timeline().windows()) {
      csv.text(window.benchmark()).moment(window.from()).moment(window.to()).end();
    }
  }

  void commits() throws IOException {
    csv.heads(
        "commit_id",
        "author",
        "committed_at",
        "subject",
        "files_changed",
        "lines_added",
        "lines_deleted");
    for (CommitEntry commit : data.commits().newest()) {
      csv.text(commit.id()).text(commit.author()).moment(commit.committedAt());
      csv.text(commit.subject()).number(commit.filesChanged());
      csv.number(commit.linesAdded()).number(commit.linesDeleted());
      csv.end();
    }
  }

  void telemetry() throws IOException {
    csv.heads("metric", "attributes", "unit", "at", "value");
    for (TelemetryBatch batch : data.timeline().telemetry()) {
      for (int i = 0; i < batch.values().length; i++) {
        csv.text(batch.metric().name()).text(batch.metric().attributes());
        csv.text(batch.metric().unit());
        csv.moment(Instant.ofEpochMilli(batch.epochMillis()[i])).number(batch.values()[i]);
        csv.end();
      }
    }
  }

  void skipped() throws IOException {
    csv.heads("step", "subject", "reason");
    for (Skip skip : data.skips()) {
      csv.text(skip.step()).text(skip.subject()).text(skip.reason()).end();
    }
  }

  void runs() throws IOException {
    csv.heads(
        "run_id",
        "pipeline",
        "state",
        "started_at",
        "finished_at",
        "head_commit",
        "branch",
        "pass",
        "improved",
        "regressed",
        "inconclusive",
        "new",
        "missing",
        "failed");
    for (RunSummary run : data.runs()) {
      csv.text(run.id().toString()).text(run.pipeline()).text(run.state().word());
      csv.moment(run.startedAt()).moment(run.finishedAt());
      csv.text(run.headCommit()).text(run.branch());
      for (VerdictKind kind : VerdictKind.values()) {
        csv.number(run.verdicts().getOrDefault(kind, 0));
      }
      csv.end();
    }
  }

  void hotspots() throws IOException {
    csv.heads("path", "changes", "lines_changed", "authors", "score", "last_changed_at");
    for (Hotspot spot : data.health().hotspots()) {
      csv.text(spot.path()).number(spot.changes()).number(spot.linesChanged());
      csv.number(spot.authors()).number(spot.score()).moment(spot.lastChangedAt()).end();
    }
  }

  void coChanges() throws IOException {
    csv.heads("path", "other_path", "together", "degree");
    for (CoChange pair : data.health().coChanges()) {
      csv.text(pair.path()).text(pair.otherPath());
      csv.number(pair.together()).number(pair.degree()).end();
    }
  }

  void ownership() throws IOException {
    csv.heads("part", "main_author", "main_share", "authors", "bus_factor");
    for (Ownership owner : data.health().owners()) {
      csv.text(owner.part()).text(owner.mainAuthor()).number(owner.share());
      csv.number(owner.authors()).number(owner.busFactor()).end();
    }
  }

  void activity() throws IOException {
    csv.heads("month", "commits", "merges", "authors");
    for (ActivityMonth month : data.health().months()) {
      csv.moment(month.month()).number(month.commits()).number(month.merges());
      csv.number(month.authors()).end();
    }
  }

  void branches() throws IOException {
    csv.heads("name", "tip", "tip_at");
    for (Branch branch : data.health().branches()) {
      csv.text(branch.name()).text(branch.tip()).moment(branch.tipAt()).end();
    }
  }

  private void series(Series series) throws IOException {
    csv.text(series.benchmark().suite()).text(series.benchmark().name());
    csv.text(series.benchmark().metric());
    csv.text(
        series.parameters().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" ")));
    csv.text(series.device().label());
  }
}
