package dev.nightjar.store.report;

import dev.nightjar.model.Host;
import dev.nightjar.model.Run;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.finding.FindingKind;
import dev.nightjar.model.git.ChangeListing;
import dev.nightjar.store.Database;
import dev.nightjar.store.sample.SeriesRows;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a report says of commits, runs, hosts and the repository. */
public final class ReportQueries {
  private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

  /** The 0.1 % point of the chi-squared distribution with one degree of freedom. */
  private static final double SIGNIFICANT_RATIO = 10.83;

  /** Digits of a SHA-256. */
  private static final int LONGEST_ID = 64;

  private static final String COMMITS =
      "select encode(commit_id, 'hex'), case when ? then pseudonym else person.name end,"
          + " committed_at, subject, listing, change.files, change.added, change.deleted"
          + " from unnest(?::bytea[], ?::bytea[]) with ordinality as wanted (first, last, place)"
          + " join git_commit on commit_id between first and last"
          + " join person on person.person_id = author_id"
          + " join pseudonym on pseudonym.person_id = author_id"
          + " cross join lateral (select count(*) as files,"
          + "   case when count(*) = 0 then 0 else sum(lines_added) end as added,"
          + "   case when count(*) = 0 then 0 else sum(lines_deleted) end as deleted"
          + "   from git_change where git_change.commit_number = git_commit.commit_number) as change"
          + " where repository_id = ? order by place";

  private final Database database;
  private final boolean pseudonyms;

  /** Queries of this database that name people as the history does. */
  public ReportQueries(Database database) {
    this(database, false);
  }

  /**
   * Queries of this database.
   *
   * @param pseudonyms whether to name people by pseudonyms, which stay the same
   */
  public ReportQueries(Database database, boolean pseudonyms) {
    this.database = database;
    this.pseudonyms = pseudonyms;
  }

