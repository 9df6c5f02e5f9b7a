package dev.nightjar.store;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Series;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rows of benchmarks and series, made when they are new. */
final class SeriesRows {
  /** The columns that {@link #series} reads, of {@code benchmark} and {@code series}. */
  static final String COLUMNS =
      "benchmark.suite, benchmark.name, benchmark.metric, benchmark.unit, benchmark.direction,"
          + " series.parameters::text, series.device";

  private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

  private final Connection connection;
  private final long repositoryId;
  private final long hostId;
  private final Map<Series, Long> known = new HashMap<>();

  SeriesRows(Connection connection, long repositoryId, long hostId) {
    this.connection = connection;
    this.repositoryId = repositoryId;
    this.hostId = hostId;
  }

  /** The id of a series on this host. */
  long id(Series series) throws SQLException {
    Long id = known.get(series);
    if (id == null) {
      id = seriesId(series, benchmarkId(series.benchmark()));
      known.put(series, id);
    }
    return id;
  }

  /** The id of a series on a host; empty when it has none. Nothing is written. */
  static OptionalLong find(Connection connection, long repositoryId, long hostId, Series series)
      throws SQLException {
    String sql =
        "select series_id from series join benchmark using (benchmark_id)"
            + " where repository_id = ? and suite = ? and name = ? and metric = ?"
            + " and parameters = ?::jsonb and device = ? and host_id = ?";
    Benchmark benchmark = series.benchmark();
    String suite = benchmark.suite();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, repositoryId);
      statement.setString(2, suite == null ? "" : suite);
      statement.setString(3, benchmark.name());
      statement.setString(4, benchmark.metric());
      statement.setString(5, JsonMapper.shared().writeValueAsString(series.parameters()));
      statement.setString(6, series.device());
      statement.setLong(7, hostId);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  private long benchmarkId(Benchmark benchmark) throws SQLException {
    // A unit or direction that was configured anew holds from now on.
    String sql =
        "insert into benchmark (repository_id, suite, name, metric, unit, direction)"
            + " values (?, ?, ?, ?, ?, ?) on conflict (repository_id, suite, name, metric)"
            + " do update set unit = excluded.unit, direction = excluded.direction"
            + " returning benchmark_id";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, repositoryId);
      String suite = benchmark.suite();
      statement.setString(2, suite == null ? "" : suite);
      statement.setString(3, benchmark.name());
      statement.setString(4, benchmark.metric());
      statement.setString(5, benchmark.unit());
      statement.setString(6, benchmark.direction().word());
      return number(statement);
    }
  }

  private long seriesId(Series series, long benchmarkId) throws SQLException {
    String sql =
        "insert into series (benchmark_id, parameters, device, host_id) values (?, ?::jsonb, ?, ?)"
            + " on conflict (benchmark_id, parameters, device, host_id)"
            + " do update set device = excluded.device returning series_id";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, benchmarkId);
      statement.setString(2, JsonMapper.shared().writeValueAsString(series.parameters()));
      statement.setString(3, series.device());
      statement.setLong(4, hostId);
      return number(statement);
    }
  }

  private static long number(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The series of a row whose {@link #COLUMNS} begin at the given column. */
  static Series series(ResultSet row, int first) throws SQLException {
    String suite = row.getString(first);
    Benchmark benchmark =
        new Benchmark(
            row.getString(first + 1),
            suite.isEmpty() ? null : suite,
            row.getString(first + 2),
            row.getString(first + 3),
            Direction.of(row.getString(first + 4)));
    SortedMap<String, String> parameters =
        JsonMapper.shared().readValue(row.getString(first + 5), TEXTS);
    return new Series(benchmark, parameters, row.getString(first + 6));
  }
}
