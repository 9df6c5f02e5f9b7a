package dev.nightjar.formats.results;

import static dev.nightjar.formats.json.JsonFields.plainText;
import static dev.nightjar.formats.json.JsonFields.text;

import dev.nightjar.formats.json.JsonRecords;
import dev.nightjar.formats.reading.BadRecord;
import dev.nightjar.formats.reading.Measured;
import dev.nightjar.formats.reading.NumberText;
import dev.nightjar.formats.reading.ResultSink;
import dev.nightjar.model.Direction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** nvbench's JSON: mean times, bandwidth and rates of each state, and the user's own summaries. */
final class Nvbench implements JsonRecords.RecordReader {
  private final ResultSink sink;

  Nvbench(ResultSink sink) {
    this.sink = sink;
  }

  @Override
  public void read(String name, JsonNode state) throws BadRecord {
    Measured measured = new Measured(sink, name);
    for (JsonNode axis : state.path("axis_values").values()) {
      measured.with(text(axis, "name"), plainText(axis.path("value")));
    }
    measured.on("gpu" + plainText(state.path("device")));
    if (state.path("is_skipped").asBoolean(false)) {
      measured.leftOut(
          "%s was skipped: %s".formatted(text(state, "name"), text(state, "skip_reason")));
      return;
    }
    boolean hasTime = false;
    for (JsonNode summary : state.path("summaries").values()) {
      try {
        hasTime |= summary(summary, measured);
      } catch (BadRecord e) {
        e.of(measured.name()).tell(sink);
      }
    }
    if (!hasTime) {
      measured.leftOut("%s holds no time".formatted(text(state, "name")));
    }
  }

  /** Whether it is a time. */
  private static boolean summary(JsonNode summary, Measured measured) throws BadRecord {
    String tag = text(summary, "tag");
    switch (tag) {
      case "nv/cold/time/gpu/mean" -> measured.lower("time", "s", value(summary));
      case "nv/cold/time/cpu/mean" -> measured.lower("cpu_time", "s", value(summary));
      case "nv/cpu_only/time/cpu/mean" -> measured.lower("cpu_time", "s", value(summary));
      case "nv/batch/time/gpu/mean" -> measured.lower("batch_time", "s", value(summary));
      case "nv/cold/bw/global/bytes_per_second" ->
          measured.higher("throughput", "By/s", value(summary));
      case "nv/cold/bw/item_rate" -> measured.higher("items", "{item}/s", value(summary));
      default -> {
        if (!tag.isEmpty() && !tag.startsWith("nv/")) {
          measured.add(tag, unit(text(summary, "hint")), better(summary), value(summary));
        }
        return false; // the tool's own spreads and counts are no results
      }
    }
    return tag.contains("/time/");
  }

  private static String unit(String hint) {
    return switch (hint) {
      case "duration" -> "s";
      case "bytes" -> "By";
      case "byte_rate" -> "By/s";
      case "item_rate" -> "{item}/s";
      case "percentage" -> "1";
      case "sample_size" -> "{sample}";
      default -> "1";
    };
  }

  private static @Nullable Direction better(JsonNode summary) {
    return text(summary, "hint").endsWith("_rate") ? Direction.HIGHER_IS_BETTER : null;
  }

  /** nvbench writes its numbers as texts. */
  private static double value(JsonNode summary) throws BadRecord {
    for (JsonNode data : summary.path("data").values()) {
      if (text(data, "name").equals("value")) {
        return data.path("value").isNumber()
            ? data.path("value").doubleValue()
            : NumberText.parsed(data.path("value").asString(""));
      }
    }
    throw new BadRecord("the summary '" + text(summary, "tag") + "' has no value");
  }
}
