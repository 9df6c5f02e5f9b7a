package dev.nightjar.bench.history;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Failure;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * What {@code bencher perf} prints: per branch, testbed, benchmark and measure the metrics with the
 * version that they were measured at.
 */
final class BencherHistory {
  private BencherHistory() {}

  static List<HistoryPoint> read(JsonNode root, Consumer<String> problems) {
    JsonNode results = root.path("results");
    if (!results.isArray()) {
      throw new Failure.Misuse(
          "This is no history of Bencher: it has no 'results', as 'bencher perf' prints them.");
    }
    List<HistoryPoint> points = new ArrayList<>();
    for (JsonNode result : results) {
      String benchmark = HistoryFiles.name(result.path("benchmark").path("name"), "");
      if (benchmark.isEmpty()) {
        problems.accept("A result without a benchmark's name is left out.");
        continue;
      }
      readResult(benchmark, result, points, problems);
    }
    return points;
  }

  private static void readResult(
      String name, JsonNode result, List<HistoryPoint> points, Consumer<String> problems) {
    JsonNode measure = result.path("measure");
    String slug = HistoryFiles.name(measure.path("slug"), "value").toLowerCase(Locale.ROOT);
    Benchmark benchmark =
        new Benchmark(
            name,
            null,
            slug.equals("latency") ? "time" : slug,
            unit(HistoryFiles.name(measure.path("units"), "1")),
            slug.equals("throughput") ? Direction.HIGHER_IS_BETTER : Direction.LOWER_IS_BETTER);
    String testbed = HistoryFiles.name(result.path("testbed").path("name"), "bencher");
    String branch = HistoryFiles.name(result.path("branch").path("name"), "");
    for (JsonNode metric : result.path("metrics")) {
      JsonNode value = metric.path("metric").path("value");
      String time = HistoryFiles.name(metric.path("start_time"), "");
      String commit = HistoryFiles.name(metric.path("version").path("hash"), "");
      try {
        if (!value.isNumber()) {
          throw new DateTimeException("no value");
        }
        points.add(
            new HistoryPoint(
                testbed,
                commit.isEmpty() ? null : commit,
                branch.isEmpty() ? null : branch,
                Instant.parse(time),
                HistoryPoint.series(benchmark, new TreeMap<>()),
                value.asDouble()));
      } catch (DateTimeException e) {
        problems.accept(
            "A metric of '" + name + "' at '" + time + "' is left out: it has no time or value.");
      }
    }
  }

  private static String unit(String words) {
    return switch (words) {
      case "nanoseconds (ns)" -> "ns";
      case "operations / second (ops/s)" -> "1/s";
      default -> words;
    };
  }
}
