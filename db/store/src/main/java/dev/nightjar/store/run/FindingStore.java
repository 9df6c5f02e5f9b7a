package dev.nightjar.store.run;

import dev.nightjar.model.Series;
import dev.nightjar.model.finding.Finding;
import dev.nightjar.model.finding.FindingEnd;
import dev.nightjar.model.finding.FindingKind;
import dev.nightjar.model.finding.FindingLife;
import dev.nightjar.model.finding.FindingState;
import dev.nightjar.model.finding.LevelMark;
import dev.nightjar.model.finding.RunFindings;
import dev.nightjar.model.finding.RunMark;
import dev.nightjar.store.sample.SeriesRows;
import dev.nightjar.store.sql.Connections;
import dev.nightjar.store.sql.StoredText;
import dev.nightjar.store.sql.UtcTime;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What got worse, the runs that saw it so, and how it ended. */
public final class FindingStore {
  private static final String COLUMNS =
      "finding_id, kind, found_by, since_run_id, encode(since_commit, 'hex'), since_branch,"
          + " since_started_at, good_run_id, encode(good_commit, 'hex'), good_branch,"
          + " good_started_at, good_low, good_level, good_high, finding.effect,"
          + " finding.effect_low, finding.effect_high, cause, "
          + SeriesRows.COLUMNS;

  private static final String FROM =
      " from finding join series using (series_id) join benchmark using (benchmark_id)";

  private final Connections database;

  public FindingStore(Connections database) {
    this.database = database;
  }

  /** Keeps what the judgement of a run says of findings, in place of what it said before. */
  public void put(UUID runId, long repositoryId, long hostId, RunFindings findings) {
    database.inTransaction(
        "storing findings",
        connection ->
            put(connection, new SeriesRows(connection, repositoryId, hostId), runId, findings));
  }

  static int put(Connection connection, SeriesRows series, UUID runId, RunFindings findings)
      throws SQLException {
    forget(connection, runId, findings);
    for (Finding finding : findings.open()) {
      long seriesId = series.idOfKnown(finding.series());
      insert(connection, seriesId, finding);
      insertSeen(connection, seriesId, runId, finding.id());
    }
    for (FindingEnd end : findings.ended()) {
      insert(connection, series, runId, end);
    }
    return findings.open().size();
  }

  /** What the run found and finds no more goes with all that was said of it. */
  private static void forget(Connection connection, UUID runId, RunFindings findings)
      throws SQLException {
    Object[] kept = findings.open().stream().map(Finding::id).toArray();
    try (PreparedStatement found =
        connection.prepareStatement(
            "delete from finding where found_by = ? and not finding_id = any (?)")) {
      found.setObject(1, runId);
      found.setArray(2, connection.createArrayOf("uuid", kept));
      found.executeUpdate();
    }
    for (String table : List.of("finding_seen", "finding_end")) {
      try (PreparedStatement said =
          connection.prepareStatement("delete from " + table + " where run_id = ?")) {
        said.setObject(1, runId);
        said.executeUpdate();
      }
    }
  }

