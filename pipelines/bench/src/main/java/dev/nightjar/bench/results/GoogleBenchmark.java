package dev.nightjar.bench.results;

import static dev.nightjar.bench.results.JsonFormats.number;
import static dev.nightjar.bench.results.JsonFormats.text;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Google Benchmark's JSON: every repetition. Aggregates can be had from them, so only where they
 * were reported alone ({@code --benchmark_report_aggregates_only}) the median is taken.
 */
final class GoogleBenchmark implements JsonRecords.Reader {
  private final ResultSink sink;
  private final Set<String> repeated = new HashSet<>();

  GoogleBenchmark(ResultSink sink) {
    this.sink = sink;
  }

  @Override
  public void read(String none, JsonNode record) throws BadRecord {
    String name =
        text(record, "run_name").isEmpty() ? text(record, "name") : text(record, "run_name");
    if (record.path("error_occurred").asBoolean(false)) {
      throw BadRecord.ofFailure(name, text(record, "error_message"));
    }
    if (record.path("skipped").asBoolean(false)) {
      throw new BadRecord("'" + name + "' was skipped: " + text(record, "skip_message"));
    }
    if (!text(record, "run_type").equals("aggregate")) {
      repeated.add(name);
      values(name, record);
    } else if (text(record, "aggregate_name").equals("median") && !repeated.contains(name)) {
      values(name, record);
    }
  }

  private void values(String name, JsonNode record) throws BadRecord {
    Measured measured = new Measured(sink, name);
    String unit = text(record, "time_unit").isEmpty() ? "ns" : text(record, "time_unit");
    measured.lower("time", unit, number(record, "real_time"));
    if (record.path("cpu_time").isNumber()) {
      measured.lower("cpu_time", unit, number(record, "cpu_time"));
    }
    if (record.path("bytes_per_second").isNumber()) {
      measured.higher("throughput", "By/s", number(record, "bytes_per_second"));
    }
    if (record.path("items_per_second").isNumber()) {
      measured.higher("items", "{item}/s", number(record, "items_per_second"));
    }
  }
}
