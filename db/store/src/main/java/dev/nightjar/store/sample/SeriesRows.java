package dev.nightjar.store.sample;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Series;
import dev.nightjar.store.sql.ArrayRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rows of benchmarks and series, made when they are new. */
public final class SeriesRows {
  /** The columns that {@link #series} reads, of {@code benchmark} and {@code series}. */
  public static final String COLUMNS =
      "benchmark.suite, benchmark.name, benchmark.metric, benchmark.unit, benchmark.direction,"
          + " series.parameters::text, series.device";

  /** The tables of {@link #COLUMNS}. */
  static final String FROM = " from series join benchmark using (benchmark_id)";

  /** A direction that was configured anew holds from now on; values of another unit are others. */
  private static final String ON_CONFLICT =
      " on conflict (repository_id, suite, name, metric, unit)"
          + " do update set direction = excluded.direction";

  private static final String BENCHMARK =
      "insert into benchmark (repository_id, suite, name, metric, unit, direction)"
          + " values (?, ?, ?, ?, ?, ?)"
          + ON_CONFLICT;

  private static final int MANY = 50;

  /** How many the driver holds of a result, in a transaction; else all of a hundred thousand. */
  static final int ROWS_AT_ONCE = 5_000;

  private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

  private static final Comparator<Series> ORDER =
      Comparator.comparing((Series series) -> String.valueOf(series.benchmark().suite()))
          .thenComparing(series -> series.benchmark().name())
          .thenComparing(series -> series.benchmark().metric())
          .thenComparing(series -> series.parameters().toString())
          .thenComparing(series -> series.device().label());

  private final Connection connection;
  private final long repositoryId;
  private final long hostId;
  private final Map<Series, Long> known = new HashMap<>();

  public SeriesRows(Connection connection, long repositoryId, long hostId) {
    this.connection = connection;
    this.repositoryId = repositoryId;
    this.hostId = hostId;
  }

  /**
   * Makes the rows of these series: all benchmarks before all series and both in one order
   * everywhere, so that two who write wait for each other in one direction only. Many are made in a
   * few statements: one at a time, tens of thousands of them take minutes.
   */
  public SeriesRows with(Stream<Series> all) throws SQLException {
    Set<Series> wanted = all.collect(toCollection(LinkedHashSet::new));
    if (wanted.size() >= MANY) {
      makeMany(wanted);
      return this;
    }
    List<Series> ordered = wanted.stream().sorted(ORDER).toList();
    makeDevices(ordered);
    Map<Benchmark, List<Series>> byBenchmark =
        ordered.stream().collect(groupingBy(Series::benchmark, LinkedHashMap::new, toList()));
    Map<Series, Long> benchmarkIds = new LinkedHashMap<>();
    for (Map.Entry<Benchmark, List<Series>> entry : byBenchmark.entrySet()) {
      long benchmarkId = benchmarkId(entry.getKey());
      entry.getValue().forEach(one -> benchmarkIds.put(one, benchmarkId));
    }
    for (Map.Entry<Series, Long> entry : benchmarkIds.entrySet()) {
      known.put(entry.getKey(), seriesId(entry.getKey(), entry.getValue()));
    }
    return this;
  }

  /** The id of a series on this host. */
  public long id(Series series) throws SQLException {
    Long id = known.get(series);
    if (id == null) {
      makeDevices(List.of(series));
      id = seriesId(series, benchmarkId(series.benchmark()));
      known.put(series, id);
    }
    return id;
  }

  /** The repository that all of them are of. */
  public long repositoryId() {
    return repositoryId;
  }

  /**
   * The id of a series that is told of from of old: which way it is better is no news, so what is
   * known of that stays.
   */
  public long idOfKnown(Series series) throws SQLException {
    OptionalLong found = find(connection, repositoryId, hostId, series);
    return found.isPresent() ? found.getAsLong() : id(series);
  }

  /** The id of a series on a host; empty when it has none. Nothing is written. */
  static OptionalLong find(Connection connection, long repositoryId, long hostId, Series series)
      throws SQLException {
    String sql =
        "select series_id from series join benchmark using (benchmark_id)"
            + " where repository_id = ? and suite = ? and name = ? and metric = ? and unit = ?"
            + " and parameters = ?::jsonb and device = ? and host_id = ?";
    Benchmark benchmark = series.benchmark();
    String suite = benchmark.suite();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, repositoryId);
      statement.setString(2, suite == null ? "" : suite);
      statement.setString(3, benchmark.name());
      statement.setString(4, benchmark.metric());
      statement.setString(5, benchmark.unit());
      statement.setString(6, JsonMapper.shared().writeValueAsString(series.parameters()));
      statement.setString(7, series.device().label());
      statement.setLong(8, hostId);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  private void makeMany(Set<Series> wanted) throws SQLException {
    String all = "select series_id, " + COLUMNS + FROM + " where repository_id = ? and host_id = ?";
    try (PreparedStatement statement = connection.prepareStatement(all)) {
      read(statement, wanted);
    }
    List<Series> fresh =
        wanted.stream().filter(one -> !known.containsKey(one)).sorted(ORDER).toList();
    if (fresh.isEmpty()) {
      return;
    }
    makeDevices(fresh);
    makeBenchmarks(fresh);
    makeSeries(fresh);
    try (PreparedStatement statement =
        connection.prepareStatement(all + " and benchmark.name = any (?)")) {
      Object[] names = fresh.stream().map(one -> one.benchmark().name()).distinct().toArray();
      statement.setArray(3, connection.createArrayOf("text", names));
      read(statement, wanted);
    }
  }

