package dev.nightjar.formats.results;

import static dev.nightjar.formats.json.JsonFields.number;
import static dev.nightjar.formats.json.JsonFields.text;

import dev.nightjar.formats.json.JsonDocument;
import dev.nightjar.formats.json.JsonRecords;
import dev.nightjar.formats.reading.BadRecord;
import dev.nightjar.formats.reading.Measured;
import dev.nightjar.formats.reading.NumberText;
import dev.nightjar.formats.reading.ResultSink;
import dev.nightjar.model.Direction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The summary of k6: of a trend the median and the 95th percentile, or the mean and the highest
 * percentile that it has, of a counter its rate, of a rate its share. What a metric is, its type
 * says; only {@code --summary-export} has none. A gauge is a reading of the load and no result.
 */
final class K6Summary {
  private static final Pattern PERCENTILE = Pattern.compile("p\\(?([0-9.]+)\\)?");
  private static final double P95 = 95;

  /** k6's own gauges, which say how it was called. */
  private static final Set<String> LOAD = Set.of("vus", "vus_max");

  private static final Pattern TROUBLE =
      Pattern.compile("(?i).*(fail|err(or|s|_|$)|drop|timeout|abort|retr|miss|reject).*");

  private static final Pattern OF_SUCCESS = Pattern.compile("(?i).*(check|succe|pass|hit|ok$).*");

  private final ResultSink sink;
  private final List<Waiting> counters = new ArrayList<>();

  /** How long the test took, in seconds; 0 as long as that is not known. */
  private double seconds;

  private record Waiting(Measured measured, String name, double count, long line) {}

  private K6Summary(ResultSink sink) {
    this.sink = sink;
  }

  /**
   * What {@code handleSummary()} and {@code --summary-export} give: the numbers of a metric under
   * {@code values} or right under its name.
   */
  static void readPlain(JsonDocument document, ResultSink sink) throws IOException {
    K6Summary summary = new K6Summary(sink);
    JsonRecords.each(document, sink, Map.of("metrics", summary::metric, "state", summary::state));
    summary.takeCounters();
  }

  /**
   * What they give with {@code --new-machine-readable-summary}, since k6 1.5: a list of metrics,
   * schema version 1.0.0, in which a counter has its count alone and a percentile no parentheses.
   */
  static void readVersioned(JsonDocument document, ResultSink sink) throws IOException {
    K6Summary summary = new K6Summary(sink);
    JsonRecords.RecordReader metrics =
        (none, record) -> summary.metric(text(record, "name"), record);
    JsonRecords.each(
        document,
        sink,
        Map.of(
            "config", summary::setting,
            "results/metrics", metrics,
            "results/checks/metrics", metrics));
    summary.takeCounters();
  }

  private void setting(String name, JsonNode value) {
    if (name.equals("duration") && value.isNumber()) {
      seconds = value.doubleValue();
    }
  }

  private void state(String name, JsonNode value) {
    if (name.equals("testRunDurationMs") && value.isNumber()) {
      seconds = value.doubleValue() / 1000;
    }
  }

  private void metric(String name, JsonNode record) throws BadRecord {
    JsonNode values = record.path("values").isObject() ? record.path("values") : record;
    Measured measured = new Measured(sink, name);
    failed(record, measured);
    try {
      switch (type(record, values)) {
        case "trend" -> trend(name, record, values, measured);
        case "counter" -> counter(name, values, measured);
        case "rate" -> rate(name, values, measured);
        case "gauge" -> {
          if (!LOAD.contains(withoutTags(name))) {
            measured.leftOut("it is a gauge, a reading of the load and no result");
          }
        }
        default -> measured.leftOut("its numbers are none of a trend, a counter or a rate");
      }
    } catch (BadRecord e) {
      throw e.of(name);
    }
  }

  /** Of {@code checks{scenario:login}}, {@code checks}: the tags narrow down a metric. */
  private static String withoutTags(String name) {
    int tags = name.indexOf('{');
    return tags > 0 ? name.substring(0, tags) : name;
  }

  /**
   * A threshold that was crossed is k6's word that the test failed. In what {@code
   * --summary-export} writes a bare {@code true} says that it was (k6's issue 1498), elsewhere
   * {@code "ok": false}.
   */
  private static void failed(JsonNode record, Measured measured) {
    for (Map.Entry<String, JsonNode> threshold : record.path("thresholds").properties()) {
      JsonNode bare = threshold.getValue();
      JsonNode ok = bare.path("ok");
      boolean isCrossed =
          ok.isBoolean() ? !ok.booleanValue() : bare.isBoolean() && bare.booleanValue();
      if (isCrossed) {
        measured.failed("its threshold '" + threshold.getKey() + "' was crossed");
        return;
      }
    }
  }

