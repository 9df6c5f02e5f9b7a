package dev.nightjar.store.telemetry;

import dev.nightjar.store.sql.BinaryCopyRows;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Packed readings of a metric, and their way to and from the two tables of telemetry. */
record TelemetryRows(long metricId, PackedReadings readings) {
  /** Minutes that are over. */
  static final String MINUTES = "nightjar.telemetry_minute";

  /** Minutes that may get more readings. */
  static final String RECENT = "nightjar.telemetry_recent";

  static final String COLUMNS =
      "metric_id, started_at, ended_at, divisor, base, gaps, small, wide, raw";
  private static final int COLUMN_COUNT = 10;

  /** Writes rows by binary COPY. */
  static void write(Connection connection, String table, long machineId, List<TelemetryRows> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    BinaryCopyRows copy = new BinaryCopyRows(connection, table + " (machine_id, " + COLUMNS + ")");
    try {
      for (TelemetryRows row : rows) {
        PackedReadings readings = row.readings;
        copy.row(COLUMN_COUNT);
        copy.number(machineId);
        copy.number(row.metricId);
        copy.time(readings.startedAtMillis());
        copy.time(readings.endedAtMillis());
        copy.number(readings.divisor());
        copy.number(readings.base());
        copy.array(readings.gaps());
        copy.array(readings.small());
        copy.array(readings.wide());
        copy.array(readings.raw());
      }
      copy.end();
    } finally {
      copy.cancelIfActive();
    }
  }

  /** Runs a query whose columns are {@link #COLUMNS}. */
  static List<TelemetryRows> read(PreparedStatement statement) throws SQLException {
    List<TelemetryRows> rows = new ArrayList<>();
    each(statement, rows::add);
    return rows;
  }

  /** Runs such a query, and hands on each row when it comes. */
  static void each(PreparedStatement statement, Consumer<TelemetryRows> taker) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        taker.accept(
            new TelemetryRows(
                row.getLong(1),
                new PackedReadings(
                    row.getObject(2, OffsetDateTime.class).toInstant().toEpochMilli(),
                    row.getObject(3, OffsetDateTime.class).toInstant().toEpochMilli(),
                    row.getDouble(4),
                    row.getLong(5),
                    java.util.Objects.requireNonNull(shorts(row.getArray(6))),
                    shorts(row.getArray(7)),
                    ints(row.getArray(8)),
                    doubles(row.getArray(9)))));
      }
    }
  }

  private static short @Nullable [] shorts(@Nullable Array array) throws SQLException {
    if (array == null) {
      return null;
    }
    Short[] boxed = (Short[]) array.getArray();
    short[] values = new short[boxed.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = boxed[i];
    }
    return values;
  }

  private static int @Nullable [] ints(@Nullable Array array) throws SQLException {
    if (array == null) {
      return null;
    }
    Integer[] boxed = (Integer[]) array.getArray();
    int[] values = new int[boxed.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = boxed[i];
    }
    return values;
  }

  private static double @Nullable [] doubles(@Nullable Array array) throws SQLException {
    if (array == null) {
      return null;
    }
    Double[] boxed = (Double[]) array.getArray();
    double[] values = new double[boxed.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = boxed[i];
    }
    return values;
  }
}
