package dev.nightjar.gate.exchange;

import dev.nightjar.model.Sample;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * When each value of a series was measured, how long that took, and what was read of the machine
 * meanwhile: columns of a run's file as long as that of the values. A series from other tools'
 * files has none of them, and files of earlier versions have not either.
 */
final class ObservedColumns {
  static final String STARTED_AT = "started_at";
  static final String WALL_NANOS = "wall_nanos";
  static final String READINGS = "readings";

  /** Times that any database keeps. */
  private static final Instant FIRST = Instant.EPOCH.plusNanos(1);

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private final @Nullable JsonNode startedAt;
  private final @Nullable JsonNode wallNanos;
  private final Map<Indicator, JsonNode> readings = new EnumMap<>(Indicator.class);

  /**
   * Columns as they stand in a file.
   *
   * @param count how many values there are
   * @throws RunFile.Unreadable when one of them has another length
   */
  ObservedColumns(
      @Nullable JsonNode startedAt,
      @Nullable JsonNode wallNanos,
      @Nullable JsonNode readings,
      int count)
      throws RunFile.Unreadable {
    this.startedAt = column(STARTED_AT, startedAt, count);
    this.wallNanos = column(WALL_NANOS, wallNanos, count);
    if (readings != null) {
      for (Map.Entry<String, JsonNode> entry : readings.properties()) {
        Optional<Indicator> indicator = Indicator.named(entry.getKey());
        JsonNode column = column(entry.getKey(), entry.getValue(), count);
        if (indicator.isPresent() && column != null) { // else a later version's
          this.readings.put(indicator.get(), column);
        }
      }
    }
  }

  private static @Nullable JsonNode column(String name, @Nullable JsonNode column, int count)
      throws RunFile.Unreadable {
    if (column != null && (!column.isArray() || column.size() != count)) {
      throw new RunFile.Unreadable("a series has not one '" + name + "' for each value");
    }
    return column;
  }

  /** Empty when the file does not tell. */
  Optional<Instant> startedAt(int row) throws RunFile.Unreadable {
    if (startedAt == null) {
      return Optional.empty();
    }
    String text = startedAt.get(row).asString("");
    try {
      Instant time = Instant.parse(text);
      if (!time.isBefore(FIRST) && !time.isAfter(LAST)) {
        return Optional.of(time);
      }
      throw new RunFile.Unreadable("'" + text + "' is no time of a measurement");
    } catch (DateTimeException e) {
      throw new RunFile.Unreadable(String.valueOf(e.getMessage()), e);
    }
  }

  /** 0 when the file does not tell. */
  long wallNanos(int row) throws RunFile.Unreadable {
    return wallNanos == null ? 0 : number(WALL_NANOS, wallNanos.get(row)).orElse(0);
  }

  BoundaryReadings readings(int row) throws RunFile.Unreadable {
    BoundaryReadings.Builder all = BoundaryReadings.builder();
    for (Map.Entry<Indicator, JsonNode> entry : readings.entrySet()) {
      all.put(entry.getKey(), number(entry.getKey().word(), entry.getValue().get(row)));
    }
    return all.build();
  }

  private static OptionalLong number(String name, JsonNode node) throws RunFile.Unreadable {
    if (node.isNull()) {
      return OptionalLong.empty();
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < 0) {
      throw new RunFile.Unreadable("a '" + name + "' is no number");
    }
    return OptionalLong.of(node.asLong());
  }

  /** Writes them; nothing where nothing was read. */
  static void write(JsonGenerator json, List<Sample> samples) {
    if (samples.stream().allMatch(one -> one.wallNanos() == 0 && one.readings().isEmpty())) {
      return;
    }
    json.writeArrayPropertyStart(STARTED_AT);
    samples.forEach(sample -> json.writeString(sample.startedAt().toString()));
    json.writeEndArray();
    json.writeArrayPropertyStart(WALL_NANOS);
    samples.forEach(sample -> json.writeNumber(sample.wallNanos()));
    json.writeEndArray();
    json.writeObjectPropertyStart(READINGS);
    for (Indicator indicator : Indicator.values()) {
      if (samples.stream().anyMatch(sample -> sample.readings().has(indicator))) {
        write(json, indicator, samples);
      }
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Indicator indicator, List<Sample> samples) {
    json.writeArrayPropertyStart(indicator.word());
    for (Sample sample : samples) {
      OptionalLong reading = sample.readings().of(indicator);
      if (reading.isPresent()) {
        json.writeNumber(reading.getAsLong());
      } else {
        json.writeNull();
      }
    }
    json.writeEndArray();
  }
}
