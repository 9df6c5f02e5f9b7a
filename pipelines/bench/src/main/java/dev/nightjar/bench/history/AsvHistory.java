package dev.nightjar.bench.history;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What airspeed velocity keeps in its folder {@code results}: a folder for each machine with a file
 * for each commit and environment, format version 2, and {@code benchmarks.json} with the units.
 * Where the samples were kept, each is a value; else the median is.
 */
final class AsvHistory {
  private static final int MOST_COMBINATIONS = 100_000;

  private final Map<String, JsonNode> benchmarks = new HashMap<>();
  private final List<HistoryPoint> points = new ArrayList<>();
  private final Consumer<String> problems;

  private AsvHistory(Consumer<String> problems) {
    this.problems = problems;
  }

  static List<HistoryPoint> read(Path folder, Consumer<String> problems) {
    if (!Files.isDirectory(folder)) {
      throw new Failure.Misuse(
          "There is no folder " + folder + ": name asv's folder of results, often .asv/results.");
    }
    AsvHistory history = new AsvHistory(problems);
    Path known = folder.resolve("benchmarks.json");
    if (Files.exists(known)) {
      HistoryFiles.jsonBelow(folder, known)
          .properties()
          .forEach(entry -> history.benchmarks.put(entry.getKey(), entry.getValue()));
    }
    try (Stream<Path> files = Files.walk(folder, 2)) {
      files
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> !folder.equals(file.getParent()))
          .filter(file -> !file.endsWith("machine.json"))
          .sorted()
          .forEach(file -> history.readFile(folder, file));
    } catch (IOException e) {
      throw new Failure.Unavailable("The folder " + folder + " cannot be searched.", e);
    }
    return history.points;
  }

  private void readFile(Path results, Path file) {
    JsonNode root;
    try {
      root = HistoryFiles.jsonBelow(results, file);
    } catch (Failure.Misuse e) {
      problems.accept(String.valueOf(e.getMessage()));
      return;
    }
    if (root.path("version").asInt(0) != 2 || !root.path("result_columns").isArray()) {
      problems.accept(
          file + " is left out: its format is not version 2 ('asv update' makes it so).");
      return;
    }
    Map<String, Integer> columns = new HashMap<>();
    root.path("result_columns").forEach(column -> columns.put(column.asString(), columns.size()));
    Path parent = file.getParent();
    String folder = parent == null ? "asv" : String.valueOf(parent.getFileName());
    String machine =
        HistoryFiles.name(root.path("params").path("machine"), folder)
            + ", "
            + HistoryFiles.name(root.path("env_name"), "no environment");
    String commit = HistoryFiles.name(root.path("commit_hash"), "");
    Instant ofCommit = Instant.ofEpochMilli(root.path("date").asLong(0));
    for (Map.Entry<String, JsonNode> result : root.path("results").properties()) {
      readResult(machine, commit, ofCommit, result.getKey(), result.getValue(), columns);
    }
  }

  private void readResult(
      String machine,
      String commit,
      Instant ofCommit,
      String name,
      JsonNode row,
      Map<String, Integer> columns) {
    JsonNode values = cell(row, columns, "result");
    JsonNode startedAt = cell(row, columns, "started_at");
    Instant measuredAt = startedAt.isNumber() ? Instant.ofEpochMilli(startedAt.asLong()) : ofCommit;
    JsonNode known = benchmarks.getOrDefault(name, row.path("-"));
    String type = HistoryFiles.name(known.path("type"), "time");
    String unit = HistoryFiles.name(known.path("unit"), "1");
    Benchmark benchmark =
        new Benchmark(
            name,
            null,
            type,
            unit.equals("seconds") ? "s" : unit.equals("bytes") ? "By" : unit,
            Direction.LOWER_IS_BETTER);
    List<SortedMap<String, String>> parameters =
        parameters(cell(row, columns, "params"), known.path("param_names"));
    if (parameters.isEmpty()) {
      problems.accept(name + " is left out: its parameters combine in too many ways.");
      return;
    }
    JsonNode samples = cell(row, columns, "samples");
    for (int i = 0; i < values.size(); i++) {
      SortedMap<String, String> ofValue =
          i < parameters.size() ? parameters.get(i) : new TreeMap<>();
      JsonNode kept = samples.path(i);
      List<JsonNode> all = new ArrayList<>();
      if (kept.isArray() && !kept.isEmpty()) {
        kept.forEach(all::add);
      } else {
        all.add(values.get(i));
      }
      for (JsonNode value : all) {
        if (value.isNumber() && Double.isFinite(value.asDouble())) {
          points.add(
              new HistoryPoint(
                  machine,
                  commit.isEmpty() ? null : commit,
                  null,
                  measuredAt,
                  HistoryPoint.series(benchmark, ofValue),
                  value.asDouble()));
        }
      }
    }
  }

  private static JsonNode cell(JsonNode row, Map<String, Integer> columns, String name) {
    return row.path(columns.getOrDefault(name, Integer.MAX_VALUE));
  }

  /** Every combination, the last parameter running fastest, as the values stand. */
  private static List<SortedMap<String, String>> parameters(JsonNode params, JsonNode names) {
    List<SortedMap<String, String>> combined = new ArrayList<>(List.of(new TreeMap<>()));
    for (int k = 0; k < params.size(); k++) {
      String name = HistoryFiles.name(names.path(k), "param" + (k + 1));
      List<SortedMap<String, String>> longer = new ArrayList<>();
      for (SortedMap<String, String> one : combined) {
        if (longer.size() > MOST_COMBINATIONS) {
          break;
        }
        for (JsonNode value : params.get(k)) {
          SortedMap<String, String> more = new TreeMap<>(one);
          more.put(name, HistoryFiles.name(value, "?"));
          longer.add(more);
        }
      }
      if (longer.size() > MOST_COMBINATIONS) {
        return List.of(); // no suite has so many, and its values cannot be told apart
      }
      combined = longer;
    }
    return combined;
  }
}
