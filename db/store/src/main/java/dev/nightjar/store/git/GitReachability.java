package dev.nightjar.store.git;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Marks commits that no ref leads to any more, and takes the mark off those that one leads to. */
final class GitReachability {
  private final long repositoryId;
  private final GitWatermark before;
  private final Ancestry ancestry;
  private final boolean firstParent;

  GitReachability(long repositoryId, GitWatermark before, Ancestry ancestry, boolean firstParent) {
    this.repositoryId = repositoryId;
    this.before = before;
    this.ancestry = ancestry;
    this.firstParent = firstParent;
  }

  /** Brings the marks to what these tips lead to; in a transaction. */
  void update(Connection connection, Collection<String> tips) throws SQLException {
    if (mayHaveLost(tips) || (mayHaveFound(tips) && hasMarks(connection))) {
      CommitGraph graph = ancestry.graph(connection, firstParent);
      BitSet reached = graph.reached(tips);
      set(connection, "now()", graph.toMark(reached));
      set(connection, "null", graph.toUnmark(reached));
    }
  }

  /** Unless every tip of before is seen behind the tips of now, commits may have been left. */
  private boolean mayHaveLost(Collection<String> tips) {
    if (!before.complete()) {
      return true;
    }
    Set<String> gone = new HashSet<>(before.tips());
    gone.removeAll(Set.copyOf(tips));
    return gone.stream().anyMatch(tip -> !ancestry.isShown(tips, tip, firstParent));
  }

  private boolean mayHaveFound(Collection<String> tips) {
    return !ancestry.isNothingNew() || !before.tips().containsAll(tips);
  }

  private boolean hasMarks(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select exists (select from git_commit"
                + " where repository_id = ? and unreachable_since is not null)")) {
      statement.setLong(1, repositoryId);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private static void set(Connection connection, String value, long[] numbers) throws SQLException {
    if (numbers.length == 0) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "update git_commit set unreachable_since = "
                + value
                + " where commit_number = any(?)")) {
      statement.setArray(
          1, connection.createArrayOf("bigint", Arrays.stream(numbers).boxed().toArray()));
      statement.executeUpdate();
    }
  }
}
