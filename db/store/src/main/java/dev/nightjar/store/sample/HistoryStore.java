package dev.nightjar.store.sample;

import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.store.sql.Connections;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * What earlier runs measured, for many series at once: a run of tens of thousands of series cannot
 * ask for each by itself. Reading makes no row.
 */
public final class HistoryStore {
  private final Connections database;

  public HistoryStore(Connections database) {
    this.database = database;
  }

  /** The identifiers of those of these series that the host has, with the series. */
  public Map<Long, Series> ids(long repositoryId, long hostId, Set<Series> series) {
    return database.inTransaction(
        "looking for the series",
        connection -> {
          String sql =
              "select series_id, "
                  + SeriesRows.COLUMNS
                  + " from series join benchmark using (benchmark_id)"
                  + " where repository_id = ? and host_id = ?";
          Map<Long, Series> found = new HashMap<>();
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(SeriesRows.ROWS_AT_ONCE);
            statement.setLong(1, repositoryId);
            statement.setLong(2, hostId);
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                Series one = SeriesRows.series(row, 2);
                if (series.contains(one)) {
                  found.put(row.getLong(1), one);
                }
              }
            }
          }
          return found;
        });
  }

  /** Those of the series that other hosts measured. */
  public Set<Series> measuredElsewhere(long repositoryId, long hostId, Set<Series> series) {
    return database.inTransaction(
        "looking for series of other hosts",
        connection -> {
          String sql =
              "select distinct "
                  + SeriesRows.COLUMNS
                  + SeriesRows.FROM
                  + " where repository_id = ? and host_id <> ?";
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, repositoryId);
            statement.setLong(2, hostId);
            Set<Series> found = new HashSet<>(SeriesRows.all(statement));
            found.retainAll(series);
            return found;
          }
        });
  }

  /**
   * What any of these runs measured, but for some.
   *
   * @param but identifiers of those that are known
   */
  public Set<Series> series(List<UUID> runIds, Set<Long> but) {
    return database.inTransaction(
        "reading the inventory",
        connection -> {
          Set<Long> ids = measured(connection, runIds);
          ids.removeAll(but);
          if (ids.isEmpty()) {
            return Set.of();
          }
          String sql =
              "select "
                  + SeriesRows.COLUMNS
                  + SeriesRows.FROM
                  + " where series_id = any (?) order by series_id";
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            return SeriesRows.all(statement);
          }
        });
  }

  private static Set<Long> measured(Connection connection, List<UUID> runIds) throws SQLException {
    String sql = "select distinct series_id from sample where run_id = any (?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(SeriesRows.ROWS_AT_ONCE);
      statement.setArray(1, connection.createArrayOf("uuid", runIds.toArray()));
      Set<Long> ids = new HashSet<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          ids.add(row.getLong(1));
        }
      }
      return ids;
    }
  }

  /**
   * What these series gave in these runs, by series and run in any order.
   *
   * @param series by identifier
   * @param withReadings whether what the machine did is wanted as well
   */
  public List<PastSamples> samples(
      Map<Long, Series> series, List<UUID> runIds, boolean withReadings) {
    return database.inTransaction(
        "reading the history",
        connection -> {
          String sql =
              "select series_id, run_id, coalesce(weight, 1), value"
                  + (withReadings ? ", ordinal, started_at, wall_nanos, " + ReadingColumns.ALL : "")
                  + " from sample left join sample_disturbance using (run_id, series_id, ordinal)"
                  + " where run_id = any (?) and series_id = any (?)"
                  + " order by series_id, run_id, ordinal";
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(SeriesRows.ROWS_AT_ONCE);
            statement.setArray(1, connection.createArrayOf("uuid", runIds.toArray()));
            statement.setArray(2, connection.createArrayOf("bigint", series.keySet().toArray()));
            try (ResultSet row = statement.executeQuery()) {
              return grouped(row, series, withReadings);
            }
          }
        });
  }

  private static List<PastSamples> grouped(
      ResultSet row, Map<Long, Series> series, boolean withReadings) throws SQLException {
    List<PastSamples> all = new ArrayList<>();
    Group group = null;
    while (row.next()) {
      long seriesId = row.getLong(1);
      UUID runId = row.getObject(2, UUID.class);
      if (group == null || seriesId != group.seriesId || !runId.equals(group.runId)) {
        if (group != null) {
          all.add(group.samples());
        }
        group = new Group(seriesId, runId);
      }
      group.add(row.getDouble(4), row.getDouble(3));
      if (withReadings) {
        group.observed.add(sample(row, Objects.requireNonNull(series.get(seriesId))));
      }
    }
    if (group != null) {
      all.add(group.samples());
    }
    return all;
  }

  /** What one series gave in one run, while its rows come; mostly it is one. */
  private static final class Group {
    private final long seriesId;
    private final UUID runId;
    private final List<Sample> observed = new ArrayList<>(0);
    private double[] values = new double[1];
    private double[] weights = new double[1];
    private int count;

    Group(long seriesId, UUID runId) {
      this.seriesId = seriesId;
      this.runId = runId;
    }

    void add(double value, double weight) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
        weights = Arrays.copyOf(weights, 2 * count);
      }
      values[count] = value;
      weights[count++] = weight;
    }

    PastSamples samples() {
      return new PastSamples(
          seriesId,
          runId,
          Arrays.copyOf(values, count),
          Arrays.copyOf(weights, count),
          List.copyOf(observed));
    }
  }

  private static Sample sample(ResultSet row, Series series) throws SQLException {
    return new Sample(
        series,
        row.getInt(5),
        row.getDouble(4),
        row.getObject(6, OffsetDateTime.class).toInstant(),
        row.getLong(7),
        ReadingColumns.read(row, 8));
  }
}
