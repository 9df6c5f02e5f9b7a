package dev.nightjar.store.sample;

import static java.util.stream.Collectors.joining;

import dev.nightjar.model.Sample;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The columns of a sample that hold readings: one for each indicator of the first days, and one for
 * all others together, by name. Of samples that have none, as of files, no column is written:
 * thirteen of nothing take longest.
 */
record ReadingColumns(boolean isRead, boolean isMore) {
  private static final String MORE = "further_readings";
  private static final TypeReference<TreeMap<String, Long>> NUMBERS = new TypeReference<>() {};

  /** What {@link #read} reads, of {@code sample}. */
  static final String ALL =
      Stream.concat(Indicator.inColumns().stream().map(Indicator::word), Stream.of(MORE))
          .map(name -> "sample." + name)
          .collect(joining(", "));

  /** Those that are needed for these samples. */
  static ReadingColumns of(List<Sample> samples) {
    return new ReadingColumns(
        samples.stream().anyMatch(sample -> !sample.readings().isEmpty()),
        samples.stream().anyMatch(sample -> !further(sample.readings()).isEmpty()));
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    if (isRead) {
      Indicator.inColumns().forEach(indicator -> names.add(indicator.word()));
    }
    if (isMore) {
      names.add(MORE);
    }
    return names;
  }

  /** The columns' types, in the order of their names. */
  List<String> types() {
    List<String> types = new ArrayList<>();
    if (isRead) {
      types.addAll(Collections.nCopies(Indicator.inColumns().size(), "int8"));
    }
    if (isMore) {
      types.add("jsonb");
    }
    return types;
  }

  /** Adds a sample's values to its other columns, in the order of the names. */
  void add(BoundaryReadings readings, List<@Nullable Object> columns) {
    if (isRead) {
      for (Indicator indicator : Indicator.inColumns()) {
        columns.add(readings.has(indicator) ? readings.of(indicator).getAsLong() : null);
      }
    }
    if (isMore) {
      Map<String, Long> further = further(readings);
      columns.add(further.isEmpty() ? null : JsonMapper.shared().writeValueAsString(further));
    }
  }

  private static Map<String, Long> further(BoundaryReadings readings) {
    Map<String, Long> further = new TreeMap<>();
    for (Indicator indicator : Indicator.values()) {
      if (!indicator.isColumn() && readings.has(indicator)) {
        further.put(indicator.word(), readings.of(indicator).getAsLong());
      }
    }
    return further;
  }

  /**
   * The readings of a row.
   *
   * @param first the number of the first of {@link #ALL}
   */
  static BoundaryReadings read(ResultSet row, int first) throws SQLException {
    BoundaryReadings.Builder readings = BoundaryReadings.builder();
    int column = first;
    for (Indicator indicator : Indicator.inColumns()) {
      long value = row.getLong(column++);
      if (!row.wasNull()) {
        readings.put(indicator, value);
      }
    }
    String further = row.getString(column);
    if (further != null) {
      // What a later version has stored beside these is passed over.
      JsonMapper.shared()
          .readValue(further, NUMBERS)
          .forEach((word, value) ->
              Indicator.named(word).ifPresent(indicator -> readings.put(indicator, value)));
    }
    return readings.build();
  }
}