  private void read(PreparedStatement statement, Set<Series> wanted) throws SQLException {
    statement.setFetchSize(ROWS_AT_ONCE);
    statement.setLong(1, repositoryId);
    statement.setLong(2, hostId);
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        Series one = series(row, 2);
        if (wanted.contains(one)) {
          known.put(one, row.getLong(1));
        }
      }
    }
  }

  /** Those of accelerators, before all else and in one order; the processors always have one. */
  private void makeDevices(Collection<Series> of) throws SQLException {
    List<Device> devices =
        of.stream()
            .map(Series::device)
            .filter(device -> device.kind() != Device.Kind.CPU)
            .distinct()
            .sorted(Comparator.comparing(Device::label))
            .toList();
    if (devices.isEmpty()) {
      return;
    }
    String sql =
        "insert into device (label, kind, slot, model) values (?, ?, ?, ?)"
            + " on conflict (label) do nothing";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Device device : devices) {
        statement.setString(1, device.label());
        statement.setString(2, device.kind().word());
        statement.setObject(
            3, device.slot().isPresent() ? device.slot().getAsInt() : null, Types.INTEGER);
        statement.setString(4, device.model());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private void makeBenchmarks(List<Series> fresh) throws SQLException {
    // One statement must not name a row twice; told two directions, the last word holds.
    Map<List<String>, Benchmark> benchmarks = new LinkedHashMap<>();
    fresh.stream()
        .map(Series::benchmark)
        .forEach(
            one -> benchmarks.put(List.of(suite(one), one.name(), one.metric(), one.unit()), one));
    String sql =
        "insert into benchmark (repository_id, suite, name, metric, unit, direction)"
            + " select ?, * from unnest(?, ?, ?, ?, ?)"
            + ON_CONFLICT;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, repositoryId);
      ArrayRows rows =
          new ArrayRows(connection, statement, 2, "text", "text", "text", "text", "text");
      for (Benchmark one : benchmarks.values()) {
        rows.row(suite(one), one.name(), one.metric(), one.unit(), one.direction().word());
      }
      rows.end();
    }
  }

  private static String suite(Benchmark benchmark) {
    String suite = benchmark.suite();
    return suite == null ? "" : suite;
  }

  private void makeSeries(List<Series> fresh) throws SQLException {
    String sql =
        "insert into series (benchmark_id, parameters, device, host_id)"
            + " select benchmark_id, fresh.parameters::jsonb, fresh.device, ?"
            + " from unnest(?, ?, ?, ?, ?, ?) with ordinality"
            + " as fresh (parameters, device, suite, name, metric, unit, place)"
            + " join benchmark using (suite, name, metric, unit) where repository_id = ?"
            + " order by place on conflict do nothing";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, hostId);
      statement.setLong(8, repositoryId);
      ArrayRows rows =
          new ArrayRows(connection, statement, 2, "text", "text", "text", "text", "text", "text");
      for (Series one : fresh) {
        Benchmark benchmark = one.benchmark();
        rows.row(
            json(one.parameters()),
            one.device().label(),
            suite(benchmark),
            benchmark.name(),
            benchmark.metric(),
            benchmark.unit());
      }
      rows.end();
    }
  }

  private long benchmarkId(Benchmark benchmark) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(BENCHMARK + " returning benchmark_id")) {
      set(statement, benchmark);
      return number(statement);
    }
  }

  private void set(PreparedStatement statement, Benchmark benchmark) throws SQLException {
    statement.setLong(1, repositoryId);
    String suite = benchmark.suite();
    statement.setString(2, suite == null ? "" : suite);
    statement.setString(3, benchmark.name());
    statement.setString(4, benchmark.metric());
    statement.setString(5, benchmark.unit());
    statement.setString(6, benchmark.direction().word());
  }

  private long seriesId(Series series, long benchmarkId) throws SQLException {
    String sql =
        "insert into series (benchmark_id, parameters, device, host_id) values (?, ?::jsonb, ?, ?)"
            + " on conflict (benchmark_id, parameters, device, host_id)"
            + " do update set device = excluded.device returning series_id";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, benchmarkId);
      statement.setString(2, JsonMapper.shared().writeValueAsString(series.parameters()));
      statement.setString(3, series.device().label());
      statement.setLong(4, hostId);
      return number(statement);
    }
  }

  /** The series of all rows, whose columns are {@link #COLUMNS}, in their order. */
  static Set<Series> all(PreparedStatement statement) throws SQLException {
    Set<Series> series = new LinkedHashSet<>();
    statement.setFetchSize(ROWS_AT_ONCE);
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        series.add(series(row, 1));
      }
    }
    return series;
  }

  public static @Nullable String json(@Nullable SortedMap<String, String> parameters) {
    return parameters == null ? null : JsonMapper.shared().writeValueAsString(parameters);
  }

  public static @Nullable SortedMap<String, String> parameters(@Nullable String json) {
    return json == null ? null : texts(json);
  }

  /** Most series have no parameters, and a parser for each of many would take its time. */
  private static SortedMap<String, String> texts(String json) {
    return json.equals("{}")
        ? Collections.emptySortedMap()
        : JsonMapper.shared().readValue(json, TEXTS);
  }

  private static long number(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /**
   * The series of a row whose {@link #COLUMNS} begin at the given column. Of all its texts but the
   * name there are few, so each is one object however many series have it.
   */
  public static Series series(ResultSet row, int first) throws SQLException {
    String suite = row.getString(first);
    Benchmark benchmark =
        new Benchmark(
            row.getString(first + 1),
            suite.isEmpty() ? null : suite.intern(),
            row.getString(first + 2).intern(),
            row.getString(first + 3).intern(),
            Direction.of(row.getString(first + 4)));
    SortedMap<String, String> parameters = texts(row.getString(first + 5));
    return new Series(benchmark, parameters, Device.of(row.getString(first + 6)));
  }
}
