package dev.nightjar.store.telemetry;

import dev.nightjar.store.sql.Connections;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The weekly partitions of packed telemetry: made when first needed, dropped when too old. */
final class TelemetryPartitions {
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
        database.read("making room for telemetry", c -> TelemetryWeeks.make(c, week));
        known.add(week);
      }
    }
  }

  /** Drops partitions that ended before the moment, having kept their hours; tells how many. */
  int dropBefore(Instant moment) {
    List<String> dropped = new ArrayList<>();
    for (LocalDate week : database.read("looking for old telemetry", TelemetryWeeks::all)) {
      String partition = TelemetryWeeks.partition(week);
      Instant end = week.plusWeeks(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      if (!end.isAfter(moment)) {
        database.inTransaction("dropping old telemetry", c -> rollUpAndDrop(c, partition));
        known.remove(week);
        dropped.add(partition);
      }
    }
    return dropped.size();
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
