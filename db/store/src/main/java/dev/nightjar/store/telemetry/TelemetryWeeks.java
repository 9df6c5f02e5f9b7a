package dev.nightjar.store.telemetry;

import dev.nightjar.store.sql.SqlFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The partitions of packed telemetry in the catalog: one a week, by its Monday. */
public final class TelemetryWeeks {
  private static final String PREFIX = "telemetry_minute_";
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
  private static final Set<String> MADE_MEANWHILE = Set.of("42P07", "23505");

  private TelemetryWeeks() {}

  /** The name of a week's table. */
  static String partition(LocalDate week) {
    return PREFIX + DAY.format(week);
  }

  /** Makes that of a week if it is missing. */
  public static int make(Connection connection, LocalDate week) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(
          "create table if not exists nightjar."
              + partition(week)
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

  /** Those there are, the oldest first. */
  public static List<LocalDate> all(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                "select relname from pg_inherits join pg_class on pg_class.oid = inhrelid"
                    + " where inhparent = 'nightjar.telemetry_minute'::regclass order by relname");
        ResultSet row = statement.executeQuery()) {
      List<LocalDate> weeks = new ArrayList<>();
      while (row.next()) {
        weeks.add(LocalDate.parse(row.getString(1).substring(PREFIX.length()), DAY));
      }
      return weeks;
    }
  }
}
