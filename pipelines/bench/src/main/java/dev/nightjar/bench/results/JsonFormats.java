package dev.nightjar.bench.results;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** The tools that write JSON: how each is recognised. */
final class JsonFormats {
  private JsonFormats() {}

  /** Whether the file was recognised. */
  static boolean read(ResultText text, ResultSink sink) throws IOException {
    JsonRecords.Shape shape = JsonRecords.shape(text);
    if (shape.has("[]", "benchmark") && !shape.has("value")) {
      JsonRecords.top(text, sink, new Jmh(sink));
    } else if (shape.has("benchmarks/stats") || shape.has("machine_info", "benchmarks")) {
      JsonRecords.each(text, sink, Map.of("benchmarks", new PytestBenchmark(sink)));
    } else if (shape.has("benchmarks/states") || shape.has("devices", "benchmarks")) {
      JsonRecords.eachWithin(text, "benchmarks", "states", sink, new Nvbench(sink));
    } else if (isGoogle(shape)) {
      GoogleBenchmark.read(text, sink);
    } else if (shape.has("nvbandwidth")) {
      JsonRecords.each(text, sink, Map.of("nvbandwidth/testcases", new Nvbandwidth(sink)));
    } else if (shape.has("Title", "Benchmarks") || shape.has("Benchmarks/FullName")) {
      JsonRecords.each(text, sink, Map.of("Benchmarks", new BenchmarkDotNet(sink)));
    } else if (shape.has("metrics", "root_group")) {
      K6Summary.readPlain(text, sink);
    } else if (isVersionedK6(shape)) {
      K6Summary.readVersioned(text, sink);
    } else if (Criterion.recognises(shape, text.file())) {
      Criterion.read(text, sink);
    } else if (shape.has("results") && !shape.has("[]")) {
      JsonRecords.each(text, sink, Map.of("results", new HyperfineOrPlain(sink)));
    } else if (shape.has("[]", "name")) {
      JsonRecords.top(text, sink, new PlainJson(sink));
    } else {
      return shape.names().equals(Set.of("[]")) && shape.damagedLine() == 0; // a list of nothing
    }
    return true;
  }

  /** Whether it cannot be told what the file is because it is damaged; then that is told. */
  static boolean isDamaged(ResultText text, ResultSink sink) throws IOException {
    JsonRecords.Shape shape = JsonRecords.shape(text);
    if (shape.damagedLine() > 0) {
      sink.at(shape.damagedLine());
      sink.leftOut(null, "the rest of the file: " + shape.damage());
    }
    return shape.damagedLine() > 0;
  }

  private static boolean isGoogle(JsonRecords.Shape shape) {
    return shape.has("context", "benchmarks")
        || shape.has("benchmarks/run_name")
        || shape.has("benchmarks/real_time")
        || shape.has("benchmarks/error_occurred");
  }

  private static boolean isVersionedK6(JsonRecords.Shape shape) {
    return shape.has("metadata", "config", "results")
        || (shape.has("version", "results") && (shape.has("metadata") || shape.has("config")));
  }
}