  private static String type(JsonNode record, JsonNode values) {
    if (!text(record, "type").isEmpty()) {
      return text(record, "type");
    }
    boolean isTrend = values.has("avg") || values.has("med");
    for (Map.Entry<String, JsonNode> entry : values.properties()) {
      isTrend |= PERCENTILE.matcher(entry.getKey()).matches();
    }
    if (isTrend) {
      return "trend";
    }
    if (values.has("passes") || values.has("fails")) {
      return "rate";
    }
    if (values.has("count")) {
      return "counter";
    }
    return values.has("rate") ? "rate" : values.has("value") ? "gauge" : "";
  }

  private static void trend(String name, JsonNode record, JsonNode values, Measured measured)
      throws BadRecord {
    String unit = unit(name, record);
    tellOfNoNumbers(values, measured);
    boolean hasMiddle = values.path("med").isNumber();
    if (hasMiddle) {
      measured.lower("median", unit, number(values, "med"));
    } else if (values.path("avg").isNumber()) {
      measured.lower("mean", unit, number(values, "avg"));
      hasMiddle = true;
    }
    double highest = highest(values);
    for (Map.Entry<String, JsonNode> entry : values.properties()) {
      Matcher percentile = PERCENTILE.matcher(entry.getKey());
      if (percentile.matches()
          && entry.getValue().isNumber()
          && Double.parseDouble(percentile.group(1)) == highest) {
        measured.lower("p" + percentile.group(1), unit, entry.getValue().doubleValue());
        return;
      }
    }
    if (!hasMiddle) {
      throw new BadRecord("the trend has neither median nor mean nor percentiles");
    }
  }

  private static void tellOfNoNumbers(JsonNode values, Measured measured) {
    for (Map.Entry<String, JsonNode> entry : values.properties()) {
      boolean isTaken =
          entry.getKey().equals("med") || PERCENTILE.matcher(entry.getKey()).matches();
      if (isTaken && !entry.getValue().isNumber()) {
        measured.leftOut("its '" + entry.getKey() + "' is no number");
      }
    }
  }

  /** The 95th where it is, else the highest. */
  private static double highest(JsonNode values) {
    double highest = -1;
    for (Map.Entry<String, JsonNode> entry : values.properties()) {
      Matcher percentile = PERCENTILE.matcher(entry.getKey());
      if (percentile.matches()
          && entry.getValue().isNumber()
          && NumberText.isNumber(percentile.group(1))) {
        double one = Double.parseDouble(percentile.group(1));
        highest = one == P95 || highest == P95 ? P95 : Math.max(highest, one);
      }
    }
    return highest;
  }

  private static void rate(String name, JsonNode values, Measured measured) throws BadRecord {
    String of = withoutTags(name);
    boolean isOfSuccess = OF_SUCCESS.matcher(of).matches() && !TROUBLE.matcher(of).matches();
    Direction direction = isOfSuccess ? Direction.HIGHER_IS_BETTER : Direction.LOWER_IS_BETTER;
    if (values.path("rate").isNumber()) {
      measured.add("share", "1", direction, number(values, "rate"));
    } else if (values.has("matches") && values.path("total").isNumber()) {
      share(measured, direction, number(values, "matches"), number(values, "total"));
    } else {
      // Beside these stands "value", which in the oldest versions is the share of the others.
      double passes = number(values, "passes");
      share(measured, direction, passes, passes + number(values, "fails"));
    }
  }

  private static void share(Measured measured, Direction direction, double of, double total) {
    if (total > 0) {
      measured.add("share", "1", direction, of / total);
    } else {
      measured.leftOut("nothing was counted for its share");
    }
  }

  private void counter(String name, JsonNode values, Measured measured) throws BadRecord {
    if (values.path("rate").isNumber()) {
      take(measured, name, number(values, "rate"));
    } else if (seconds > 0) {
      take(measured, name, number(values, "count") / seconds);
    } else {
      counters.add(new Waiting(measured, name, number(values, "count"), sink.line()));
    }
  }

  private static void take(Measured measured, String name, double rate) {
    String unit = name.startsWith("data_") ? "By/s" : "{count}/s";
    boolean isTrouble = TROUBLE.matcher(withoutTags(name)).matches();
    measured.add(
        "rate", unit, isTrouble ? Direction.LOWER_IS_BETTER : Direction.HIGHER_IS_BETTER, rate);
  }

  /** A count is a rate once the test's duration is known, which may stand behind it. */
  private void takeCounters() {
    for (Waiting counter : counters) {
      sink.at(counter.line());
      if (seconds > 0) {
        take(counter.measured(), counter.name(), counter.count() / seconds);
      } else {
        counter.measured().leftOut("it has a count alone, and the test's duration is not told");
      }
    }
  }

  /** {@code --summary-export} tells neither type nor contents. */
  private static String unit(String name, JsonNode record) {
    boolean isTyped = !text(record, "type").isEmpty();
    return switch (text(record, "contains")) {
      case "time" -> "ms";
      case "data" -> "By";
      case "" -> isTyped || name.contains("duration") || name.startsWith("http_req_") ? "ms" : "1";
      default -> "1";
    };
  }
}
