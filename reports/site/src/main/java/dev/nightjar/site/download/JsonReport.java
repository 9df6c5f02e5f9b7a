package dev.nightjar.site.download;

import dev.nightjar.model.ChangePoint;
import dev.nightjar.model.Run;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.site.data.Finding;
import dev.nightjar.site.data.HistoryPoint;
import dev.nightjar.site.data.ReportData;
import dev.nightjar.site.data.RepositoryHealth;
import dev.nightjar.site.data.SeriesResult;
import dev.nightjar.site.words.Headline;
import dev.nightjar.site.words.Verdicts;
import java.io.Writer;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The report for programs. The format has a version, and within one version names are only added.
 */
final class JsonReport {
  private static final int FORMAT = 1;
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private final ReportData data;

  JsonReport(ReportData data) {
    this.data = data;
  }

  /** Everything but telemetry and commits, which are tables by nature. */
  void write(Writer out) {
    try (JsonGenerator json = begin(out)) {
      json.writeStartObject();
      head(json);
      host(json);
      series(json, true);
      skips(json);
      health(json);
      findings(json);
      json.writeEndObject();
    }
  }

  /** The head and the verdicts alone. */
  void writeSummary(Writer out) {
    try (JsonGenerator json = begin(out)) {
      json.writeStartObject();
      head(json);
      series(json, false);
      json.writeEndObject();
    }
  }

  private static JsonGenerator begin(Writer out) {
    return MAPPER.writerWithDefaultPrettyPrinter().createGenerator(out);
  }

  private void head(JsonGenerator json) {
    Run run = data.run();
    Headline headline = Headline.of(data);
    json.writeNumberProperty("format", FORMAT);
    json.writeStringProperty("headline", headline.sentence());
    json.writeStringProperty("grounds", headline.grounds());
    json.writeObjectPropertyStart("counts");
    Map<VerdictKind, Integer> counts = Verdicts.count(data);
    for (VerdictKind kind : VerdictKind.values()) {
      json.writeNumberProperty(kind.word(), counts.getOrDefault(kind, 0));
    }
    json.writeEndObject();
    json.writeObjectPropertyStart("run");
    json.writeStringProperty("id", run.id().toString());
    json.writeStringProperty("repository", data.repositoryName());
    json.writeStringProperty("pipeline", run.pipeline());
    json.writeStringProperty("state", run.state().word());
    text(json, "head_commit", run.headCommit());
    text(json, "branch", run.branch());
    moment(json, "started_at", run.startedAt());
    moment(json, "finished_at", run.finishedAt());
    json.writeStringProperty("nightjar_version", run.nightjarVersion());
    text(json, "previous_head", data.commits().previousHead());
    json.writeNumberProperty("commits_since", data.commits().total());
    json.writeEndObject();
  }

  private void host(JsonGenerator json) {
    json.writeObjectPropertyStart("host");
    json.writeStringProperty("machine_key", data.host().machineKey());
    json.writeStringProperty("name", data.host().name());
    json.writeObjectPropertyStart("facts");
    data.host().facts().forEach(json::writeStringProperty);
    json.writeEndObject();
    json.writeEndObject();
  }

