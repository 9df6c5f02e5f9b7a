package dev.nightjar.bench.history;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * What github-action-benchmark keeps in {@code data.js}, or in the JSON file of its cache: per name
 * of a suite a list of commits with their values. It knows no machines, so the suite stands for
 * one.
 *
 * <p>Of a line of Go with several values it keeps one record with all of their units, separated by
 * tabs, and one {@code NAME - UNIT} for each, the first of which says the same again.
 */
final class GithubActionHistory {
  private GithubActionHistory() {}

  static List<HistoryPoint> read(JsonNode root, Consumer<String> problems) {
    JsonNode entries = root.path("entries");
    if (!entries.isObject()) {
      throw new Failure.Misuse(
          "This is no history of github-action-benchmark: it has no 'entries'.");
    }
    List<HistoryPoint> points = new ArrayList<>();
    for (Map.Entry<String, JsonNode> suite : entries.properties()) {
      for (JsonNode entry : suite.getValue()) {
        readEntry(suite.getKey().replaceAll("\\p{Cntrl}", "?"), entry, points, problems);
      }
    }
    return points;
  }

  private static void readEntry(
      String suite, JsonNode entry, List<HistoryPoint> points, Consumer<String> problems) {
    String commit = HistoryFiles.name(entry.path("commit").path("id"), "");
    if (!entry.path("date").isNumber()) {
      problems.accept("An entry of '" + suite + "' has no date and is left out.");
      return;
    }
    Instant measuredAt = Instant.ofEpochMilli(entry.path("date").asLong());
    String tool = HistoryFiles.name(entry.path("tool"), "");
    for (JsonNode bench : entry.path("benches")) {
      String name = HistoryFiles.name(bench.path("name"), "");
      if (name.isEmpty() || !bench.path("value").isNumber()) {
        problems.accept("A result of '" + suite + "' at " + commit + " is left out.");
        continue;
      }
      if (isSaidAgain(name, bench, entry.path("benches"))) {
        continue;
      }
      String unit = firstUnit(bench);
      Direction direction = direction(tool, unit);
      String metric =
          direction == Direction.HIGHER_IS_BETTER ? "throughput" : isTime(unit) ? "time" : "value";
      points.add(
          new HistoryPoint(
              suite,
              commit.isEmpty() ? null : commit,
              null,
              measuredAt,
              HistoryPoint.series(
                  new Benchmark(name, null, metric, unit, direction), new TreeMap<>()),
              bench.path("value").asDouble()));
    }
  }

  private static String firstUnit(JsonNode bench) {
    String unit = bench.path("unit").asString("").split("\t", 2)[0];
    return unit.isBlank() ? "1" : unit.strip().replaceAll("\\p{Cntrl}", "?");
  }

  private static boolean isSaidAgain(String name, JsonNode bench, JsonNode all) {
    String suffix = " - " + firstUnit(bench);
    for (JsonNode other : all) {
      boolean isItsLine = name.equals(other.path("name").asString("") + suffix);
      if (isItsLine && firstUnit(other).equals(firstUnit(bench))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTime(String unit) {
    return unit.matches("(?i)(s|ms|us|µs|ns|sec|seconds)(/.*)?");
  }

  /** As that tool has it: rates and its custom tool of that name are better when bigger. */
  private static Direction direction(String tool, String unit) {
    String lower = unit.toLowerCase(Locale.ROOT);
    boolean isRate = lower.contains("/sec") || lower.endsWith("/s") || lower.startsWith("ops/");
    return tool.equals("customBiggerIsBetter") || isRate
        ? Direction.HIGHER_IS_BETTER
        : Direction.LOWER_IS_BETTER;
  }
}
