package dev.nightjar.bench.results;

import dev.nightjar.model.Direction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The summary of k6: of a trend the median and the 95th percentile, of a counter its rate, of a
 * rate its share. A gauge is a reading of the load and no result.
 */
final class K6Summary {
  private final ResultSink sink;

  /** How long the test took, in seconds; 0 as long as that is not known. */
  private double seconds;

  private K6Summary(ResultSink sink) {
    this.sink = sink;
  }

  /**
   * What {@code handleSummary()} and {@code --summary-export} give: the numbers of a metric under
   * {@code values} or right under its name.
   */
  static void readPlain(Path file, ResultSink sink) throws IOException {
    K6Summary summary = new K6Summary(sink);
    JsonRecords.each(file, List.of("metrics"), sink, summary::metric);
  }

  /**
   * What they give with {@code --new-machine-readable-summary}, since k6 1.5: a list of metrics,
   * schema version 1.0.0, in which a counter has its count alone and a percentile no parentheses.
   */
  static void readVersioned(Path file, ResultSink sink) throws IOException {
    K6Summary summary = new K6Summary(sink);
    JsonRecords.Reader metrics =
        (none, record) -> summary.metric(JsonFormats.text(record, "name"), record);
    JsonRecords.eachAt(
        file,
        sink,
        Map.of(
            "config",
            summary::setting,
            "results/metrics",
            metrics,
            "results/checks/metrics",
            metrics));
  }

  private void setting(String name, JsonNode value) {
    if (name.equals("duration") && value.isNumber()) {
      seconds = value.doubleValue();
    }
  }

  private void metric(String name, JsonNode record) throws BadRecord {
    JsonNode values = record.path("values").isObject() ? record.path("values") : record;
    Measured measured = new Measured(sink, name);
    JsonNode p95 = values.has("p95") ? values.path("p95") : values.path("p(95)");
    if (values.path("med").isNumber() || p95.isNumber()) {
      String unit = unit(name, JsonFormats.text(record, "contains"));
      if (values.path("med").isNumber()) {
        measured.lower("median", unit, JsonFormats.number(values, "med"));
      }
      if (p95.isNumber()) {
        measured.lower("p95", unit, p95.doubleValue());
      }
    } else if (values.path("count").isNumber()) {
      counter(name, values, measured);
    } else if (values.path("rate").isNumber()) {
      share(name, JsonFormats.number(values, "rate"), measured);
    } else if (values.path("passes").isNumber()) {
      // Beside these stands "value", which in the oldest versions is the share of the others.
      double passes = JsonFormats.number(values, "passes");
      double total = passes + JsonFormats.number(values, "fails");
      if (total > 0) {
        share(name, passes / total, measured);
      }
    }
  }

  private static void share(String name, double value, Measured measured) throws BadRecord {
    boolean isOfSuccess = name.equals("checks") || name.equals("checks_succeeded");
    Direction direction = isOfSuccess ? Direction.HIGHER_IS_BETTER : Direction.LOWER_IS_BETTER;
    measured.add("share", "1", direction, value);
  }

  private void counter(String name, JsonNode values, Measured measured) throws BadRecord {
    String unit = name.startsWith("data_") ? "By/s" : "{count}/s";
    if (values.path("rate").isNumber()) {
      measured.higher("rate", unit, JsonFormats.number(values, "rate"));
    } else if (seconds > 0) {
      measured.higher("rate", unit, JsonFormats.number(values, "count") / seconds);
    }
  }

  /** {@code --summary-export} does not tell what a trend contains. */
  private static String unit(String name, String contains) {
    return switch (contains) {
      case "time" -> "ms";
      case "data" -> "By";
      case "" -> name.contains("duration") || name.startsWith("http_req_") ? "ms" : "1";
      default -> "1";
    };
  }
}
