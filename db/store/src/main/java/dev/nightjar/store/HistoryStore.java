package dev.nightjar.store;

import dev.nightjar.model.BoundaryReadings;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
  private final Database database;

  HistoryStore(Database database) {
    this.database = database;
  }

  /** The identifiers of those of these series that the host has, with the series. */
  public Map<Long, Series> ids(long repositoryId, long hostId, Set<Series> series) {
    return database.read(
        "looking for the series",
        connection -> {
          String sql =
              "select series_id, "
                  + SeriesRows.COLUMNS
                  + " from series join benchmark using (benchmark_id)"
                  + " where repository_id = ? and host_id = ?";
          Map<Long, Series> found = new HashMap<>();
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
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
    return database.read(
        "looking for series of other hosts",
        connection -> {
          String sql =
              "select distinct "
                  + SeriesRows.COLUMNS
                  + " from series join benchmark using (benchmark_id)"
                  + " where repository_id = ? and host_id <> ?";
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, repositoryId);
            statement.setLong(2, hostId);
            Set<Series> found = new HashSet<>(all(statement));
            found.retainAll(series);
            return found;
          }
        });
  }

  /** What any of these runs measured. */
  public Set<Series> series(List<UUID> runIds) {
    return database.read(
        "reading the inventory",
        connection -> {
          String sql =
              "select "
                  + SeriesRows.COLUMNS
                  + " from series join benchmark using (benchmark_id) where series_id in"
                  + " (select series_id from sample where run_id = any (?)) order by series_id";
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("uuid", runIds.toArray()));
            return all(statement);
          }
        });
  }

  private static Set<Series> all(PreparedStatement statement) throws SQLException {
    Set<Series> series = new LinkedHashSet<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        series.add(SeriesRows.series(row, 1));
      }
    }
    return series;
  }

  /**
   * What these series gave in these runs, by series and run in any order.
   *
   * @param series by identifier
   * @param withReadings whether what the machine did is wanted as well
   */
  public List<PastSamples> samples(
      Map<Long, Series> series, List<UUID> runIds, boolean withReadings) {
    return database.read(
        "reading the history",
        connection -> {
          String sql =
              "select series_id, run_id, coalesce(weight, 1), ordinal, value, started_at, wall_nanos"
                  + (withReadings ? ", " + SampleStore.READING_COLUMNS : "")
                  + " from sample left join sample_disturbance using (run_id, series_id, ordinal)"
                  + " where run_id = any (?) and series_id = any (?)"
                  + " order by series_id, run_id, ordinal";
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
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
    List<Sample> samples = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    long seriesId = 0;
    UUID runId = new UUID(0, 0);
    while (row.next()) {
      long nextSeries = row.getLong(1);
      UUID nextRun = row.getObject(2, UUID.class);
      if (!samples.isEmpty() && (nextSeries != seriesId || !nextRun.equals(runId))) {
        all.add(group(seriesId, runId, samples, weights));
        samples.clear();
        weights.clear();
      }
      seriesId = nextSeries;
      runId = nextRun;
      weights.add(row.getDouble(3));
      samples.add(sample(row, Objects.requireNonNull(series.get(seriesId)), withReadings));
    }
    if (!samples.isEmpty()) {
      all.add(group(seriesId, runId, samples, weights));
    }
    return all;
  }

  private static Sample sample(ResultSet row, Series series, boolean withReadings)
      throws SQLException {
    return new Sample(
        series,
        row.getInt(4),
        row.getDouble(5),
        row.getObject(6, OffsetDateTime.class).toInstant(),
        row.getLong(7),
        withReadings ? SampleStore.readings(row, 8) : BoundaryReadings.ABSENT);
  }

  private static PastSamples group(
      long seriesId, UUID runId, List<Sample> samples, List<Double> weights) {
    return new PastSamples(
        seriesId,
        runId,
        List.copyOf(samples),
        weights.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
