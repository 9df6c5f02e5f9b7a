package dev.nightjar.store.telemetry;

import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.model.telemetry.TelemetryMetric;
import dev.nightjar.store.sql.Connections;
import dev.nightjar.store.sql.StoredText;
import dev.nightjar.store.sql.UtcTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/**
 * What was read of machines again and again.
 *
 * <p>Batches come every few seconds, and rows that are written once and packed well hold a minute.
 * So a minute that is not over gathers its readings as several small rows in a small table; when a
 * reading of a later minute comes, they are packed into one row of the large table. A row of the
 * large table is written once, and its indexes and its vacuum cost nothing later.
 *
 * <p>Batches may come again, whole or cut differently: times that a machine's metric has already
 * are not stored twice. One writer at a time works on a machine, which an advisory lock sees to.
 */
public final class TelemetryStore {
  private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(?, 1))";

  /** Packed rows that are on their way from the server at once, each of a minute. */
  private static final int ROWS_AT_ONCE = 200;

  private final Connections database;
  private final TelemetryPartitions partitions;
  private final Map<TelemetryMetric, Long> metricIds = new ConcurrentHashMap<>();

  public TelemetryStore(Connections database) {
    this.database = database;
    this.partitions = new TelemetryPartitions(database);
  }

  /** Stores readings in one transaction; those that are there already are left as they are. */
  public void append(long machineId, List<TelemetryBatch> batches) {
    List<ReadingRun> minutes = new ArrayList<>();
    for (TelemetryBatch batch : batches) {
      if (batch.values().length > 0) {
        minutes.addAll(run(batch).byMinute());
      }
    }
    if (minutes.isEmpty()) {
      return;
    }
    long newest = minutes.stream().mapToLong(ReadingRun::last).max().orElseThrow();
    partitions.ensure(minutes.stream().map(ReadingRun::first).toList());
    database.inTransaction(
        "storing the telemetry",
        connection -> {
          lock(connection, machineId);
          return store(connection, machineId, minutes, ReadingRun.minute(newest));
        });
  }

  /** Packs what a machine's last minute gathered, when no more is to come. */
  public void seal(long machineId) {
    List<Long> times = new ArrayList<>();
    database.inTransaction(
        "packing the telemetry",
        connection -> {
          lock(connection, machineId);
          List<ReadingRun> gathered = takeGathered(connection, machineId, Long.MAX_VALUE);
          gathered.forEach(run -> times.add(run.first()));
          return writePacked(connection, machineId, gathered);
        });
  }

  /** All readings of a machine within [from, to), by name and attributes. */
  public List<TelemetryBatch> read(long machineId, Instant from, Instant to) {
    return read(machineId, Set.of(), from, to);
  }

  /**
   * Readings of a machine within [from, to), by name and attributes.
   *
   * @param names of metrics; empty for all
   */
  public List<TelemetryBatch> read(
      long machineId, Collection<String> names, Instant from, Instant to) {
    return database.read(
        "reading the telemetry",
        connection -> read(connection, machineId, metrics(connection, names), from, to));
  }

  /**
   * Readings within [from, to) of the machine that a run was made on, by name and attributes; when
   * it was made on several, one after another, a batch of each.
   *
   * @param names of metrics; empty for all
   */
  public List<TelemetryBatch> ofRun(
      UUID runId, Collection<String> names, Instant from, Instant to) {
    return database.read(
        "reading the telemetry of the run",
        connection -> {
          Map<Long, TelemetryMetric> metrics = metrics(connection, names);
          List<TelemetryBatch> batches = new ArrayList<>();
          for (MachineStore.Stint stint : MachineStore.stints(connection, runId)) {
            Instant begin = from.isAfter(stint.from()) ? from : stint.from();
            Instant end = to.isBefore(stint.to()) ? to : stint.to();
            if (begin.isBefore(end)) {
              batches.addAll(read(connection, stint.machineId(), metrics, begin, end));
            }
          }
          return batches;
        });
  }

  /**
   * What a drawing needs of all readings within [from, to) of the machine that a run was made on:
   * one batch a metric, by name and attributes. Rows are read one after another, so that no more
   * than what is kept, and a slot of each metric, is ever held.
   *
   * @param slots into how many the time is cut; of each a dozen readings are kept at the most, the
   *     extreme ones among them
   */
  public List<TelemetryBatch> thinned(UUID runId, Instant from, Instant to, int slots) {
    double slotMillis = Math.max(1, Duration.between(from, to).toMillis() / (double) slots);
    return database.inTransaction(
        "reading the telemetry of the run",
        connection -> {
          Map<Long, ThinnedReadings> kept = new HashMap<>();
          for (MachineStore.Stint stint : MachineStore.stints(connection, runId)) {
            long begin = Math.max(from.toEpochMilli(), millis(stint.from()));
            long end = Math.min(to.toEpochMilli(), millis(stint.to()));
            if (begin < end) {
              thin(
                  connection,
                  stint.machineId(),
                  begin,
                  end,
                  id ->
                      kept.computeIfAbsent(
                          id, any -> new ThinnedReadings(from.toEpochMilli(), slotMillis)));
            }
          }
          List<TelemetryBatch> batches = new ArrayList<>();
          metrics(connection, Set.of())
              .forEach((id, metric) -> {
                ThinnedReadings readings = kept.get(id);
                if (readings != null) {
                  readings.batch(metric).ifPresent(batches::add);
                }
              });
          return batches;
        });
  }

  private static long millis(Instant moment) {
    return moment.equals(Instant.MIN)
        ? Long.MIN_VALUE
        : moment.equals(Instant.MAX) ? Long.MAX_VALUE : moment.toEpochMilli();
  }

  private static void thin(
      Connection connection, long machineId, long from, long to, LongFunction<ThinnedReadings> kept)
      throws SQLException {
    String part =
        "select "
            + TelemetryRows.COLUMNS
            + " from %s where machine_id = ? and started_at > ? and started_at < ?"
            + " and ended_at >= ?";
    String sql =
        part.formatted(TelemetryRows.MINUTES)
            + " union all "
            + part.formatted(TelemetryRows.RECENT)
            + " order by started_at";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(ROWS_AT_ONCE);
      for (int first = 1; first <= 5; first += 4) {
        statement.setLong(first, machineId);
        statement.setObject(first + 1, utc(from - 60_000));
        statement.setObject(first + 2, utc(to));
        statement.setObject(first + 3, utc(from));
      }
      TelemetryRows.each(statement, row -> add(row, from, to, kept.apply(row.metricId())));
    }
  }

  private static void add(TelemetryRows row, long from, long to, ThinnedReadings readings) {
    long[] times = row.readings().epochMillis();
    double[] values = row.readings().values();
    for (int i = 0; i < times.length; i++) {
      if (times[i] >= from && times[i] < to) {
        readings.add(times[i], values[i]);
      }
    }
  }

  private static List<TelemetryBatch> read(
      Connection connection,
      long machineId,
      Map<Long, TelemetryMetric> metrics,
      Instant from,
      Instant to)
      throws SQLException {
    Map<Long, List<ReadingRun>> runs = new LinkedHashMap<>();
    metrics.keySet().forEach(id -> runs.put(id, new ArrayList<>()));
    for (TelemetryRows row : rows(connection, machineId, metrics.keySet(), from, to)) {
      runs.getOrDefault(row.metricId(), new ArrayList<>()).add(ReadingRun.of(row));
    }
    List<TelemetryBatch> batches = new ArrayList<>();
    runs.forEach((id, parts) -> {
      TelemetryMetric metric = metrics.get(id);
      if (metric != null) {
        joined(metric, parts, from.toEpochMilli(), to.toEpochMilli(), batches);
      }
    });
    return batches;
  }

  /**
   * Drops readings that are older than a moment, by whole weeks, and keeps what they were by the
   * hour.
   */
  public int dropBefore(Instant moment) {
    return partitions.dropBefore(moment);
  }

  private ReadingRun run(TelemetryBatch batch) {
    long metricId = metricIds.computeIfAbsent(batch.metric(), this::storeMetric);
    return new ReadingRun(metricId, batch.epochMillis(), batch.values());
  }

  private long storeMetric(TelemetryMetric metric) {
    return database.read(
        "storing the metric " + metric.name(),
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "insert into nightjar.telemetry_metric (name, attributes, unit) values (?, ?, ?)"
                      + " on conflict (name, attributes) do update set unit = excluded.unit"
                      + " returning metric_id")) {
            statement.setString(1, StoredText.of(metric.name()));
            statement.setString(2, StoredText.of(metric.attributes()));
            statement.setString(3, StoredText.of(metric.unit()));
            try (ResultSet row = statement.executeQuery()) {
              row.next();
              return row.getLong(1);
            }
          }
        });
  }

  private static void lock(Connection connection, long machineId) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setString(1, "nightjar telemetry " + machineId);
      statement.execute();
    }
  }

  private int store(
      Connection connection, long machineId, List<ReadingRun> minutes, long openMinute)
      throws SQLException {
    List<ReadingRun> incoming = mergeWithOverlapping(connection, machineId, minutes);
    List<ReadingRun> over = new ArrayList<>(takeGathered(connection, machineId, openMinute));
    List<TelemetryRows> open = new ArrayList<>();
    for (ReadingRun run : incoming) {
      if (ReadingRun.minute(run.first()) < openMinute) {
        over.add(run);
      } else {
        open.add(run.pack());
      }
    }
    TelemetryRows.write(connection, TelemetryRows.RECENT, machineId, open);
    return writePacked(connection, machineId, over);
  }

  /** Joins what belongs to one minute of a metric and writes it as one row. */
  private static int writePacked(Connection connection, long machineId, List<ReadingRun> runs)
      throws SQLException {
    Map<MetricMinute, ReadingRun> joined = new LinkedHashMap<>();
    for (ReadingRun run : runs) {
      joined.merge(MetricMinute.of(run), run, ReadingRun::merge);
    }
    List<TelemetryRows> rows =
        joined.values().stream()
            .sorted(Comparator.comparingLong(ReadingRun::first))
            .map(ReadingRun::pack)
            .toList();
    TelemetryRows.write(connection, TelemetryRows.MINUTES, machineId, rows);
    return rows.size();
  }

  /** Takes the gathered rows of minutes before the given one out of the small table. */
  private static List<ReadingRun> takeGathered(
      Connection connection, long machineId, long openMinute) throws SQLException {
    long before = openMinute == Long.MAX_VALUE ? Long.MAX_VALUE : openMinute * 60;
    try (PreparedStatement statement =
        connection.prepareStatement(
            "delete from nightjar.telemetry_recent where machine_id = ? and started_at < "
                + (before == Long.MAX_VALUE ? "'infinity'" : "to_timestamp(?)")
                + " returning "
                + TelemetryRows.COLUMNS)) {
      statement.setLong(1, machineId);
      if (before != Long.MAX_VALUE) {
        statement.setLong(2, before);
      }
      return TelemetryRows.read(statement).stream().map(ReadingRun::of).toList();
    }
  }

  /**
   * Readings come in the order of time, so this nearly always finds nothing; when a batch comes
   * again, it takes the rows that hold some of it out and gives them back joined with it.
   */
  private List<ReadingRun> mergeWithOverlapping(
      Connection connection, long machineId, List<ReadingRun> minutes) throws SQLException {
    Map<Long, List<ReadingRun>> stored = new HashMap<>();
    long first = minutes.stream().mapToLong(ReadingRun::first).min().orElseThrow();
    long last = minutes.stream().mapToLong(ReadingRun::last).max().orElseThrow();
    for (String table : List.of(TelemetryRows.RECENT, TelemetryRows.MINUTES)) {
      for (TelemetryRows row : takeOverlapping(connection, table, machineId, first, last)) {
        stored.computeIfAbsent(row.metricId(), id -> new ArrayList<>()).add(ReadingRun.of(row));
      }
    }
    if (stored.isEmpty()) {
      return minutes;
    }
    Map<MetricMinute, ReadingRun> joined = new LinkedHashMap<>();
    for (List<ReadingRun> runs : stored.values()) {
      for (ReadingRun run : runs) {
        joined.merge(MetricMinute.of(run), run, ReadingRun::merge);
      }
    }
    for (ReadingRun run : minutes) {
      joined.merge(MetricMinute.of(run), run, ReadingRun::merge);
    }
    return List.copyOf(joined.values());
  }

  private static List<TelemetryRows> takeOverlapping(
      Connection connection, String table, long machineId, long first, long last)
      throws SQLException {
    // A row holds less than a minute: the bound on started_at lets the server skip partitions.
    try (PreparedStatement statement =
        connection.prepareStatement(
            "delete from "
                + table
                + " where machine_id = ? and started_at between ? and ? and ended_at >= ? returning "
                + TelemetryRows.COLUMNS)) {
      statement.setLong(1, machineId);
      statement.setObject(2, utc(first - 60_000));
      statement.setObject(3, utc(last));
      statement.setObject(4, utc(first));
      return TelemetryRows.read(statement);
    }
  }

  private static Map<Long, TelemetryMetric> metrics(Connection connection, Collection<String> names)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select metric_id, name, attributes, unit from nightjar.telemetry_metric"
                + " where cardinality(?::text[]) = 0 or name = any (?)"
                + " order by name, attributes")) {
      java.sql.Array wanted = connection.createArrayOf("text", names.toArray());
      statement.setArray(1, wanted);
      statement.setArray(2, wanted);
      try (ResultSet row = statement.executeQuery()) {
        Map<Long, TelemetryMetric> metrics = new LinkedHashMap<>();
        while (row.next()) {
          metrics.put(
              row.getLong(1),
              new TelemetryMetric(row.getString(2), row.getString(3), row.getString(4)));
        }
        return metrics;
      }
    }
  }

  private static List<TelemetryRows> rows(
      Connection connection, long machineId, Set<Long> metricIds, Instant from, Instant to)
      throws SQLException {
    String part =
        "select "
            + TelemetryRows.COLUMNS
            + " from %s where machine_id = ? and metric_id = any (?)"
            + " and started_at > ? and started_at < ? and ended_at >= ?";
    String sql =
        part.formatted(TelemetryRows.MINUTES)
            + " union all "
            + part.formatted(TelemetryRows.RECENT);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int first = 0; first <= 5; first += 5) {
        statement.setLong(first + 1, machineId);
        statement.setArray(first + 2, connection.createArrayOf("int8", metricIds.toArray()));
        statement.setObject(first + 3, utc(from.toEpochMilli() - 60_000));
        statement.setObject(first + 4, utc(to.toEpochMilli()));
        statement.setObject(first + 5, utc(from.toEpochMilli()));
      }
      return TelemetryRows.read(statement);
    }
  }

  private static void joined(
      TelemetryMetric metric,
      List<ReadingRun> parts,
      long from,
      long to,
      List<TelemetryBatch> batches) {
    parts.sort(Comparator.comparingLong(ReadingRun::first));
    int size = parts.stream().mapToInt(part -> part.values().length).sum();
    long[] times = new long[size];
    double[] values = new double[size];
    int used = 0;
    for (ReadingRun part : parts) {
      for (int i = 0; i < part.values().length; i++) {
        if (part.epochMillis()[i] >= from && part.epochMillis()[i] < to) {
          times[used] = part.epochMillis()[i];
          values[used++] = part.values()[i];
        }
      }
    }
    if (used > 0) {
      batches.add(
          new TelemetryBatch(
              metric, java.util.Arrays.copyOf(times, used), java.util.Arrays.copyOf(values, used)));
    }
  }

  private static java.time.OffsetDateTime utc(long epochMillis) {
    return UtcTime.of(Instant.ofEpochMilli(epochMillis));
  }

  private record MetricMinute(long metricId, long minute) {
    static MetricMinute of(ReadingRun run) {
      return new MetricMinute(run.metricId(), ReadingRun.minute(run.first()));
    }
  }
}
