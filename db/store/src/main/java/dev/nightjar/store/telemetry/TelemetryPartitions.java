package dev.nightjar.store.telemetry;

import dev.nightjar.store.sql.Connections;
import dev.nightjar.store.sql.SqlFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The weekly partitions of packed telemetry: made when first needed, dropped when too old. */
final class TelemetryPartitions {
  private static final String PREFIX = "telemetry_minute_";
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
  private static final Set<String> MADE_MEANWHILE = Set.of("42P07", "23505");

  private final Connections database;
  private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

  TelemetryPartitions(Connections database) {
    this.database = database;
  }

  /** Makes the partitions for these times where they are missing. */
  void ensure(List<Long> epochMillis) {
    Set<LocalDate> weeks = new TreeSet<>();
    epochMillis.forEach(time -> weeks.add(monday(time)));
    for (LocalDate week : weeks) {
      if (!known.contains(week)) {
        database.read("making room for telemetry", connection -> make(connection, week));
        known.add(week);
      }
    }
  }

  /** Drops partitions that ended before the moment, having kept their hours; tells how many. */
  int dropBefore(Instant moment) {
    List<String> dropped = new ArrayList<>();
    for (String partition : database.read("looking for old telemetry", TelemetryPartitions::all)) {
      LocalDate week = LocalDate.parse(partition.substring(PREFIX.length()), DAY);
      Instant end = week.plusWeeks(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      if (!end.isAfter(moment)) {
        database.inTransaction("dropping old telemetry", c -> rollUpAndDrop(c, partition));
        known.remove(week);
        dropped.add(partition);
      }
    }
    return dropped.size();
  }

  private static int make(Connection connection, LocalDate week) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(
          "create table if not exists nightjar."
              + PREFIX
              + DAY.format(week)
              + " partition of nightjar.telemetry_minute for values from ('"
              + week
              + " 00:00:00+00') to ('"
              + week.plusWeeks(1)
              + " 00:00:00+00') with (toast_tuple_target = 128)");
    } catch (SQLException e) {
      if (MADE_MEANWHILE.contains(SqlFailure.stateOf(e))) {
        return 0; // by another process, between the look and the making
      }
      throw e;
    }
  }

  private static List<String> all(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                "select relname from pg_inherits join pg_class on pg_class.oid = inhrelid"
                    + " where inhparent = 'nightjar.telemetry_minute'::regclass order by relname");
        ResultSet row = statement.executeQuery()) {
      List<String> names = new ArrayList<>();
      while (row.next()) {
        names.add(row.getString(1));
      }
      return names;
    }
  }

  private static int rollUpAndDrop(Connection connection, String partition) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into nightjar.telemetry_hour (machine_id, metric_id, hour_at, readings, minimum,"
              + " mean, maximum) select machine_id, metric_id,"
              + " date_trunc('hour', reading.read_at, 'UTC') as hour_at, count(*), min(value),"
              + " avg(value), max(value) from nightjar."
              + partition
              + " as packed, lateral nightjar.telemetry_readings(packed.started_at, divisor, base,"
              + " gaps, small, wide, raw) as reading group by machine_id, metric_id, hour_at"
              + " on conflict do nothing");
      statement.execute("drop table nightjar." + partition);
      return 1;
    }
  }

  private static LocalDate monday(long epochMillis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(epochMillis), ZoneOffset.UTC)
        .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }
}
