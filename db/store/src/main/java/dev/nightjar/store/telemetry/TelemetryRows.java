package dev.nightjar.store.telemetry;

import dev.nightjar.store.sql.CopyRows;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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
    CopyRows.send(
        connection,
        "copy " + table + " (machine_id, " + COLUMNS + ") from stdin (format binary)",
        rows,
        (row, copy) -> row.write(machineId, copy));
  }

  private void write(long machineId, CopyRows copy) {
    copy.row(COLUMN_COUNT)
        .bigint(machineId)
        .bigint(metricId)
        .moment(Instant.ofEpochMilli(readings.startedAtMillis()))
        .moment(Instant.ofEpochMilli(readings.endedAtMillis()))
        .number(readings.divisor())
        .bigint(readings.base())
        .array(readings.gaps())
        .array(readings.small())
        .array(readings.wide())
        .array(readings.raw());
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