  private void series(JsonGenerator json, boolean whole) {
    json.writeArrayPropertyStart("series");
    for (SeriesResult result : Verdicts.inOrder(data)) {
      json.writeStartObject();
      name(json, result.series());
      verdict(json, result);
      if (whole) {
        samples(json, result);
        history(json, result);
        changes(json, result);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void name(JsonGenerator json, Series series) {
    text(json, "suite", series.benchmark().suite());
    json.writeStringProperty("benchmark", series.benchmark().name());
    json.writeStringProperty("metric", series.benchmark().metric());
    json.writeStringProperty("unit", series.benchmark().unit());
    json.writeStringProperty("direction", series.benchmark().direction().word());
    json.writeObjectPropertyStart("parameters");
    series.parameters().forEach(json::writeStringProperty);
    json.writeEndObject();
    json.writeStringProperty("device", series.device().label());
  }

  private static void verdict(JsonGenerator json, SeriesResult result) {
    number(json, "median", result.current().map(HistoryPoint::median).orElse(null));
    Verdict verdict = result.verdict();
    if (verdict == null) {
      json.writeNullProperty("verdict");
      return;
    }
    json.writeStringProperty("verdict", verdict.kind().word());
    number(json, "effect", verdict.effect());
    number(json, "effect_low", verdict.effectLow());
    number(json, "effect_high", verdict.effectHigh());
    number(json, "confidence", verdict.confidence());
    text(json, "baseline", verdict.baseline());
    json.writeStringProperty("evidence", verdict.evidence());
    text(json, "suspected_cause", verdict.suspectedCause());
  }

  private static void samples(JsonGenerator json, SeriesResult result) {
    json.writeArrayPropertyStart("samples");
    for (Sample sample : result.samples()) {
      json.writeNumber(sample.value());
    }
    json.writeEndArray();
  }

  private static void history(JsonGenerator json, SeriesResult result) {
    json.writeArrayPropertyStart("history");
    for (HistoryPoint point : result.history()) {
      VerdictKind verdict = point.verdict();
      json.writeStartObject();
      json.writeStringProperty("run_id", point.runId().toString());
      moment(json, "started_at", point.startedAt());
      text(json, "head_commit", point.headCommit());
      json.writeNumberProperty("samples", point.sampleCount());
      json.writeNumberProperty("min", point.min());
      json.writeNumberProperty("median", point.median());
      json.writeNumberProperty("max", point.max());
      number(json, "median_low_95", point.medianLow());
      number(json, "median_high_95", point.medianHigh());
      text(json, "verdict", verdict == null ? null : verdict.word());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void changes(JsonGenerator json, SeriesResult result) {
    json.writeArrayPropertyStart("change_points");
    for (ChangePoint change : result.changes()) {
      HistoryPoint first = result.history().get(change.index());
      json.writeStartObject();
      json.writeStringProperty("run_id", first.runId().toString());
      text(json, "head_commit", first.headCommit());
      json.writeNumberProperty("level_before", change.before());
      json.writeNumberProperty("level_after", change.after());
      json.writeNumberProperty("confidence", change.confidence());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void skips(JsonGenerator json) {
    json.writeArrayPropertyStart("skipped");
    data.skips()
        .forEach(skip -> {
          json.writeStartObject();
          json.writeStringProperty("step", skip.step());
          json.writeStringProperty("subject", skip.subject());
          json.writeStringProperty("reason", skip.reason());
          json.writeEndObject();
        });
    json.writeEndArray();
  }

  private void health(JsonGenerator json) {
    RepositoryHealth health = data.health();
    json.writeObjectPropertyStart("repository_health");
    hotspots(json, health);
    coChanges(json, health);
    owners(json, health);
    months(json, health);
    branches(json, health);
    json.writeEndObject();
  }

  private static void hotspots(JsonGenerator json, RepositoryHealth health) {
    json.writeArrayPropertyStart("hotspots");
    for (RepositoryHealth.Hotspot spot : health.hotspots()) {
      Long lines = spot.linesChanged();
      json.writeStartObject();
      json.writeStringProperty("path", spot.path());
      json.writeNumberProperty("changes", spot.changes());
      number(json, "lines_changed", lines == null ? null : (Double) lines.doubleValue());
      json.writeNumberProperty("authors", spot.authors());
      json.writeNumberProperty("score", spot.score());
      moment(json, "last_changed_at", spot.lastChangedAt());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void coChanges(JsonGenerator json, RepositoryHealth health) {
    json.writeArrayPropertyStart("co_changes");
    for (RepositoryHealth.CoChange pair : health.coChanges()) {
      json.writeStartObject();
      json.writeStringProperty("path", pair.path());
      json.writeStringProperty("other_path", pair.otherPath());
      json.writeNumberProperty("together", pair.together());
      json.writeNumberProperty("degree", pair.degree());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void owners(JsonGenerator json, RepositoryHealth health) {
    json.writeArrayPropertyStart("owners");
    for (RepositoryHealth.Ownership owner : health.owners()) {
      json.writeStartObject();
      json.writeStringProperty("part", owner.part());
      json.writeStringProperty("main_author", owner.mainAuthor());
      json.writeNumberProperty("share", owner.share());
      json.writeNumberProperty("authors", owner.authors());
      json.writeNumberProperty("bus_factor", owner.busFactor());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void months(JsonGenerator json, RepositoryHealth health) {
    json.writeArrayPropertyStart("months");
    for (RepositoryHealth.ActivityMonth month : health.months()) {
      json.writeStartObject();
      moment(json, "month", month.month());
      json.writeNumberProperty("commits", month.commits());
      json.writeNumberProperty("merges", month.merges());
      json.writeNumberProperty("authors", month.authors());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void branches(JsonGenerator json, RepositoryHealth health) {
    json.writeArrayPropertyStart("branches");
    for (RepositoryHealth.Branch branch : health.branches()) {
      json.writeStartObject();
      json.writeStringProperty("name", branch.name());
      json.writeStringProperty("tip", branch.tip());
      moment(json, "tip_at", branch.tipAt());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void findings(JsonGenerator json) {
    json.writeArrayPropertyStart("findings");
    for (Finding finding : data.findings()) {
      json.writeStartObject();
      json.writeStringProperty("question", finding.question());
      json.writeStringProperty("answer", finding.answer());
      json.writeArrayPropertyStart("citations");
      for (Finding.Citation citation : finding.citations()) {
        json.writeStartObject();
        json.writeStringProperty("title", citation.title());
        text(json, "location", citation.location());
        text(json, "quote", citation.quote());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void text(JsonGenerator json, String name, @Nullable String value) {
    if (value == null) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, value);
    }
  }

  private static void number(JsonGenerator json, String name, @Nullable Double value) {
    if (value == null) {
      json.writeNullProperty(name);
    } else {
      json.writeNumberProperty(name, value);
    }
  }

  private static void moment(JsonGenerator json, String name, @Nullable Instant value) {
    text(json, name, value == null ? null : value.toString());
  }
}
