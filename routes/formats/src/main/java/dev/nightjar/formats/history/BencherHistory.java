package dev.nightjar.formats.history;

import dev.nightjar.formats.reading.StableText;
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
import tools.jackson.databind.JsonNode;

/**
 * What {@code bencher perf} prints: per branch, testbed, benchmark, parameters and measure the
 * metrics with the version that they were measured at. Later versions hold several named scalars
 * for a point, of which {@code value} is the measure's own; its bounds are left out.
 */
final class BencherHistory {
  static final Layout LAYOUT = new Layout("results", 5);

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
      String time = HistoryFiles.text(metric.path("start_time"), "");
      String commit = HistoryFiles.text(metric.path("version").path("hash"), "");
      try {
        Map<String, Double> values = values(metric);
        if (values.isEmpty()) {
          throw new DateTimeException("no value");
        }
        Instant measuredAt = Instant.parse(time);
        HistoryPoint.Moment moment =
            new HistoryPoint.Moment(
                testbed,
                commit.isEmpty() ? null : commit,
                branch.isEmpty() ? null : branch,
                measuredAt);
        values.forEach((scalar, value) ->
            points.add(point(moment, name, scalar, result.path("measure"), parameters, value)));
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
        values.put(StableText.visible(entry.getKey()), value.asDouble());
      }
    }
    if (values.isEmpty() && metric.path("metric").path("value").isNumber()) {
      values.put("value", metric.path("metric").path("value").asDouble());
    }
    return values;
  }

  private static HistoryPoint point(
      HistoryPoint.Moment moment,
      String name,
      String scalar,
      JsonNode measure,
      SortedMap<String, String> parameters,
      double value) {
    if (!scalar.equals("value")) {
      return HistoryPoint.of(moment, name, scalar, "1", null, parameters, value);
    }
    String slug = HistoryFiles.text(measure.path("slug"), "value").toLowerCase(Locale.ROOT);
    return HistoryPoint.of(
        moment,
        name,
        slug.equals("latency") ? "time" : slug,
        HistoryFiles.text(measure.path("units"), "1"),
        slug.equals("throughput") ? Direction.HIGHER_IS_BETTER : null,
        parameters,
        value);
  }

  private static SortedMap<String, String> parameters(JsonNode result) {
    SortedMap<String, String> parameters = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry :
        result.path("variant").path("parameters").properties()) {
      parameters.put(
          StableText.visible(entry.getKey()),
          HistoryFiles.name(entry.getValue(), entry.getValue().toString()));
    }
    return parameters;
  }
}
