package dev.nightjar.formats.results;

import dev.nightjar.formats.json.JsonDocument;
import dev.nightjar.formats.json.JsonRecords;
import dev.nightjar.formats.json.JsonShape;
import dev.nightjar.formats.reading.ResultSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tools that write JSON: how each is recognised. */
final class JsonFormats {
  private JsonFormats() {}

  /** Reads a document of a format that is known by now. */
  @FunctionalInterface
  interface Reading {
    void read(JsonDocument document, ResultSink sink) throws IOException;
  }

  /**
   * How to read a document of this shape; absent if it is none of a known tool.
   *
   * @param file that it stands in
   */
  static @Nullable Reading reading(JsonShape shape, Path file) {
    if (Criterion.recognises(shape, file)) {
      return (document, sink) -> Criterion.read(document, file, sink);
    }
    return shape.has("[]") ? ofList(shape) : ofObject(shape);
  }

  private static @Nullable Reading ofList(JsonShape shape) {
    if (shape.has("benchmark") && !shape.has("value")) {
      return (document, sink) -> JsonRecords.top(document, sink, new Jmh(sink));
    }
    return shape.has("name")
        ? (document, sink) -> JsonRecords.top(document, sink, new PlainJson(sink))
        : null;
  }

  private static @Nullable Reading ofObject(JsonShape shape) {
    if (shape.has("benchmarks/stats") || shape.has("machine_info", "benchmarks")) {
      return records("benchmarks", PytestBenchmark::new);
    } else if (shape.has("benchmarks/states") || shape.has("devices", "benchmarks")) {
      return (document, sink) ->
          JsonRecords.eachWithin(document, "benchmarks", "states", sink, new Nvbench(sink));
    } else if (isGoogle(shape)) {
      return GoogleBenchmark::read;
    } else if (shape.has("nvbandwidth")) {
      return records("nvbandwidth/testcases", Nvbandwidth::new);
    } else if (shape.has("Title", "Benchmarks") || shape.has("Benchmarks/FullName")) {
      return records("Benchmarks", BenchmarkDotNet::new);
    } else if (isK6(shape)) {
      return K6Summary::readPlain;
    } else if (isVersionedK6(shape)) {
      return K6Summary::readVersioned;
    }
    return shape.has("results") ? records("results", HyperfineOrPlain::new) : null;
  }

  private static Reading records(
      String path, Function<ResultSink, JsonRecords.RecordReader> reader) {
    return (document, sink) -> JsonRecords.each(document, sink, Map.of(path, reader.apply(sink)));
  }

  /**
   * Whether it can be nothing else: in a log there may be other JSON, so where a name alone tells
   * the format, the first record has to look like one.
   */
  static boolean isSure(JsonShape shape) {
    boolean hasRecords = shape.has("results/command") || shape.has("results/name");
    boolean isNamedAlone = shape.has("results") && !isVersionedK6(shape) && !hasRecords;
    boolean isPlainList = shape.has("[]", "name") && !shape.has("value") && !shape.has("benchmark");
    return !isNamedAlone && !isPlainList;
  }

  private static boolean isGoogle(JsonShape shape) {
    return shape.has("context", "benchmarks")
        || shape.has("benchmarks/run_name")
        || shape.has("benchmarks/real_time")
        || shape.has("benchmarks/error_occurred");
  }

  /**
   * Where the metrics stand first and what follows is cut off, a metric tells by itself: with its
   * type, or as {@code --summary-export} has it.
   */
  private static boolean isK6(JsonShape shape) {
    boolean isExported =
        shape.has("metrics/avg", "metrics/max")
            || shape.has("metrics/count", "metrics/rate")
            || shape.has("metrics/passes", "metrics/fails");
    return shape.has("metrics", "root_group")
        || shape.has("metrics/type", "metrics/contains")
        || (shape.isDamaged() && isExported);
  }

  private static boolean isVersionedK6(JsonShape shape) {
    return shape.has("metadata", "config", "results")
        || (shape.has("version", "results") && (shape.has("metadata") || shape.has("config")));
  }
}
