package dev.nightjar.formats.history;

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
  private static final int VERSION_DIGITS = 8;

  private static final Layout RESULTS = new Layout("results", 3);
  private static final Layout BENCHMARKS = new Layout("", 2);

  private final Map<String, JsonNode> benchmarks = new HashMap<>();
  private final List<HistoryPoint> points = new ArrayList<>();
  private final Consumer<String> problems;
  private boolean isListWhole = true;

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
      history.readList(folder, known);
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

  private void readList(Path folder, Path file) {
    List<String> ofList = new ArrayList<>();
    HistoryFiles.jsonBelow(folder, file, BENCHMARKS, ofList::add)
        .properties()
        .forEach(entry -> benchmarks.put(entry.getKey(), entry.getValue()));
    isListWhole = ofList.isEmpty();
    ofList.forEach(problems);
  }

  private void readFile(Path results, Path file) {
    JsonNode root;
    try {
      root = HistoryFiles.jsonBelow(results, file, RESULTS, problems);
    } catch (Failure.Misuse e) {
      problems.accept(String.valueOf(e.getMessage()));
      return;
    }
    // It stands last, so that a file that is cut off has none.
    if (root.path("version").asInt(2) != 2 || !root.path("result_columns").isArray()) {
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
    String commit = HistoryFiles.text(root.path("commit_hash"), "");
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
    if (!isListWhole && !benchmarks.containsKey(name)) {
      problems.accept(
          "'%s' at %s is left out: benchmarks.json is damaged, and does not tell its parameters."
              .formatted(name, commit));
      return;
    }
    JsonNode values = cell(row, columns, "result");
    JsonNode startedAt = cell(row, columns, "started_at");
    Instant measuredAt = startedAt.isNumber() ? Instant.ofEpochMilli(startedAt.asLong()) : ofCommit;
    HistoryPoint.Moment moment =
        new HistoryPoint.Moment(machine, commit.isEmpty() ? null : commit, null, measuredAt);
    JsonNode known = benchmarks.getOrDefault(name, row.path("-"));
    String type = HistoryFiles.text(known.path("type"), typeOf(name));
    String unit = HistoryFiles.text(known.path("unit"), unitOf(type));
    List<SortedMap<String, String>> parameters =
        parameters(cell(row, columns, "params"), known.path("param_names"));
    if (parameters.isEmpty()) {
      problems.accept(name + " is left out: its parameters combine in too many ways.");
      return;
    }
    String version = HistoryFiles.name(cell(row, columns, "version"), "");
    JsonNode samples = cell(row, columns, "samples");
    if (!values.isArray()) {
      problems.accept("'" + name + "' at " + commit + " is left out: it failed.");
    }
    for (int i = 0; i < values.size(); i++) {
      SortedMap<String, String> ofValue =
          new TreeMap<>(i < parameters.size() ? parameters.get(i) : new TreeMap<>());
      if (!version.isEmpty()) {
        // The code of the benchmark itself: another one measures something else.
        ofValue.put("version", version.substring(0, Math.min(VERSION_DIGITS, version.length())));
      }
      for (JsonNode value : kept(samples.path(i), values.get(i))) {
        if (value.isNumber() && Double.isFinite(value.asDouble())) {
          points.add(HistoryPoint.of(moment, name, type, unit, null, ofValue, value.asDouble()));
        } else {
          problems.accept(
              "'%s'%s at %s is left out: it %s."
                  .formatted(
                      name,
                      parameters.isEmpty() ? "" : " with " + ofValue,
                      commit,
                      value.isNull() ? "failed" : "was skipped"));
        }
      }
    }
  }

  private static List<JsonNode> kept(JsonNode samples, JsonNode value) {
    List<JsonNode> all = new ArrayList<>();
    if (samples.isArray() && !samples.isEmpty()) {
      samples.forEach(all::add);
    } else {
      all.add(value);
    }
    return all;
  }

  /** As asv finds it out where its list of benchmarks is not there. */
  private static String typeOf(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    return last.startsWith("mem_")
        ? "memory"
        : last.startsWith("peakmem_") ? "peakmemory" : last.startsWith("track_") ? "track" : "time";
  }

  private static String unitOf(String type) {
    return switch (type) {
      case "time", "timeraw" -> "seconds";
      case "memory", "peakmemory" -> "bytes";
      default -> "1";
    };
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
        Map<String, Integer> seen = new HashMap<>();
        for (JsonNode value : params.get(k)) {
          SortedMap<String, String> more = new TreeMap<>(one);
          String text = HistoryFiles.name(value, "?");
          int number = seen.merge(text, 1, Integer::sum);
          more.put(name, number == 1 ? text : text + " #" + number);
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
