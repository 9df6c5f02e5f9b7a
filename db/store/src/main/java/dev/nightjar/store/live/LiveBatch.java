package dev.nightjar.store.live;

import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.model.telemetry.TelemetryMetric;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** A batch as the fields of a stream's entry: plain text, so that any Redis client can watch. */
final class LiveBatch {
  private LiveBatch() {}

  static Map<String, String> toFields(TelemetryBatch batch) {
    TelemetryMetric metric = batch.metric();
    return Map.of(
        "name", metric.name(),
        "attributes", metric.attributes(),
        "unit", metric.unit(),
        "times",
            LongStream.of(batch.epochMillis())
                .mapToObj(Long::toString)
                .collect(Collectors.joining(",")),
        "values",
            DoubleStream.of(batch.values())
                .mapToObj(Double::toString)
                .collect(Collectors.joining(",")));
  }

  /** Absent when the entry was written by something else. */
  static Optional<TelemetryBatch> ofFields(Map<String, String> fields) {
    try {
      TelemetryMetric metric =
          new TelemetryMetric(
              fields.getOrDefault("name", ""),
              fields.getOrDefault("attributes", ""),
              fields.getOrDefault("unit", ""));
      return Optional.of(
          new TelemetryBatch(
              metric,
              Arrays.stream(split(fields, "times")).mapToLong(Long::parseLong).toArray(),
              Arrays.stream(split(fields, "values")).mapToDouble(Double::parseDouble).toArray()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String[] split(Map<String, String> fields, String name) {
    String text = fields.getOrDefault(name, "");
    return text.isEmpty() ? new String[0] : text.split(",", -1);
  }
}
