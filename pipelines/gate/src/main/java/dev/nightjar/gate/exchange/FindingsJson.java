package dev.nightjar.gate.exchange;

import dev.nightjar.model.Series;
import dev.nightjar.model.finding.Finding;
import dev.nightjar.model.finding.FindingEnd;
import dev.nightjar.model.finding.FindingKind;
import dev.nightjar.model.finding.FindingState;
import dev.nightjar.model.finding.LevelMark;
import dev.nightjar.model.finding.RunFindings;
import dev.nightjar.model.finding.RunMark;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * The findings of a run as they stand in its file: those that are open behind it, whole, so that
 * they outlive the file of the run that found them, and those that end with it.
 */
final class FindingsJson {
  static final String OPEN = "open_findings";
  static final String ENDED = "ended_findings";

  private FindingsJson() {}

  /** Reads the series that a finding is of. */
  interface SeriesOf {
    Series read(JsonNode node) throws RunFile.Unreadable;
  }

  /** Writes the series that a finding is of, into the object that is open. */
  interface SeriesTo {
    void write(Series series);
  }

  /** Writes them; nothing where there are none. */
  static void write(JsonGenerator json, RunFindings findings, SeriesTo series) {
    if (!findings.open().isEmpty()) {
      json.writeArrayPropertyStart(OPEN);
      findings.open().forEach(finding -> write(json, finding, series));
      json.writeEndArray();
    }
    if (!findings.ended().isEmpty()) {
      json.writeArrayPropertyStart(ENDED);
      findings.ended().forEach(end -> write(json, end));
      json.writeEndArray();
    }
  }

  private static void write(JsonGenerator json, Finding finding, SeriesTo series) {
    json.writeStartObject();
    json.writeStringProperty("finding", finding.id().toString());
    json.writeStringProperty("kind", finding.kind().word());
    series.write(finding.series());
    json.writeStringProperty("found_by", finding.foundBy().toString());
    write(json, "since", finding.since());
    write(json, "last_good", finding.lastGood());
    json.writeArrayPropertyStart("good");
    for (LevelMark mark : finding.good()) {
      json.writeStartArray();
      json.writeNumber(mark.low());
      json.writeNumber(mark.level());
      json.writeNumber(mark.high());
      json.writeEndArray();
    }
    json.writeEndArray();
    write(json, "effect", finding.effect());
    write(json, "effect_low", finding.effectLow());
    write(json, "effect_high", finding.effectHigh());
    json.writeStringProperty("cause", finding.cause());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, RunMark run) {
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("run", run.runId().toString());
    if (run.commit() != null) {
      json.writeStringProperty("commit", run.commit());
    }
    if (run.branch() != null) {
      json.writeStringProperty("branch", run.branch());
    }
    json.writeStringProperty("started_at", run.startedAt().toString());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, @Nullable Double number) {
    if (number != null) {
      json.writeNumberProperty(name, number);
    }
  }

  private static void write(JsonGenerator json, FindingEnd end) {
    json.writeStartObject();
    json.writeStringProperty("finding", end.findingId().toString());
    json.writeStringProperty("state", end.state().word());
    json.writeStringProperty("ended_at", end.endedAt().toString());
    json.writeStringProperty("reason", end.reason());
    json.writeEndObject();
  }

  /**
   * A finding that was read.
   *
   * @throws IllegalArgumentException for what is no identifier, number or word that is known
   */
  static Finding finding(JsonNode node, SeriesOf series) throws RunFile.Unreadable {
    List<LevelMark> good = new ArrayList<>();
    for (JsonNode mark : node.path("good")) {
      good.add(new LevelMark(number(mark.get(0)), number(mark.get(1)), number(mark.get(2))));
    }
    return new Finding(
        UUID.fromString(RunFileReader.required(node, "finding")),
        series.read(node),
        FindingKind.of(RunFileReader.required(node, "kind")),
        UUID.fromString(RunFileReader.required(node, "found_by")),
        run(node.path("since")),
        run(node.path("last_good")),
        good,
        optional(node, "effect"),
        optional(node, "effect_low"),
        optional(node, "effect_high"),
        RunFileReader.required(node, "cause"));
  }

  private static RunMark run(JsonNode node) throws RunFile.Unreadable {
    return new RunMark(
        UUID.fromString(RunFileReader.required(node, "run")),
        RunFileReader.hex(RunFileReader.optional(node, "commit")),
        RunFileReader.optional(node, "branch"),
        instant(RunFileReader.required(node, "started_at")));
  }

  /** A finding's end that was read; its run is the file's. */
  static FindingEnd end(JsonNode node, UUID runId) throws RunFile.Unreadable {
    return new FindingEnd(
        UUID.fromString(RunFileReader.required(node, "finding")),
        runId,
        FindingState.of(RunFileReader.required(node, "state")),
        instant(RunFileReader.required(node, "ended_at")),
        RunFileReader.required(node, "reason"));
  }

  private static Instant instant(String text) throws RunFile.Unreadable {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new RunFile.Unreadable(String.valueOf(e.getMessage()), e);
    }
  }

  private static @Nullable Double optional(JsonNode node, String name) throws RunFile.Unreadable {
    return node.has(name) ? number(node.get(name)) : null;
  }

  private static double number(@Nullable JsonNode node) throws RunFile.Unreadable {
    if (node == null || !node.isNumber() || !Double.isFinite(node.asDouble())) {
      throw new RunFile.Unreadable("a finding's level or effect is no number");
    }
    return node.asDouble();
  }
}
