package dev.nightjar.jobs.gate;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.BoundaryReadings;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Unit;
import dev.nightjar.store.BenchmarkFailure;
import dev.nightjar.store.DisturbedSample;
import java.io.IOException;
import java.io.Writer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The format of a run's file, JSON, version 1; docs/results-format.md describes it. */
final class RunFile {
  private static final int VERSION = 1;
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private RunFile() {}

  /** A text that is no run's file; the message says why. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String reason, Throwable cause) {
      super(reason, cause);
    }

    Unreadable(String reason) {
      super(reason);
    }
  }

  /** Writes the file, piece by piece as it is made; the writer stays open. */
  static void write(ArchivedRun archived, Writer text) throws IOException {
    PastRun run = archived.run();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberProperty("nightjar_run", VERSION);
      json.writeStringProperty("run", run.id().toString());
      json.writeStringProperty("pipeline", run.pipeline());
      json.writeStringProperty("started_at", run.startedAt().toString());
      write(json, "commit", run.commit());
      write(json, "branch", run.branch());
      json.writeStringProperty("machine_key", archived.machineKey());
      json.writeStringProperty("machine", archived.machine());
      json.writeArrayPropertyStart("failures");
      archived.failures().forEach(failure -> writeFailure(json, failure));
      json.writeEndArray();
      json.writeArrayPropertyStart("series");
      Map<Series, List<DisturbedSample>> marks =
          archived.disturbed().stream().collect(Collectors.groupingBy(DisturbedSample::series));
      PresentRun.of(run, archived.samples(), List.of())
          .samples()
          .forEach((one, samples) ->
              writeSeries(json, one, samples, marks.getOrDefault(one, List.of())));
      json.writeEndArray();
      json.writeEndObject();
    }
    text.write('\n');
    text.flush();
  }

  private static void writeFailure(JsonGenerator json, BenchmarkFailure failure) {
    json.writeStartObject();
    write(json, "suite", failure.suite());
    json.writeStringProperty("name", failure.name());
    json.writeStringProperty("reason", failure.reason());
    SortedMap<String, String> parameters = failure.parameters();
    if (parameters != null) {
      json.writeObjectPropertyStart("parameters");
      parameters.forEach(json::writeStringProperty);
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, @Nullable String text) {
    if (text == null) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, text);
    }
  }

  private static void writeSeries(
      JsonGenerator json, Series series, List<Sample> samples, List<DisturbedSample> disturbed) {
    Benchmark benchmark = series.benchmark();
    json.writeStartObject();
    write(json, "suite", benchmark.suite());
    json.writeStringProperty("benchmark", benchmark.name());
    json.writeStringProperty("metric", benchmark.metric());
    json.writeStringProperty("unit", benchmark.unit());
    json.writeStringProperty("direction", benchmark.direction().word());
    json.writeStringProperty("device", series.device());
    json.writeObjectPropertyStart("parameters");
    series.parameters().forEach(json::writeStringProperty);
    json.writeEndObject();
    json.writeArrayPropertyStart("ordinals");
    samples.forEach(sample -> json.writeNumber(sample.ordinal()));
    json.writeEndArray();
    json.writeArrayPropertyStart("values");
    samples.forEach(sample -> json.writeNumber(sample.value()));
    json.writeEndArray();
    json.writeArrayPropertyStart("disturbed");
    for (DisturbedSample mark : disturbed) {
      json.writeStartObject();
      json.writeNumberProperty("ordinal", mark.ordinal());
      json.writeNumberProperty("weight", mark.weight());
      json.writeStringProperty("causes", mark.causes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /**
   * Reads a file.
   *
   * @param pool of what the other files of its folder hold
   */
  static ArchivedRun read(byte[] text, SeriesPool pool) throws Unreadable {
    try {
      JsonNode head = head(text);
      if (head.path("nightjar_run").asInt(0) != VERSION) {
        throw new Unreadable("it is no run of format version " + VERSION);
      }
      PastRun run =
          new PastRun(
              UUID.fromString(required(head, "run")),
              required(head, "pipeline"),
              hex(optional(head, "commit")),
              optional(head, "branch"),
              Instant.parse(required(head, "started_at")));
      List<Sample> samples = new ArrayList<>();
      List<DisturbedSample> disturbed = new ArrayList<>();
      elements(text, "series", node -> readSeries(node, pool, run.startedAt(), samples, disturbed));
      List<BenchmarkFailure> failures = new ArrayList<>();
      elements(
          text,
          "failures",
          node ->
              failures.add(
                  new BenchmarkFailure(
                      optional(node, "suite"),
                      required(node, "name"),
                      node.has("parameters") ? parameters(node) : null,
                      required(node, "reason"))));
      return new ArchivedRun(
          run,
          required(head, "machine_key"),
          required(head, "machine"),
          samples,
          disturbed,
          failures);
    } catch (JacksonException e) {
      throw new Unreadable("it is no JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new Unreadable(String.valueOf(e.getMessage()), e);
    }
  }

  /** Takes one element of an array. */
  private interface Element {
    void read(JsonNode node) throws Unreadable;
  }

  /** What stands beside the arrays, which may be too long to be held as a tree. */
  private static JsonNode head(byte[] text) {
    ObjectNode head = JsonMapper.shared().createObjectNode();
    try (JsonParser json = JsonMapper.shared().createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return head;
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        switch (json.nextToken()) {
          case START_ARRAY, START_OBJECT -> json.skipChildren();
          case VALUE_STRING -> head.put(name, json.getString());
          case VALUE_NUMBER_INT -> head.put(name, json.getIntValue());
          default -> {}
        }
      }
    }
    return head;
  }

  /** Reads an array's elements one by one. */
  private static void elements(byte[] text, String array, Element each) throws Unreadable {
    try (JsonParser json = JsonMapper.shared().createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean isIt = json.currentName().equals(array);
        if (json.nextToken() != JsonToken.START_ARRAY || !isIt) {
          json.skipChildren();
          continue;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
          JsonNode node = json.readValueAsTree();
          each.read(node);
        }
      }
    }
  }

  private static void readSeries(
      JsonNode node,
      SeriesPool pool,
      Instant startedAt,
      List<Sample> samples,
      List<DisturbedSample> disturbed)
      throws Unreadable {
    // Files of earlier versions hold values in the units of the tools.
    Unit unit = Unit.of(required(node, "unit"));
    String suite = optional(node, "suite");
    Series series =
        pool.series(
            new Series(
                new Benchmark(
                    required(node, "benchmark"),
                    suite == null ? null : pool.text(suite),
                    pool.text(required(node, "metric")),
                    unit.symbol(),
                    Direction.of(required(node, "direction"))),
                pool.parameters(parameters(node)),
                pool.text(required(node, "device"))));
    JsonNode values = node.path("values");
    JsonNode ordinals = node.path("ordinals");
    if (values.isEmpty() || values.size() != ordinals.size()) {
      throw new Unreadable(
          "the series " + series.benchmark().name() + " has not one ordinal for each value");
    }
    Map<Integer, Double> seen = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      if (!values.get(i).isNumber() || !ordinals.get(i).isInt()) {
        throw new Unreadable("value " + i + " of " + series.benchmark().name() + " is no number");
      }
      seen.put(ordinals.get(i).asInt(), unit.canonical(values.get(i).asDouble()));
    }
    seen.forEach((ordinal, value) ->
        samples.add(new Sample(series, ordinal, value, startedAt, 0, BoundaryReadings.ABSENT)));
    for (JsonNode mark : node.path("disturbed")) {
      double weight = mark.path("weight").asDouble(0);
      if (weight > 0 && weight < 1) {
        disturbed.add(
            new DisturbedSample(
                series, mark.path("ordinal").asInt(-1), weight, required(mark, "causes")));
      }
    }
  }

  private static SortedMap<String, String> parameters(JsonNode node) {
    SortedMap<String, String> parameters = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : node.path("parameters").properties()) {
      parameters.put(entry.getKey(), entry.getValue().asString());
    }
    return Collections.unmodifiableSortedMap(parameters);
  }

  private static String required(JsonNode node, String name) throws Unreadable {
    String text = optional(node, name);
    if (text == null) {
      throw new Unreadable("it has no '" + name + "'");
    }
    return text;
  }

  private static @Nullable String optional(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isString() ? withoutControls(value.asString()) : null;
  }

  private static String withoutControls(String text) {
    return text.chars().anyMatch(RunFile::isControl) ? CONTROL.matcher(text).replaceAll("?") : text;
  }

  private static boolean isControl(int c) {
    return c < ' ' || c == 0x7f;
  }

  private static @Nullable String hex(@Nullable String commit) throws Unreadable {
    if (commit != null && !commit.matches("([0-9a-f]{40}|[0-9a-f]{64})")) {
      throw new Unreadable("its commit is no object name");
    }
    return commit;
  }
}
