package dev.nightjar.formats.results;

import static dev.nightjar.formats.json.JsonFields.parameters;
import static dev.nightjar.formats.json.JsonFields.plainText;
import static dev.nightjar.formats.json.JsonFields.text;

import dev.nightjar.formats.json.JsonRecords;
import dev.nightjar.formats.reading.BadRecord;
import dev.nightjar.formats.reading.Measured;
import dev.nightjar.formats.reading.ResultSink;
import dev.nightjar.model.Direction;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * JMH's JSON: every iteration of every fork; sampling modes keep none, so there the score stands
 * alone. What profilers and auxiliary counters measured besides is a metric of its own.
 */
final class Jmh implements JsonRecords.RecordReader {
  /** What a profiler counts is a cost, unless it is one of these. */
  private static final Pattern GOOD = Pattern.compile("(?i).*(ipc|hit|insn|instructions per).*");

  private final ResultSink sink;

  Jmh(ResultSink sink) {
    this.sink = sink;
  }

  @Override
  public void read(String none, JsonNode record) throws BadRecord {
    read(record, true);
  }

  /** What tells whose the values are, and their unit, stands before them. */
  @Override
  public void readPart(String none, JsonNode part) throws BadRecord {
    if (!part.path("primaryMetric").path("rawData").isEmpty()) {
      read(part, false);
    }
  }

  private void read(JsonNode record, boolean isWhole) throws BadRecord {
    String name = text(record, "benchmark");
    Measured measured;
    try {
      measured = new Measured(sink, name).with(parameters(record, "params"));
    } catch (BadRecord e) {
      throw e.of(name);
    }
    measured.with("mode", text(record, "mode"));
    String threads = plainText(record.path("threads"));
    if (!threads.equals("1")) {
      measured.with("threads", threads);
    }
    for (String circumstance :
        new String[] {"jvm", "jvmArgs", "forks", "jdkVersion", "vmName", "vmVersion"}) {
      measured.under(circumstance, plainText(record.path(circumstance)));
    }
    for (String circumstance :
        new String[] {
          "warmupIterations",
          "warmupTime",
          "measurementTime",
          "warmupBatchSize",
          "measurementBatchSize"
        }) {
      measured.under(circumstance, plainText(record.path(circumstance)));
    }
    JsonNode primary = record.path("primaryMetric");
    boolean isRate = text(primary, "scoreUnit").startsWith("ops/");
    values(measured, isRate ? "throughput" : "time", primary, null, isWhole);
    for (Map.Entry<String, JsonNode> entry : record.path("secondaryMetrics").properties()) {
      String metric = entry.getKey().replaceFirst("^[·+\\s]+", "");
      String unit = text(entry.getValue(), "scoreUnit");
      values(measured, metric, entry.getValue(), better(metric, unit), isWhole);
    }
  }

  private static @Nullable Direction better(String metric, String unit) {
    if (unit.startsWith("ops/") || (unit.endsWith("/op") && !metric.contains("."))) {
      return null; // a group's other method or a counter of the user's own: as its unit says
    }
    return GOOD.matcher(metric).matches() ? Direction.HIGHER_IS_BETTER : Direction.LOWER_IS_BETTER;
  }

  private static void values(
      Measured measured,
      String metric,
      JsonNode node,
      @Nullable Direction better,
      boolean isWhole) {
    String unit = text(node, "scoreUnit");
    int count = 0;
    int bad = 0;
    for (JsonNode fork : node.path("rawData").values()) {
      for (JsonNode value : fork.values()) {
        if (value.isNumber()) {
          measured.add(metric, unit, better, value.doubleValue());
          count++;
        } else {
          bad++;
        }
      }
    }
    if (!isWhole) {
      return; // that its record is none is told already
    }
    if (count == 0 && bad == 0 && node.path("score").isNumber()) {
      measured.add(metric, unit, better, node.path("score").doubleValue());
    } else if (count == 0 || bad > 0) {
      measured.leftOut(
          bad > 0
              ? bad + " values of its " + metric + " are no numbers"
              : "its " + metric + " has no score that is a number");
    }
  }
}
