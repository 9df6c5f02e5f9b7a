package dev.nightjar.bench.results;

import dev.nightjar.model.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The tools that write JSON: how each is recognised, and what is taken from its records. */
final class JsonFormats {
  private static final List<String> BENCHMARKS = List.of("benchmarks");
  private static final List<String> RESULTS = List.of("results");

  private JsonFormats() {}

  /** Whether the file was recognised. */
  static boolean read(Path file, ResultSink sink) throws IOException {
    JsonRecords.Shape shape = JsonRecords.shape(file);
    if (shape.has("[]", "benchmark") && !shape.has("value")) {
      JsonRecords.each(file, List.of(), sink, (name, record) -> jmh(record, sink));
    } else if (shape.has("machine_info", "benchmarks")) {
      JsonRecords.each(file, BENCHMARKS, sink, (name, record) -> pytest(record, sink));
    } else if (shape.has("context", "benchmarks")) {
      JsonRecords.each(file, BENCHMARKS, sink, new GoogleBenchmark(sink));
    } else if (shape.has("devices", "benchmarks")) {
      JsonRecords.eachWithin(
          file, BENCHMARKS, "states", sink, (name, state) -> nvbench(name, state, sink));
    } else if (shape.has("nvbandwidth")) {
      List<String> path = List.of("nvbandwidth", "testcases");
      JsonRecords.each(file, path, sink, (name, record) -> nvbandwidth(record, sink));
    } else if (shape.has("Title", "Benchmarks")) {
      List<String> path = List.of("Benchmarks");
      JsonRecords.each(file, path, sink, (name, record) -> benchmarkDotNet(record, sink));
    } else if (shape.has("metrics", "root_group")) {
      K6Summary.readPlain(file, sink);
    } else if (shape.has("version", "metadata", "config", "results")) {
      K6Summary.readVersioned(file, sink);
    } else if (shape.has("mean", "median", "std_dev")) {
      criterion(file, sink);
    } else if (shape.has("results") && !shape.has("[]")) {
      JsonRecords.each(file, RESULTS, sink, (name, record) -> hyperfineOrPlain(record, sink));
    } else if (shape.has("[]", "name")) {
      JsonRecords.each(file, List.of(), sink, (name, record) -> plain(record, sink));
    } else if (shape.damagedLine() > 0) {
      sink.leftOut(shape.damagedLine(), null, shape.damage());
    } else {
      return false;
    }
    return true;
  }

  static double number(JsonNode record, String name) throws BadRecord {
    JsonNode value = record.path(name);
    if (value.isNumber()) {
      return value.doubleValue();
    }
    throw new BadRecord("'" + name + "' is missing or no number");
  }

  static String text(JsonNode record, String name) {
    return record.path(name).isString() ? record.path(name).stringValue() : "";
  }

  private static double element(JsonNode value) throws BadRecord {
    if (!value.isNumber()) {
      throw new BadRecord("a list of measurements holds something that is no number");
    }
    return value.doubleValue();
  }

