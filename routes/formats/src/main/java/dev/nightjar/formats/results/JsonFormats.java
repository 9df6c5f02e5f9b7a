package dev.nightjar.formats.results;

import dev.nightjar.formats.json.JsonRecords;
import dev.nightjar.formats.reading.ResultSink;
import dev.nightjar.formats.reading.ResultText;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tools that write JSON: how each is recognised. */
final class JsonFormats {
  private JsonFormats() {}

  /** Whether the file was recognised. */
  static boolean read(ResultText text, ResultSink sink) throws IOException {
    JsonRecords.Shape shape = JsonRecords.shape(text);
    Reading reading = reading(shape, text, sink);
    if (reading == null) {
      return shape.names().equals(Set.of("[]")) && shape.damagedLine() == 0; // a list of nothing
    }
    reading.read();
    return true;
  }

  private static @Nullable Reading reading(
      JsonRecords.Shape shape, ResultText text, ResultSink sink) {
    if (shape.has("[]", "benchmark") && !shape.has("value")) {
      return () -> JsonRecords.top(text, sink, new Jmh(sink));
    } else if (shape.has("benchmarks/stats") || shape.has("machine_info", "benchmarks")) {
      return () -> JsonRecords.each(text, sink, Map.of("benchmarks", new PytestBenchmark(sink)));
    } else if (shape.has("benchmarks/states") || shape.has("devices", "benchmarks")) {
      return () -> JsonRecords.eachWithin(text, "benchmarks", "states", sink, new Nvbench(sink));
    } else if (isGoogle(shape)) {
      return () -> GoogleBenchmark.read(text, sink);
    } else if (shape.has("nvbandwidth")) {
      return () ->
          JsonRecords.each(text, sink, Map.of("nvbandwidth/testcases", new Nvbandwidth(sink)));
    } else if (shape.has("Title", "Benchmarks") || shape.has("Benchmarks/FullName")) {
      return () -> JsonRecords.each(text, sink, Map.of("Benchmarks", new BenchmarkDotNet(sink)));
    } else if (shape.has("metrics", "root_group")) {
      return () -> K6Summary.readPlain(text, sink);
    } else if (isVersionedK6(shape)) {
      return () -> K6Summary.readVersioned(text, sink);
    } else if (Criterion.recognises(shape, text.file())) {
      return () -> Criterion.read(text, sink);
    } else if (shape.has("results") && !shape.has("[]")) {
      return () -> JsonRecords.each(text, sink, Map.of("results", new HyperfineOrPlain(sink)));
    } else if (shape.has("[]", "name")) {
      return () -> JsonRecords.top(text, sink, new PlainJson(sink));
    }
    return null;
  }

  /**
   * Whether it can be nothing else: in a log there may be other JSON, so where a name alone tells
   * the format, the first record has to look like one.
   */
  static boolean isSure(JsonRecords.Shape shape, ResultText text) {
    boolean hasRecords = shape.has("results/command") || shape.has("results/name");
    boolean isNamedAlone = shape.has("results") && !isVersionedK6(shape) && !hasRecords;
    boolean isPlainList = shape.has("[]", "name") && !shape.has("value");
    return reading(shape, text, new ResultSink()) != null && !isNamedAlone && !isPlainList;
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

  /** Reads a file of a format that is known by now. */
  @FunctionalInterface
  private interface Reading {
    void read() throws IOException;
  }
}
