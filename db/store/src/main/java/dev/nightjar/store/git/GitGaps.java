package dev.nightjar.store.git;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * Where the stored history has holes: commits that could not be read when something led to them,
 * and borders of a shallow clone that was deepened since. A gap is kept until it is filled, so a
 * kill between finding and filling it loses nothing.
 */
final class GitGaps {
  private static final HexFormat HEX = HexFormat.of();

  private final long repositoryId;

  GitGaps(long repositoryId) {
    this.repositoryId = repositoryId;
  }

  /**
   * Makes gaps of the stored borders that are none any more: what such a commit changed can be
   * known now, and what lies behind it can be read.
   *
   * @param borders where the repository's history is cut now
   */
  void openBorders(Connection connection, Array borders) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "with deepened as (delete from git_commit where repository_id = ?"
                + " and listing = 'shallow' and not commit_id = any(?)"
                + " returning repository_id, commit_id)"
                + " insert into git_gap (repository_id, commit_id)"
                + " select repository_id, commit_id from deepened on conflict do nothing")) {
      statement.setLong(1, repositoryId);
      statement.setArray(2, borders);
      statement.executeUpdate();
    }
  }

  /**
   * The gaps that something reachable leads to; the others are nobody's business any more.
   *
   * @param tips what the refs lead to
   */
  Set<String> open(Connection connection, Array tips) throws SQLException {
    Set<String> gaps = new HashSet<>();
    if (!areAny(connection)) {
      return gaps;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select distinct git_gap.commit_id from git_gap left join"
                + " (select unnest(parents) as parent from git_commit where repository_id = ?"
                + "  and unreachable_since is null and listing <> 'shallow') as led"
                + " on led.parent = git_gap.commit_id where git_gap.repository_id = ?"
                + " and (led.parent is not null or git_gap.commit_id = any(?))")) {
      statement.setLong(1, repositoryId);
      statement.setLong(2, repositoryId);
      statement.setArray(3, tips);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          gaps.add(HEX.formatHex(row.getBytes(1)));
        }
      }
    }
    return gaps;
  }

  private boolean areAny(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select exists (select from git_gap where repository_id = ?)")) {
      statement.setLong(1, repositoryId);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /**
   * Forgets what is filled and keeps what was found missing.
   *
   * @param missing commits that could not be read
   */
  void close(Connection connection, Array missing) throws SQLException {
    try (PreparedStatement filled =
            connection.prepareStatement(
                "delete from git_gap using git_commit where git_gap.repository_id = ?"
                    + " and git_commit.repository_id = git_gap.repository_id"
                    + " and git_commit.commit_id = git_gap.commit_id");
        PreparedStatement found =
            connection.prepareStatement(
                "insert into git_gap (repository_id, commit_id) select ?, unnest(?)"
                    + " on conflict do nothing")) {
      filled.setLong(1, repositoryId);
      filled.executeUpdate();
      found.setLong(1, repositoryId);
      found.setArray(2, missing);
      found.executeUpdate();
    }
  }
}
