package dev.nightjar.store.sample;

import static java.util.stream.Collectors.joining;

import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.store.sql.ArrayRows;
import dev.nightjar.store.sql.Connections;
import dev.nightjar.store.sql.UtcTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Samples: every repetition of every benchmark. */
public final class SampleStore {
  /** Behind the run's identifier. */
  private static final List<String> COLUMN_TYPES =
      List.of("int8", "int4", "float8", "timestamptz", "int8");

  private final Connections database;

  public SampleStore(Connections database) {
    this.database = database;
  }

  /** Keeps samples; one that is there already, by run, series and ordinal, stays as it is. */
  public void put(UUID runId, long repositoryId, long hostId, List<Sample> samples) {
    database.inTransaction(
        "storing the samples",
        connection ->
            put(connection, new SeriesRows(connection, repositoryId, hostId), runId, samples));
  }

  public static int put(Connection connection, SeriesRows series, UUID runId, List<Sample> samples)
      throws SQLException {
    series.with(samples.stream().map(Sample::series));
    ReadingColumns readings = ReadingColumns.of(samples);
    List<String> types = Stream.concat(COLUMN_TYPES.stream(), readings.types().stream()).toList();
    String sql =
        "insert into sample (run_id, series_id, ordinal, value, started_at, wall_nanos"
            + readings.names().stream().map(name -> ", " + name).collect(joining())
            + ") select ?, * from unnest(?"
            + ", ?".repeat(types.size() - 1)
            + ") on conflict do nothing";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, runId);
      ArrayRows rows = new ArrayRows(connection, statement, 2, types.toArray(String[]::new));
      for (Sample sample : samples) {
        rows.row(columns(series.id(sample.series()), sample, readings));
      }
      return rows.end();
    }
  }

  private static @Nullable Object[] columns(long seriesId, Sample sample, ReadingColumns readings) {
    List<@Nullable Object> columns = new ArrayList<>();
    columns.add(seriesId);
    columns.add(sample.ordinal());
    columns.add(sample.value());
    columns.add(UtcTime.of(sample.startedAt()));
    columns.add(sample.wallNanos());
    readings.add(sample.readings(), columns);
    return columns.toArray();
  }

  /** The samples of a run, by series and ordinal. */
  public List<Sample> of(UUID runId) {
    return database.read(
        "reading the samples",
        connection -> {
          String sql =
              "select "
                  + SeriesRows.COLUMNS
                  + ", ordinal, value, started_at, wall_nanos, "
                  + ReadingColumns.ALL
                  + " from sample join series using (series_id) join benchmark using (benchmark_id)"
                  + " where run_id = ? order by series_id, ordinal";
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, runId);
            List<Sample> samples = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                samples.add(sample(row, SeriesRows.series(row, 1), 8));
              }
            }
            return samples;
          }
        });
  }

  private static Sample sample(ResultSet row, Series series, int first) throws SQLException {
    return new Sample(
        series,
        row.getInt(first),
        row.getDouble(first + 1),
        row.getObject(first + 2, OffsetDateTime.class).toInstant(),
        row.getLong(first + 3),
        ReadingColumns.read(row, first + 4));
  }

  /**
   * What a series gave on a host in the runs before a moment, oldest first.
   *
   * @param mostRuns how many runs at the most, the newest ones
   */
  public List<SeriesRun> history(
      long repositoryId, long hostId, Series series, Instant before, int mostRuns) {
    String runs =
        "in (select run_id from run where repository_id = ? and state = 'completed'"
            + " and started_at < ? and exists (select from sample as any_sample"
            + " where any_sample.run_id = run.run_id and any_sample.series_id = ?)"
            + " order by started_at desc limit ?)";
    return given(
        repositoryId,
        hostId,
        series,
        runs,
        (statement, seriesId) -> {
          statement.setLong(2, repositoryId);
          statement.setObject(3, UtcTime.of(before));
          statement.setLong(4, seriesId);
          statement.setInt(5, mostRuns);
        });
  }

  /** What a series gave on a host in these runs; those without it are left out. */
  public List<SeriesRun> in(long repositoryId, long hostId, Series series, List<UUID> runIds) {
    return given(
        repositoryId,
        hostId,
        series,
        "= any (?)",
        (statement, seriesId) ->
            statement.setArray(
                2, statement.getConnection().createArrayOf("uuid", runIds.toArray())));
  }

  /** Sets what stands for the runs, from the second parameter on. */
  @FunctionalInterface
  private interface RunParameters {
    void set(PreparedStatement statement, long seriesId) throws SQLException;
  }

  private List<SeriesRun> given(
      long repositoryId, long hostId, Series series, String runs, RunParameters parameters) {
    return database.read(
        "reading the history",
        connection -> {
          OptionalLong found = SeriesRows.find(connection, repositoryId, hostId, series);
          if (found.isEmpty()) {
            return List.of();
          }
          String sql =
              "select run_id, encode(head_commit, 'hex'), run.started_at, ordinal, value,"
                  + " sample.started_at, wall_nanos, "
                  + ReadingColumns.ALL
                  + " from sample join run using (run_id) where series_id = ? and run_id "
                  + runs
                  + " order by run.started_at, run_id, ordinal";
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, found.getAsLong());
            parameters.set(statement, found.getAsLong());
            return seriesRuns(statement, series);
          }
        });
  }

  private static List<SeriesRun> seriesRuns(PreparedStatement statement, Series series)
      throws SQLException {
    Map<UUID, SeriesRun> runs = new LinkedHashMap<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        UUID runId = row.getObject(1, UUID.class);
        SeriesRun run = runs.get(runId);
        if (run == null) {
          Instant startedAt = row.getObject(3, OffsetDateTime.class).toInstant();
          run = new SeriesRun(runId, row.getString(2), startedAt, new ArrayList<>());
          runs.put(runId, run);
        }
        run.samples().add(sample(row, series, 4));
      }
    }
    return List.copyOf(runs.values());
  }

  /** The series that a run measured. */
  public Set<Series> seriesOf(UUID runId) {
    return database.read(
        "reading the inventory",
        connection -> {
          String sql =
              "select "
                  + SeriesRows.COLUMNS
                  + SeriesRows.FROM
                  + " where series_id in (select series_id from sample where run_id = ?)"
                  + " order by series_id";
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, runId);
            return SeriesRows.all(statement);
          }
        });
  }
}