  /** Names and texts of an object's simple values. */
  private static Map<String, String> parameters(JsonNode object) {
    Map<String, String> parameters = new TreeMap<>();
    if (object.isObject()) {
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        JsonNode value = entry.getValue();
        parameters.put(entry.getKey(), value.isString() ? value.stringValue() : plainText(value));
      }
    }
    return parameters;
  }

  private static String plainText(JsonNode value) {
    if (value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue())) {
      return String.format(Locale.ROOT, "%.0f", value.doubleValue());
    }
    return value.toString();
  }

  /** Every iteration of every fork; sampling modes keep none, so there the score stands alone. */
  private static void jmh(JsonNode record, ResultSink sink) throws BadRecord {
    JsonNode primary = record.path("primaryMetric");
    String unit = text(primary, "scoreUnit");
    boolean isRate = unit.startsWith("ops/");
    Measured measured =
        new Measured(sink, text(record, "benchmark")).with(parameters(record.path("params")));
    if (!text(record, "mode").isEmpty()) {
      measured.with("mode", text(record, "mode"));
    }
    String metric = isRate ? "throughput" : "time";
    String ucum = isRate ? "{operation}/" + unit.substring(4) : unit.replace("/op", "");
    Direction direction = isRate ? Direction.HIGHER_IS_BETTER : Direction.LOWER_IS_BETTER;
    int count = 0;
    for (JsonNode fork : primary.path("rawData").values()) {
      for (JsonNode value : fork.values()) {
        measured.add(metric, ucum, direction, element(value));
        count++;
      }
    }
    if (count == 0) {
      measured.add(metric, ucum, direction, number(primary, "score"));
    }
  }

  private static void pytest(JsonNode record, ResultSink sink) throws BadRecord {
    String name =
        text(record, "fullname").isEmpty() ? text(record, "name") : text(record, "fullname");
    Measured measured = new Measured(sink, name).with(parameters(record.path("params")));
    JsonNode stats = record.path("stats");
    for (JsonNode value : stats.path("data").values()) {
      measured.lower("time", "s", element(value));
    }
    if (stats.path("data").size() == 0) {
      measured.lower("time", "s", number(stats, "median"));
    }
  }

  private static void hyperfineOrPlain(JsonNode record, ResultSink sink) throws BadRecord {
    if (!record.path("times").isArray() || text(record, "command").isEmpty()) {
      plain(record, sink);
      return;
    }
    Measured measured =
        new Measured(sink, text(record, "command")).with(parameters(record.path("parameters")));
    JsonNode codes = record.path("exit_codes");
    int index = 0;
    int done = 0;
    for (JsonNode value : record.path("times").values()) {
      JsonNode code = codes.path(index++);
      // Absent: the command was not told to be checked. Null: a signal ended it.
      if (code.isMissingNode() || code.asInt(-1) == 0) {
        measured.lower("time", "s", element(value));
        done++;
      }
    }
    if (done < index) {
      String reason = "%d of its %d runs did not exit with 0".formatted(index - done, index);
      throw done == 0
          ? BadRecord.ofFailure(text(record, "command"), reason)
          : new BadRecord("'" + text(record, "command") + "': " + reason);
    }
  }

  /** Raw samples lie beside the estimates; the estimate of the typical time is the fallback. */
  private static void criterion(Path file, ResultSink sink) throws IOException {
    String folder = String.valueOf(file.toAbsolutePath().getParent());
    if (!folder.endsWith("new")) {
      return; // "base" and "change" are of an earlier run
    }
    String name = criterionName(file);
    Path samples = file.resolveSibling("sample.json");
    if (Files.isRegularFile(samples)) {
      JsonRecords.whole(samples, sink, (none, record) -> criterionSamples(name, record, sink));
      return;
    }
    JsonRecords.whole(
        file,
        sink,
        (none, record) -> {
          boolean hasSlope = record.path("slope").isObject();
          JsonNode estimate = record.path(hasSlope ? "slope" : "mean");
          new Measured(sink, name).lower("time", "ns", number(estimate, "point_estimate"));
        });
  }

  private static void criterionSamples(String name, JsonNode record, ResultSink sink)
      throws BadRecord {
    JsonNode iterations = record.path("iters");
    Measured measured = new Measured(sink, name);
    int index = 0;
    for (JsonNode nanos : record.path("times").values()) {
      measured.lower("time", "ns", element(nanos) / element(iterations.path(index++)));
    }
  }

  /** Of target/criterion/GROUP/FUNCTION/new/estimates.json, GROUP/FUNCTION. */
  private static String criterionName(Path file) {
    Path folder = file.toAbsolutePath().normalize().resolve("../..").normalize();
    String name = "";
    for (Path part : folder) {
      name = part.endsWith("criterion") ? "" : name.isEmpty() ? "" + part : name + "/" + part;
    }
    return name;
  }

  private static void benchmarkDotNet(JsonNode record, ResultSink sink) throws BadRecord {
    String name =
        text(record, "FullName").isEmpty() ? text(record, "Method") : text(record, "FullName");
    JsonNode statistics = record.path("Statistics");
    if (!statistics.isObject()) {
      throw BadRecord.ofFailure(name, "it has no statistics, as it did not run to its end");
    }
    Measured measured = new Measured(sink, name);
    for (JsonNode nanos : statistics.path("OriginalValues").values()) {
      measured.lower("time", "ns", element(nanos));
    }
    if (statistics.path("OriginalValues").size() == 0) {
      measured.lower("time", "ns", number(statistics, "Mean"));
    }
    JsonNode allocated = record.path("Memory").path("BytesAllocatedPerOperation");
    if (allocated.isNumber()) {
      measured.lower("allocated", "By", allocated.doubleValue());
    }
  }

  private static void nvbench(String name, JsonNode state, ResultSink sink) throws BadRecord {
    if (state.path("is_skipped").asBoolean(false)) {
      throw new BadRecord(
          "'%s' with %s was skipped: %s"
              .formatted(name, text(state, "name"), text(state, "skip_reason")));
    }
    Measured measured = new Measured(sink, name);
    for (JsonNode axis : state.path("axis_values").values()) {
      measured.with(text(axis, "name"), axis.path("value").asString(""));
    }
    measured.on("gpu" + plainText(state.path("device")));
    for (JsonNode summary : state.path("summaries").values()) {
      nvbenchSummary(summary, measured);
    }
  }

  private static void nvbenchSummary(JsonNode summary, Measured measured) throws BadRecord {
    switch (text(summary, "tag")) {
      case "nv/cold/time/gpu/mean" -> measured.lower("time", "s", nvbenchValue(summary));
      case "nv/cold/time/cpu/mean" -> measured.lower("cpu_time", "s", nvbenchValue(summary));
      case "nv/batch/time/gpu/mean" -> measured.lower("batch_time", "s", nvbenchValue(summary));
      case "nv/cold/bw/global/bytes_per_second" ->
          measured.higher("throughput", "By/s", nvbenchValue(summary));
      case "nv/cold/bw/item_rate" -> measured.higher("items", "{item}/s", nvbenchValue(summary));
      default -> {} // spreads and counts are no results of their own
    }
  }

  /** nvbench writes its numbers as texts. */
  private static double nvbenchValue(JsonNode summary) throws BadRecord {
    for (JsonNode data : summary.path("data").values()) {
      if (text(data, "name").equals("value")) {
        return parsed(data.path("value").asString(""));
      }
    }
    throw new BadRecord("the summary '" + text(summary, "tag") + "' has no value");
  }

  static double parsed(String text) throws BadRecord {
    // Java alone would take "0x1p3" and "1d", which no tool means.
    if (text.length() <= 100 && text.strip().matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")) {
      try {
        return Double.parseDouble(text.strip());
      } catch (NumberFormatException e) {
        // several points: told below
      }
    }
    String shown = text.length() <= 40 ? text : text.substring(0, 40) + "…";
    throw new BadRecord("'" + shown.replaceAll("\\p{Cntrl}", "?") + "' is no number");
  }

  private static void nvbandwidth(JsonNode record, ResultSink sink) throws BadRecord {
    String name = text(record, "name");
    String status = text(record, "status");
    if (status.equalsIgnoreCase("Error")) {
      throw BadRecord.ofFailure(
          name, text(record, "error").isEmpty() ? status : text(record, "error"));
    }
    if (!status.equalsIgnoreCase("Passed")) {
      throw new BadRecord("'" + name + "' has the status '" + status + "'");
    }
    boolean isLatency = text(record, "bandwidth_description").endsWith("(ns)");
    int row = 0;
    for (JsonNode cells : record.path("bandwidth_matrix").values()) {
      int column = 0;
      for (JsonNode cell : cells.values()) {
        if (!cell.asString("").equals("N/A")) {
          Measured measured =
              new Measured(sink, name).with("row", "" + row).with("column", "" + column).on("gpu");
          double value = cell.isNumber() ? cell.doubleValue() : parsed(cell.asString(""));
          measured.add(
              isLatency ? "latency" : "throughput",
              isLatency ? "ns" : "GBy/s",
              isLatency ? Direction.LOWER_IS_BETTER : Direction.HIGHER_IS_BETTER,
              value);
        }
        column++;
      }
      row++;
    }
  }

  private static void plain(JsonNode record, ResultSink sink) throws BadRecord {
    Measured measured =
        new Measured(sink, text(record, "name")).with(parameters(record.path("parameters")));
    if (!text(record, "device").isEmpty()) {
      measured.on(text(record, "device"));
    }
    String metric = text(record, "metric").isEmpty() ? "time" : text(record, "metric");
    String unit = text(record, "unit").isEmpty() ? "s" : text(record, "unit");
    Direction direction = direction(text(record, "direction"));
    if (record.path("values").isArray()) {
      for (JsonNode value : record.path("values").values()) {
        measured.add(metric, unit, direction, element(value));
      }
    } else {
      measured.add(metric, unit, direction, number(record, "value"));
    }
  }

  static Direction direction(String word) throws BadRecord {
    return switch (word) {
      case "", "lower" -> Direction.LOWER_IS_BETTER;
      case "higher" -> Direction.HIGHER_IS_BETTER;
      default -> throw new BadRecord("'" + word + "' is no direction: use lower or higher");
    };
  }
}
