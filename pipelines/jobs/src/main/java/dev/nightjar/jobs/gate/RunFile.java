package dev.nightjar.jobs.gate;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.BoundaryReadings;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.Unit;
import dev.nightjar.store.BenchmarkFailure;
import dev.nightjar.store.DisturbedSample;
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
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The format of a run's file, JSON, version 1; docs/results-format.md describes it. */
final class RunFile {
  private static final int VERSION = 1;

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

  static String write(ArchivedRun archived) {
    PastRun run = archived.run();
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.put("nightjar_run", VERSION);
    root.put("run", run.id().toString());
    root.put("pipeline", run.pipeline());
    root.put("started_at", run.startedAt().toString());
    root.put("commit", run.commit());
    root.put("branch", run.branch());
    root.put("machine_key", archived.machineKey());
    root.put("machine", archived.machine());
    ArrayNode failures = root.putArray("failures");
    for (BenchmarkFailure failure : archived.failures()) {
      ObjectNode node =
          failures
              .addObject()
              .put("suite", failure.suite())
              .put("name", failure.name())
              .put("reason", failure.reason());
      SortedMap<String, String> parameters = failure.parameters();
      if (parameters != null) {
        parameters.forEach(node.putObject("parameters")::put);
      }
    }
    ArrayNode series = root.putArray("series");
    PresentRun.of(run, archived.samples(), List.of())
        .samples()
        .forEach(
            (one, samples) -> writeSeries(series.addObject(), one, samples, archived.disturbed()));
    return JsonMapper.shared().writeValueAsString(root) + "\n";
  }

  private static void writeSeries(
      ObjectNode node, Series series, List<Sample> samples, List<DisturbedSample> disturbed) {
    Benchmark benchmark = series.benchmark();
    node.put("suite", benchmark.suite());
    node.put("benchmark", benchmark.name());
    node.put("metric", benchmark.metric());
    node.put("unit", benchmark.unit());
    node.put("direction", benchmark.direction().word());
    node.put("device", series.device());
    ObjectNode parameters = node.putObject("parameters");
    series.parameters().forEach(parameters::put);
    ArrayNode ordinals = node.putArray("ordinals");
    ArrayNode values = node.putArray("values");
    for (Sample sample : samples) {
      ordinals.add(sample.ordinal());
      values.add(sample.value());
    }
    ArrayNode marks = node.putArray("disturbed");
    for (DisturbedSample mark : disturbed) {
      if (mark.series().equals(series)) {
        marks
            .addObject()
            .put("ordinal", mark.ordinal())
            .put("weight", mark.weight())
            .put("causes", mark.causes());
      }
    }
  }

  static ArchivedRun read(byte[] text) throws Unreadable {
    try {
      JsonNode root = JsonMapper.shared().readTree(text);
      if (root.path("nightjar_run").asInt(0) != VERSION) {
        throw new Unreadable("it is no run of format version " + VERSION);
      }
      PastRun run =
          new PastRun(
              UUID.fromString(required(root, "run")),
              required(root, "pipeline"),
              hex(optional(root, "commit")),
              optional(root, "branch"),
              Instant.parse(required(root, "started_at")));
      List<Sample> samples = new ArrayList<>();
      List<DisturbedSample> disturbed = new ArrayList<>();
      for (JsonNode node : root.path("series")) {
        readSeries(node, run.startedAt(), samples, disturbed);
      }
      List<BenchmarkFailure> failures = new ArrayList<>();
      for (JsonNode node : root.path("failures")) {
        failures.add(
            new BenchmarkFailure(
                optional(node, "suite"),
                required(node, "name"),
                node.has("parameters") ? parameters(node) : null,
                required(node, "reason")));
      }
      return new ArchivedRun(
          run,
          required(root, "machine_key"),
          required(root, "machine"),
          samples,
          disturbed,
          failures);
    } catch (JacksonException e) {
      throw new Unreadable("it is no JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new Unreadable(String.valueOf(e.getMessage()), e);
    }
  }

  private static void readSeries(
      JsonNode node, Instant startedAt, List<Sample> samples, List<DisturbedSample> disturbed)
      throws Unreadable {
    // Files of earlier versions hold values in the units of the tools.
    Unit unit = Unit.of(required(node, "unit"));
    Series series =
        new Series(
            new Benchmark(
                required(node, "benchmark"),
                optional(node, "suite"),
                required(node, "metric"),
                unit.symbol(),
                Direction.of(required(node, "direction"))),
            parameters(node),
            required(node, "device"));
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
    return value.isString() ? value.asString().replaceAll("\\p{Cntrl}", "?") : null;
  }

  private static @Nullable String hex(@Nullable String commit) throws Unreadable {
    if (commit != null && !commit.matches("([0-9a-f]{40}|[0-9a-f]{64})")) {
      throw new Unreadable("its commit is no object name");
    }
    return commit;
  }
}