  /** A row's meaning. */
  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> list(String doing, String sql, RowReader<T> reader, Object... parameters) {
    return database.read(
        doing,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
              statement.setObject(i + 1, parameters[i]);
            }
            return rows(statement, reader);
          }
        });
  }

  private static <T> List<T> rows(PreparedStatement statement, RowReader<T> reader)
      throws SQLException {
    List<T> rows = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        rows.add(reader.read(row));
      }
    }
    return rows;
  }

  /** The kind of machine that a run was made on, under the name of the machine itself. */
  public Host host(Run run) {
    return list(
            "reading the host",
            "select machine_key, coalesce((select machine.name from run_machine"
                + " join machine using (machine_id) where run_id = ?"
                + " order by began_at desc limit 1), name), facts::text from host where host_id = ?",
            row ->
                new Host(
                    row.getString(1),
                    row.getString(2),
                    JsonMapper.shared().readValue(row.getString(3), TEXTS)),
            run.id(),
            run.hostId())
        .getFirst();
  }

  /** A repository's name. */
  public String repositoryName(long repositoryId) {
    return list(
            "reading the repository",
            "select name from repository where repository_id = ?",
            row -> row.getString(1),
            repositoryId)
        .getFirst();
  }

  /** How many commits of a repository are stored. */
  public long commitCount(long repositoryId) {
    return list(
            "counting commits",
            "select count(*) from git_commit where repository_id = ?",
            row -> row.getLong(1),
            repositoryId)
        .getFirst();
  }

  /** Commits by their ids, in the order of the ids; those not stored are left out. */
  public List<CommitLine> commits(long repositoryId, List<String> ids) {
    return commitsBetween(repositoryId, ids, ids);
  }

  /**
   * Commits by how their ids begin, in hex, in the order of these beginnings; an abbreviation that
   * several have gives all of them.
   */
  public List<CommitLine> commitsByPrefix(long repositoryId, List<String> prefixes) {
    return commitsBetween(
        repositoryId,
        prefixes.stream().map(prefix -> prefix + (prefix.length() % 2 == 0 ? "" : "0")).toList(),
        prefixes.stream()
            .map(prefix -> prefix + "f".repeat(Math.max(0, LONGEST_ID - prefix.length())))
            .toList());
  }

  private List<CommitLine> commitsBetween(
      long repositoryId, List<String> first, List<String> last) {
    return database.read(
        "reading commits",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(COMMITS)) {
            statement.setBoolean(1, pseudonyms);
            statement.setArray(2, bytes(connection, first));
            statement.setArray(3, bytes(connection, last));
            statement.setLong(4, repositoryId);
            return rows(statement, ReportQueries::commit);
          }
        });
  }

  private static Array bytes(Connection connection, List<String> ids) throws SQLException {
    byte[][] bytes = ids.stream().map(HexFormat.of()::parseHex).toArray(byte[][]::new);
    return connection.createArrayOf("bytea", bytes);
  }

  private static CommitLine commit(ResultSet row) throws SQLException {
    ChangeListing listing = ChangeListing.of(row.getString(5));
    boolean isKnown = listing == ChangeListing.LISTED;
    return new CommitLine(
        row.getString(1),
        row.getString(2),
        instant(row, 3),
        row.getString(4),
        listing,
        isKnown ? number(row, 6) : null,
        isKnown ? number(row, 7) : null,
        isKnown ? number(row, 8) : null);
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static @Nullable Long number(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  /** How many series got which verdict, for each run of a repository that has verdicts. */
  public Map<UUID, Map<VerdictKind, Integer>> verdictCounts(long repositoryId) {
    record Count(UUID run, VerdictKind kind, int count) {}
    Map<UUID, Map<VerdictKind, Integer>> counts = new HashMap<>();
    list(
            "counting verdicts",
            "select run_id, verdict, count(*) from verdict join run using (run_id)"
                + " where repository_id = ? group by 1, 2",
            row ->
                new Count(
                    row.getObject(1, UUID.class), VerdictKind.of(row.getString(2)), row.getInt(3)),
            repositoryId)
        .forEach(count ->
            counts
                .computeIfAbsent(count.run(), run -> new EnumMap<>(VerdictKind.class))
                .put(count.kind(), count.count()));
    return counts;
  }

  /** The hottest files that are there now and that people wrote here. */
  public List<HotspotLine> hotspots(long repositoryId, int most) {
    return list(
        "reading hotspots",
        "select path, changes, lines_added + lines_deleted, authors, heat, last_changed_at"
            + " from public.hotspots where repository_id = ? and heat is not null"
            + " and not is_generated and not is_vendored order by heat desc, path limit ?",
        row ->
            new HotspotLine(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getInt(4),
                row.getDouble(5),
                instant(row, 6)),
        repositoryId,
        most);
  }

  /** Pairs of files that are there now and change together beyond chance, the surest first. */
  public List<CoChangeLine> coChanges(long repositoryId, int most) {
    return list(
        "reading what changes together",
        "select path, other_path, together, degree from public.co_changes"
            + " where repository_id = ? and is_at_head and log_likelihood_ratio >= ?"
            + " order by log_likelihood_ratio desc, path, other_path limit ?",
        row ->
            new CoChangeLine(row.getString(1), row.getString(2), row.getLong(3), row.getDouble(4)),
        repositoryId,
        SIGNIFICANT_RATIO,
        most);
  }

  /** Who knows what: the whole first, then the folders with most changes. */
  public List<OwnershipLine> owners(long repositoryId, int most) {
    return list(
        "reading who knows what",
        "select part, case when ? then pseudonym else main_author end, main_share, authors,"
            + " bus_factor from public.ownership join pseudonym using (person_id)"
            + " where repository_id = ? order by part <> '/', changes desc, part limit ?",
        row ->
            new OwnershipLine(
                row.getString(1), row.getString(2), row.getDouble(3), row.getInt(4), row.getInt(5)),
        pseudonyms,
        repositoryId,
        most);
  }

  /** Activity by month, the oldest first. */
  public List<MonthLine> months(long repositoryId) {
    return list(
        "reading the activity",
        "select date_trunc('month', authored_at, 'UTC'), count(*),"
            + " count(*) filter (where cardinality(parents) > 1), count(distinct author_id)"
            + " from git_commit where repository_id = ? and authored_at is not null"
            + " and unreachable_since is null group by 1 order by 1",
        row ->
            new MonthLine(
                row.getObject(1, OffsetDateTime.class).toInstant(),
                row.getLong(2),
                row.getLong(3),
                row.getInt(4)),
        repositoryId);
  }

  /** What research answered in a run, in the order of the questions. */
  public List<FindingLine> findings(UUID runId) {
    return list(
        "reading what research found",
        "select question, finding, citations::text from public.research_findings"
            + " where run_id = ? order by started_at, ordinal",
        row -> new FindingLine(row.getString(1), row.getString(2), row.getString(3)),
        runId);
  }

  /** What is slow since an earlier run or this one as the run saw it, and what ended with it. */
  public List<OpenFindingLine> openFindings(UUID runId) {
    return list(
        "reading what is slow since an earlier run",
        "select "
            + SeriesRows.COLUMNS
            + ", findings.kind, since_started_at, since_commit, branch, runs_since, findings.effect,"
            + " verdict.effect, verdict.verdict, findings.suspected_cause, findings.state, told.state,"
            + " coalesce(told.reason, findings.reason)"
            + " from (select finding_id, series_id, null as state, null as reason"
            + " from finding_seen where run_id = ? union all"
            + " select finding_id, series_id, state, reason from finding_end where run_id = ?)"
            + " as told join public.findings using (finding_id, series_id)"
            + " join series using (series_id) join benchmark using (benchmark_id)"
            + " left join verdict on verdict.run_id = ? and verdict.series_id = told.series_id"
            + " order by told.state nulls first, since_started_at, told.series_id",
        row ->
            new OpenFindingLine(
                SeriesRows.series(row, 1),
                FindingKind.of(row.getString(8)),
                Objects.requireNonNull(instant(row, 9)),
                row.getString(10),
                row.getString(11),
                row.getLong(12),
                decimal(row, 13),
                decimal(row, 14),
                row.getString(15) == null ? null : VerdictKind.of(row.getString(15)),
                row.getString(16),
                row.getString(17),
                row.getString(18),
                row.getString(19)),
        runId,
        runId,
        runId);
  }

  /** When findings began and ended up to a moment, the newest first. */
  public List<FindingEventLine> findingEvents(
      long repositoryId, long hostId, Instant until, int most) {
    return list(
        "reading when findings began and ended",
        "select "
            + SeriesRows.COLUMNS
            + ", finding_id, told.at, told.state, told.run_id, findings.effect, suspected_cause,"
            + " findings.reason from (select finding_id, series_id, run.started_at as at,"
            + " null as state, run.run_id from finding join run on run.run_id = found_by"
            + " union all select finding_id, series_id, ended_at, state, run_id from finding_end)"
            + " as told join public.findings using (finding_id, series_id)"
            + " join series using (series_id) join benchmark using (benchmark_id)"
            + " where findings.repository_id = ? and findings.host_id = ? and told.at <= ?"
            + " order by told.at desc, finding_id, told.state nulls last limit ?",
        row ->
            new FindingEventLine(
                SeriesRows.series(row, 1),
                row.getObject(8, UUID.class),
                Objects.requireNonNull(instant(row, 9)),
                row.getString(10),
                row.getObject(11, UUID.class),
                decimal(row, 12),
                row.getString(13),
                row.getString(14)),
        repositoryId,
        hostId,
        until.atOffset(ZoneOffset.UTC),
        most);
  }

  private static @Nullable Double decimal(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }

  /** The branches whose tips are newest. */
  public List<BranchLine> branches(long repositoryId, int most) {
    return list(
        "reading branches",
        "select git_ref.name, encode(target, 'hex'), committed_at from git_ref"
            + " left join git_commit on git_commit.repository_id = git_ref.repository_id"
            + " and git_commit.commit_id = git_ref.commit_id"
            + " where git_ref.repository_id = ? and kind in ('branch', 'remote_branch')"
            + " order by committed_at desc nulls last, git_ref.name limit ?",
        row -> new BranchLine(row.getString(1), row.getString(2), instant(row, 3)),
        repositoryId,
        most);
  }
}
