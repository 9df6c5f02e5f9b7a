package dev.nightjar.formats.results;

import static dev.nightjar.formats.json.JsonFields.firstText;
import static dev.nightjar.formats.json.JsonFields.number;
import static dev.nightjar.formats.json.JsonFields.text;

import dev.nightjar.formats.json.JsonRecords;
import dev.nightjar.formats.reading.BadRecord;
import dev.nightjar.formats.reading.Measured;
import dev.nightjar.formats.reading.ResultSink;
import dev.nightjar.model.Direction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** BenchmarkDotNet's JSON: every measured value, else the mean, and its diagnosers' metrics. */
final class BenchmarkDotNet implements JsonRecords.RecordReader {
  private static final String ALLOCATED = "Allocated Memory";

  /** {@code Type.Method: JOB [PARAMETERS]}. */
  private static final Pattern JOB = Pattern.compile(".*?: (.*?)(?: \\[.*])?", Pattern.DOTALL);

  private static final Pattern DRAWN_NAME = Pattern.compile("Job-[A-Z0-9]{4,10}\\((.*)\\)");
  private static final Pattern PLAIN = Pattern.compile("DefaultJob(\\(.*\\))?|Job-[A-Z0-9]{4,10}");

  private final ResultSink sink;

  BenchmarkDotNet(ResultSink sink) {
    this.sink = sink;
  }

  @Override
  public void read(String none, JsonNode record) throws BadRecord {
    Measured measured = measured(record);
    JsonNode statistics = record.path("Statistics");
    if (!statistics.isObject()) {
      measured.failed("it has no statistics, as it did not run to its end");
      return;
    }
    try {
      JsonNode values = statistics.path("OriginalValues");
      if (measured.addAll("time", "ns", Direction.LOWER_IS_BETTER, values) == 0) {
        measured.lower("time", "ns", number(statistics, "Mean"));
      }
    } catch (BadRecord e) {
      e.of(measured.name()).tell(sink);
    }
    JsonNode allocated = record.path("Memory").path("BytesAllocatedPerOperation");
    if (allocated.isNumber()) {
      measured.lower("allocated", "By", allocated.doubleValue());
    } else if (!allocated.isMissingNode() && !allocated.isNull()) {
      measured.leftOut("its BytesAllocatedPerOperation is no number"); // null: nothing measured it
    }
    for (JsonNode metric : record.path("Metrics").values()) {
      metric(measured, metric, allocated.isNumber());
    }
  }

  /** Name and job stand before the values. */
  @Override
  public void readPart(String none, JsonNode part) throws BadRecord {
    JsonNode values = part.path("Statistics").path("OriginalValues");
    if (!values.isEmpty()) {
      measured(part).addAll("time", "ns", Direction.LOWER_IS_BETTER, values);
    }
  }

  private Measured measured(JsonNode record) throws BadRecord {
    return new Measured(sink, firstText(record, "FullName", "Method"))
        .with("job", job(text(record, "DisplayInfo")));
  }

  private static void metric(Measured measured, JsonNode metric, boolean hasAllocated) {
    JsonNode descriptor = metric.path("Descriptor");
    String id = firstText(descriptor, "Id", "DisplayName");
    if (id.isEmpty() || (hasAllocated && id.equals(ALLOCATED))) {
      return; // said already
    }
    if (!metric.path("Value").isNumber()) {
      measured.leftOut("its " + id + " is no number");
      return;
    }
    boolean isGood = descriptor.path("TheGreaterIsBetter").asBoolean(false);
    measured.add(
        id.equals(ALLOCATED) ? "allocated" : id,
        text(descriptor, "Unit").isEmpty() ? "1" : text(descriptor, "Unit"),
        isGood ? Direction.HIGHER_IS_BETTER : Direction.LOWER_IS_BETTER,
        metric.path("Value").doubleValue());
  }

  /** How it was run, where that is not the default; without the name that is drawn for it. */
  private static String job(String displayInfo) {
    Matcher matcher = JOB.matcher(displayInfo);
    if (!matcher.matches() || PLAIN.matcher(matcher.group(1)).matches()) {
      return "";
    }
    Matcher drawn = DRAWN_NAME.matcher(matcher.group(1));
    return drawn.matches() ? drawn.group(1) : matcher.group(1);
  }
}
