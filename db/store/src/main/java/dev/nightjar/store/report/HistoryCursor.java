package dev.nightjar.store.report;

import dev.nightjar.store.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes a repository's whole history by, a few thousand rows in memory at a time. Commits that no
 * ref leads to any more are left out.
 */
public final class HistoryCursor {
  private static final int ROWS_AT_A_TIME = 4096;

  private final Database database;
  private final long repositoryId;
  private final boolean pseudonyms;

  /**
   * A cursor over this repository.
   *
   * @param pseudonyms whether to name people by pseudonyms, which stay the same
   */
  public HistoryCursor(Database database, long repositoryId, boolean pseudonyms) {
    this.database = database;
    this.repositoryId = repositoryId;
    this.pseudonyms = pseudonyms;
  }

  /** A row's meaning. */
  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> void each(String doing, String sql, RowReader<T> reader, Consumer<T> sink) {
    // The driver streams only inside a transaction; outside it holds the whole result.
    database.streaming(
        doing,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(ROWS_AT_A_TIME);
            statement.setLong(1, repositoryId);
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                sink.accept(reader.read(row));
              }
            }
          }
          return true;
        });
  }

  /** Every commit, in the order of their numbers, which says nothing of time. */
  public void commits(Consumer<HistoryCommit> sink) {
    each(
        "reading the history",
        "select commit_number, commit_id,"
            + " coalesce((select string_agg(parent, ''::bytea order by place)"
            + " from unnest(parents) with ordinality as listed (parent, place)), ''::bytea),"
            + " author_id, extract(epoch from committed_at)::bigint, subject"
            + " from git_commit where repository_id = ? and unreachable_since is null"
            + " order by commit_number",
        row ->
            new HistoryCommit(
                row.getLong(1),
                row.getBytes(2),
                row.getBytes(3),
                row.getLong(4),
                number(row, 5),
                row.getString(6)),
        sink);
  }

  /** Every change of a file, in the order of the commits' numbers. */
  public void changes(Consumer<HistoryChange> sink) {
    each(
        "reading file changes",
        "select commit_number, kind::text, path, old_path, lines_added, lines_deleted"
            + " from git_change join git_commit using (commit_number)"
            + " where repository_id = ? and unreachable_since is null"
            + " order by commit_number, ordinal",
        row ->
            new HistoryChange(
                row.getLong(1),
                row.getString(2).charAt(0),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                row.getInt(6)),
        sink);
  }

  /** The names of those who wrote commits, by their ids. */
  public Map<Long, String> people() {
    Map<Long, String> names = new HashMap<>();
    each(
        "reading authors",
        "select person_id, "
            + (pseudonyms ? "pseudonym" : "name")
            + " from person join pseudonym using (person_id) where person_id in"
            + " (select author_id from git_commit where repository_id = ?)",
        row -> Map.entry(row.getLong(1), row.getString(2)),
        person -> names.put(person.getKey(), person.getValue()));
    return names;
  }

  /** Branches and tags that lead to a commit, by name. */
  public List<HistoryRef> refs() {
    List<HistoryRef> refs = new ArrayList<>();
    each(
        "reading refs",
        "select name, commit_id from git_ref where repository_id = ? and commit_id is not null"
            + " and kind in ('branch', 'remote_branch', 'tag') order by name",
        row -> new HistoryRef(row.getString(1), row.getBytes(2)),
        refs::add);
    return refs;
  }

  /** The short name of the default branch; absent where nothing says it. */
  public @Nullable String defaultBranch() {
    List<String> names = new ArrayList<>();
    each(
        "reading the repository",
        "select coalesce(default_branch, '') from repository where repository_id = ?",
        row -> row.getString(1),
        names::add);
    return names.isEmpty() || names.getFirst().isEmpty() ? null : names.getFirst();
  }

  private static @Nullable Long number(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
