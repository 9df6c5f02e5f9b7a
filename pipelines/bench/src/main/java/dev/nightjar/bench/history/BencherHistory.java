package dev.nightjar.bench.history;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Failure;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What {@code bencher perf} prints: per branch, testbed, benchmark, parameters and measure the
 * metrics with the version that they were measured at. Later versions hold several named scalars
 * for a point, of which {@code value} is the measure's own; its bounds are left out.
 */
final class BencherHistory {
  private static final Pattern UNIT = Pattern.compile(".*\\((.+)\\)");

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
    String testbed = HistoryFiles.name(result.path("testbed").path("name"), "bencher");
    String branch = HistoryFiles.name(result.path("branch").path("name"), "");
    SortedMap<String, String> parameters = parameters(result);
    for (JsonNode metric : result.path("metrics")) {
      String time = HistoryFiles.name(metric.path("start_time"), "");
      String commit = HistoryFiles.name(metric.path("version").path("hash"), "");
      try {
        Map<String, Double> values = values(metric);
        if (values.isEmpty()) {
          throw new DateTimeException("no value");
        }
        Instant measuredAt = Instant.parse(time);
        values.forEach((scalar, value) ->
            points.add(
                new HistoryPoint(
                    testbed,
                    commit.isEmpty() ? null : commit,
                    branch.isEmpty() ? null : branch,
                    measuredAt,
                    HistoryPoint.series(
                        benchmark(name, scalar, result.path("measure")), parameters),
                    value)));
      } catch (DateTimeException e) {
        problems.accept(
            "A metric of '" + name + "' at '" + time + "' is left out: it has no time or value.");
      }
    }
  }

  /** The scalars of a point by their names. */
  private static Map<String, Double> values(JsonNode metric) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : metric.path("metrics").properties()) {
      JsonNode value = entry.getValue().path("value");
      if (value.isNumber() && !entry.getKey().matches("lower_value|upper_value")) {
        values.put(entry.getKey().replaceAll("\\p{Cntrl}", "?"), value.asDouble());
      }
    }
    if (values.isEmpty() && metric.path("metric").path("value").isNumber()) {
      values.put("value", metric.path("metric").path("value").asDouble());
    }
    return values;
  }

  private static Benchmark benchmark(String name, String scalar, JsonNode measure) {
    if (!scalar.equals("value")) {
      return new Benchmark(name, null, scalar, "1", Direction.LOWER_IS_BETTER);
    }
    String slug = HistoryFiles.name(measure.path("slug"), "value").toLowerCase(Locale.ROOT);
    return new Benchmark(
        name,
        null,
        slug.equals("latency") ? "time" : slug,
        unit(HistoryFiles.name(measure.path("units"), "1")),
        slug.equals("throughput") ? Direction.HIGHER_IS_BETTER : Direction.LOWER_IS_BETTER);
  }

  private static SortedMap<String, String> parameters(JsonNode result) {
    SortedMap<String, String> parameters = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry :
        result.path("variant").path("parameters").properties()) {
      parameters.put(
          entry.getKey().replaceAll("\\p{Cntrl}", "?"),
          HistoryFiles.name(entry.getValue(), entry.getValue().toString()));
    }
    return parameters;
  }

  /** Of {@code nanoseconds (ns)} what stands in brackets, in UCUM as far as it is known. */
  private static String unit(String words) {
    Matcher matcher = UNIT.matcher(words);
    String unit = matcher.matches() ? matcher.group(1) : words;
    return switch (unit) {
      case "ops/s" -> "1/s";
      case "B" -> "By";
      default -> unit;
    };
  }
}
