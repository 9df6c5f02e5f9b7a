package dev.nightjar.site.report;

import dev.nightjar.model.Run;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.site.download.Json;
import dev.nightjar.site.section.results.SeriesJson;
import dev.nightjar.site.words.Headline;
import dev.nightjar.site.words.Verdicts;
import java.io.Writer;
import java.util.Map;

/**
 * The report for programs: a head, and what each section adds. The format has a version, and within
 * one version names are only added.
 */
public final class ReportJson {
  private static final int FORMAT = 1;

  private final Report report;

  private ReportJson(Report report) {
    this.report = report;
  }

  /** Everything but telemetry and commits, which are tables by nature. */
  public static void write(Report report, Writer out) {
    Json.write(
        out,
        json -> {
          new ReportJson(report).head(json);
          report.parts().forEach(part -> part.json(json));
        });
  }

  /** The head and the verdicts alone. */
  static void writeSummary(Report report, Writer out) {
    Json.write(
        out,
        json -> {
          new ReportJson(report).head(json);
          SeriesJson.brief(json, report.results());
        });
  }

  private void head(Json json) {
    Headline headline = report.headline();
    json.count("format", FORMAT);
    json.text("headline", headline.sentence()).text("grounds", headline.grounds());
    json.object("counts", () -> counts(json));
    json.object("run", () -> run(json, report.run()));
  }

  private void counts(Json json) {
    Map<VerdictKind, Integer> counts = Verdicts.count(report.results());
    for (VerdictKind kind : VerdictKind.values()) {
      json.count(kind.word(), counts.getOrDefault(kind, 0));
    }
  }

  private void run(Json json, Run run) {
    json.text("id", run.id().toString()).text("repository", report.repositoryName());
    json.text("pipeline", run.pipeline()).text("state", run.state().word());
    json.text("head_commit", run.headCommit()).text("branch", run.branch());
    json.moment("started_at", run.startedAt()).moment("finished_at", run.finishedAt());
    json.text("nightjar_version", run.nightjarVersion());
    json.text("previous_head", report.commits().previousHead());
    json.count("commits_since", report.commits().total());
  }
}
