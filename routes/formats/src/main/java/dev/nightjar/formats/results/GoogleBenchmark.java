package dev.nightjar.formats.results;

import static dev.nightjar.formats.json.JsonFields.number;
import static dev.nightjar.formats.json.JsonFields.plainText;
import static dev.nightjar.formats.json.JsonFields.text;

import dev.nightjar.formats.json.JsonDocument;
import dev.nightjar.formats.json.JsonRecords;
import dev.nightjar.formats.reading.BadRecord;
import dev.nightjar.formats.reading.Measured;
import dev.nightjar.formats.reading.ResultSink;
import dev.nightjar.model.Direction;
import dev.nightjar.model.unit.Unit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Google Benchmark's JSON: every repetition, with every counter of the user's own. Aggregates can
 * be had from them, so only where they were reported alone ({@code
 * --benchmark_report_aggregates_only}) the median is taken, or the mean where there is none.
 */
final class GoogleBenchmark {
  /** What a record has by itself; every other number is a counter. */
  private static final Set<String> OWN =
      Set.of(
          "family_index",
          "per_family_instance_index",
          "repetitions",
          "repetition_index",
          "threads",
          "iterations",
          "real_time",
          "cpu_time",
          "bytes_per_second",
          "items_per_second",
          "cpu_coefficient",
          "real_coefficient",
          "rms");

  private static final Map<String, String> MEMORY =
      Map.of(
          "allocs_per_iter", "{allocation}",
          "max_bytes_used", "By",
          "total_allocated_bytes", "By",
          "net_heap_growth", "By");

  /** A counter's name may tell that more is better. */
  private static final Pattern GOOD =
      Pattern.compile(
          "(?i).*(per_?sec|/s(ec)?$|throughput|bandwidth|hit|speedup|efficiency|utili[sz]ation"
              + "|ipc|flops|(^|[^a-z])(ops|rate|rps|qps|fps|iops|bw)($|[^a-z])).*");

  private static final Pattern BAD =
      Pattern.compile("(?i).*(miss|fail|error|fault|drop|stall|timeout|abort|retr).*");

  /** Before 1.4 an aggregate was told by its name's end alone. */
  private static final Pattern NAMED_AGGREGATE =
      Pattern.compile("(.+)_(mean|median|stddev|cv|BigO|RMS)");

  private final ResultSink sink;
  private final Set<String> repeated = new HashSet<>();
  private final Map<Aggregated, Map<String, Waiting>> aggregates = new LinkedHashMap<>();
  private String executable = "";

  private record Waiting(JsonNode record, long line) {}

  /** What aggregates are of: two benchmarks may have one name, as templates and lambdas do. */
  private record Aggregated(String name, String family, String instance) {
    static Aggregated of(String name, JsonNode record) {
      return new Aggregated(
          name,
          plainText(record.path("family_index")),
          plainText(record.path("per_family_instance_index")));
    }
  }

  private GoogleBenchmark(ResultSink sink) {
    this.sink = sink;
  }

  static void read(JsonDocument document, ResultSink sink) throws IOException {
    GoogleBenchmark reader = new GoogleBenchmark(sink);
    JsonRecords.each(
        document, sink, Map.of("context", reader::context, "benchmarks", reader::record));
    reader.takeAggregates();
  }

  private void context(String name, JsonNode value) {
    if (name.equals("executable") && value.isString()) {
      executable = value.stringValue().isBlank() ? "" : fileName(value.stringValue());
    }
  }

  private static String fileName(String path) {
    Path last = Path.of(path.replace('\\', '/').replace("\0", "")).getFileName();
    return last == null ? "" : last.toString();
  }

  private void record(String none, JsonNode record) throws BadRecord {
    String name =
        text(record, "run_name").isEmpty() ? text(record, "name") : text(record, "run_name");
    Matcher named = NAMED_AGGREGATE.matcher(name);
    if (text(record, "run_type").equals("aggregate")) {
      waits(name, text(record, "aggregate_name"), record);
    } else if (!record.has("run_type") && named.matches()) {
      waits(named.group(1), named.group(2), record);
    } else {
      repeated.add(name);
      run(name, record);
    }
  }

  private void waits(String name, String aggregate, JsonNode record) {
    Waiting before =
        aggregates
            .computeIfAbsent(Aggregated.of(name, record), any -> new LinkedHashMap<>())
            .put(aggregate, new Waiting(record, sink.line()));
    if (before != null) {
      sink.leftOut(name, "its " + aggregate + " stands twice, of which the last was taken");
    }
  }

  private void run(String name, JsonNode record) throws BadRecord {
    Measured measured = new Measured(sink, name).under("executable", executable);
    if (record.path("error_occurred").asBoolean(false)) {
      measured.failed(text(record, "error_message"));
    } else if (record.path("skipped").asBoolean(false)) {
      measured.leftOut("it was skipped: " + text(record, "skip_message"));
    } else {
      try {
        values(measured, record);
      } catch (BadRecord e) {
        throw e.of(name);
      }
    }
  }

  private void takeAggregates() {
    aggregates.forEach((benchmark, of) -> {
      String name = benchmark.name();
      boolean isByNameAlone = of.values().stream().noneMatch(one -> one.record().has("run_type"));
      if (repeated.contains(name)) {
        return;
      }
      Waiting taken = of.getOrDefault("median", of.get("mean"));
      if (isByNameAlone && of.size() == 1) {
        // A benchmark may be called so: nothing else is its aggregate.
        of.forEach((ending, one) -> take(name + "_" + ending, one));
      } else if (taken != null) {
        take(name, taken);
      } else {
        sink.at(of.values().iterator().next().line());
        sink.leftOut(name, "it has neither repetitions nor a median or mean of them");
      }
    });
  }

  private void take(String name, Waiting waiting) {
    sink.at(waiting.line());
    try {
      run(name, waiting.record());
    } catch (BadRecord e) {
      e.tell(sink);
    }
  }

  private static void values(Measured measured, JsonNode record) throws BadRecord {
    String unit = text(record, "time_unit").isEmpty() ? "ns" : text(record, "time_unit");
    if (record.path("real_time").isNumber()) {
      measured.lower("time", unit, number(record, "real_time"));
    } else {
      measured.leftOut("'real_time' is missing or no number");
    }
    measured.optional("cpu_time", unit, Direction.LOWER_IS_BETTER, record, "cpu_time");
    measured.optional("throughput", "By/s", Direction.HIGHER_IS_BETTER, record, "bytes_per_second");
    measured.optional("items", "{item}/s", Direction.HIGHER_IS_BETTER, record, "items_per_second");
    for (Map.Entry<String, JsonNode> entry : record.properties()) {
      String name = entry.getKey();
      if (entry.getValue().isNull() && !OWN.contains(name)) {
        measured.leftOut("its '" + name + "' is no number");
      } else if (entry.getValue().isNumber() && !OWN.contains(name)) {
        String memory = MEMORY.get(name);
        measured.add(
            name, memory == null ? "1" : memory, better(name), entry.getValue().doubleValue());
      }
    }
  }

  private static @Nullable Direction better(String counter) {
    if (BAD.matcher(counter).matches()) {
      return Direction.LOWER_IS_BETTER;
    }
    return GOOD.matcher(counter).matches() ? Direction.HIGHER_IS_BETTER : Unit.of(counter).better();
  }
}