  private static void insert(Connection connection, long seriesId, Finding finding)
      throws SQLException {
    String sql =
        "insert into finding values"
            + " (?, ?, ?, ?, ?, decode(?, 'hex'), ?, ?, ?, decode(?, 'hex'), ?, ?, ?, ?, ?, ?, ?,"
            + " ?, ?) on conflict (finding_id, series_id) do update set effect = excluded.effect,"
            + " effect_low = excluded.effect_low, effect_high = excluded.effect_high,"
            + " cause = excluded.cause, good_low = excluded.good_low,"
            + " good_level = excluded.good_level, good_high = excluded.good_high";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, finding.id());
      statement.setLong(2, seriesId);
      statement.setString(3, finding.kind().word());
      statement.setObject(4, finding.foundBy());
      set(statement, 5, finding.since());
      set(statement, 9, finding.lastGood());
      statement.setArray(13, levels(connection, finding, LevelMark::low));
      statement.setArray(14, levels(connection, finding, LevelMark::level));
      statement.setArray(15, levels(connection, finding, LevelMark::high));
      statement.setObject(16, finding.effect());
      statement.setObject(17, finding.effectLow());
      statement.setObject(18, finding.effectHigh());
      statement.setString(19, StoredText.of(finding.cause()));
      statement.executeUpdate();
    }
  }

  private static void set(PreparedStatement statement, int first, RunMark run) throws SQLException {
    String branch = run.branch();
    statement.setObject(first, run.runId());
    statement.setString(first + 1, run.commit());
    statement.setString(first + 2, branch == null ? null : StoredText.of(branch));
    statement.setObject(first + 3, UtcTime.of(run.startedAt()));
  }

  private static Array levels(
      Connection connection, Finding finding, ToDoubleFunction<LevelMark> part)
      throws SQLException {
    return connection.createArrayOf(
        "float8", finding.good().stream().mapToDouble(part).boxed().toArray());
  }

  private static void insertSeen(Connection connection, long seriesId, UUID runId, UUID findingId)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into finding_seen (run_id, finding_id, series_id) values (?, ?, ?)")) {
      statement.setObject(1, runId);
      statement.setObject(2, findingId);
      statement.setLong(3, seriesId);
      statement.executeUpdate();
    }
  }

  /** Of a finding that is here: a run that was carried here alone may end one that is not. */
  private static void insert(Connection connection, SeriesRows series, UUID runId, FindingEnd end)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into finding_end (finding_id, series_id, run_id, state, ended_at, reason)"
                + " select finding_id, series_id, ?, ?, ?, ? from finding"
                + " join series using (series_id) join benchmark using (benchmark_id)"
                + " where finding_id = ? and repository_id = ?")) {
      statement.setObject(1, runId);
      statement.setString(2, end.state().word());
      statement.setObject(3, UtcTime.of(end.endedAt()));
      statement.setString(4, StoredText.of(end.reason()));
      statement.setObject(5, end.findingId());
      statement.setLong(6, series.repositoryId());
      statement.executeUpdate();
    }
  }

  /**
   * Ends a finding by a person's word.
   *
   * @return whether there is one of that identifier in the repository, and nobody did before
   */
  public boolean accept(long repositoryId, UUID findingId, Instant at, String reason) {
    return database.inTransaction(
        "accepting a finding",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "insert into finding_end (finding_id, series_id, run_id, state, ended_at, reason)"
                      + " select finding_id, series_id, null, 'accepted', ?, ? from finding"
                      + " join series using (series_id) join benchmark using (benchmark_id)"
                      + " where finding_id = ? and repository_id = ?"
                      + " on conflict do nothing")) {
            statement.setObject(1, UtcTime.of(at));
            statement.setString(2, StoredText.of(reason));
            statement.setObject(3, findingId);
            statement.setLong(4, repositoryId);
            return statement.executeUpdate() > 0;
          }
        });
  }

  /** What was found in the runs of a repository on a host. */
  public List<FindingLife> of(long repositoryId, long hostId) {
    return database.read(
        "reading findings",
        connection -> {
          String where = " where repository_id = ? and series.host_id = ?";
          List<Finding> findings = new ArrayList<>();
          Map<UUID, Set<UUID>> seen = new HashMap<>();
          Map<UUID, List<FindingEnd>> ends = new HashMap<>();
          Object[] place = {repositoryId, hostId};
          read(
              connection,
              "select " + COLUMNS + FROM + where + " order by finding_id",
              place,
              row -> findings.add(finding(row)));
          String joined = FROM + " join finding_seen using (finding_id, series_id)" + where;
          read(
              connection,
              "select finding_id, run_id" + joined,
              place,
              row -> seen.computeIfAbsent(uuid(row, 1), _ -> new HashSet<>()).add(uuid(row, 2)));
          read(
              connection,
              "select finding_id, run.run_id, finding_end.state, ended_at, reason from finding_end"
                  + " join series using (series_id) join benchmark using (benchmark_id)"
                  + " left join run on run.run_id = finding_end.run_id"
                  + " where benchmark.repository_id = ? and series.host_id = ? order by ended_at",
              place,
              row -> ends.computeIfAbsent(uuid(row, 1), _ -> new ArrayList<>()).add(end(row)));
          return findings.stream()
              .map(one ->
                  new FindingLife(
                      one,
                      seen.getOrDefault(one.id(), Set.of()),
                      ends.getOrDefault(one.id(), List.of())))
              .toList();
        });
  }

  /** What the judgement of a run said. */
  public RunFindings ofRun(UUID runId) {
    return database.read(
        "reading a run's findings",
        connection -> {
          List<Finding> open = new ArrayList<>();
          List<FindingEnd> ended = new ArrayList<>();
          Object[] run = {runId};
          read(
              connection,
              "select "
                  + COLUMNS
                  + FROM
                  + " join finding_seen using (finding_id, series_id)"
                  + " where run_id = ? order by finding_id",
              run,
              row -> open.add(finding(row)));
          read(
              connection,
              "select finding_id, run_id, state, ended_at, reason from finding_end"
                  + " where run_id = ? order by finding_id",
              run,
              row -> ended.add(end(row)));
          return new RunFindings(open, ended);
        });
  }

  /** Series that were made slow on other branches than the run's alone, as far as it saw it. */
  public Set<Series> inherited(UUID runId) {
    return database.read(
        "reading whose findings they are",
        connection -> {
          Set<Series> inherited = new LinkedHashSet<>();
          read(
              connection,
              "select "
                  + SeriesRows.COLUMNS
                  + FROM
                  + " join finding_seen using (finding_id, series_id) join run using (run_id)"
                  + " where run_id = ? group by benchmark.benchmark_id, series.series_id"
                  + " having bool_and(since_branch is distinct from run.branch)",
              new Object[] {runId},
              row -> inherited.add(SeriesRows.series(row, 1)));
          return inherited;
        });
  }

  private interface RowTaker {
    void take(ResultSet row) throws SQLException;
  }

  private static void read(Connection connection, String sql, Object[] parameters, RowTaker taker)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          taker.take(row);
        }
      }
    }
  }

  private static Finding finding(ResultSet row) throws SQLException {
    return new Finding(
        uuid(row, 1),
        SeriesRows.series(row, 19),
        FindingKind.of(row.getString(2)),
        uuid(row, 3),
        run(row, 4),
        run(row, 8),
        good(row),
        number(row, 15),
        number(row, 16),
        number(row, 17),
        row.getString(18));
  }

  private static RunMark run(ResultSet row, int first) throws SQLException {
    return new RunMark(
        uuid(row, first),
        row.getString(first + 1),
        row.getString(first + 2),
        row.getObject(first + 3, OffsetDateTime.class).toInstant());
  }

  private static List<LevelMark> good(ResultSet row) throws SQLException {
    Double[] low = (Double[]) row.getArray(12).getArray();
    Double[] level = (Double[]) row.getArray(13).getArray();
    Double[] high = (Double[]) row.getArray(14).getArray();
    List<LevelMark> good = new ArrayList<>();
    for (int i = 0; i < level.length; i++) {
      good.add(new LevelMark(low[i], level[i], high[i]));
    }
    return good;
  }

  private static FindingEnd end(ResultSet row) throws SQLException {
    return new FindingEnd(
        uuid(row, 1),
        row.getObject(2, UUID.class),
        FindingState.of(row.getString(3)),
        row.getObject(4, OffsetDateTime.class).toInstant(),
        row.getString(5));
  }

  private static UUID uuid(ResultSet row, int column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  private static @Nullable Double number(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }
}
