package dev.nightjar.store.git;

import dev.nightjar.model.git.GitRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The refs of a repository as they were last seen, and how they moved. */
final class GitRefRows {
  private static final HexFormat HEX = HexFormat.of();

  private final long repositoryId;
  private final Ancestry ancestry;
  private final boolean firstParent;

  GitRefRows(long repositoryId, Ancestry ancestry, boolean firstParent) {
    this.repositoryId = repositoryId;
    this.ancestry = ancestry;
    this.firstParent = firstParent;
  }

  /** A ref that is not what it was; both sides as hexadecimal ids. */
  record Movement(
      String name, @Nullable GitRef now, @Nullable String oldTarget, @Nullable String oldCommit) {}

  /** Makes the stored refs these and keeps what moved; in a transaction. */
  void replace(Connection connection, List<GitRef> refs) throws SQLException {
    List<Movement> movements = movements(stored(connection), refs);
    delete(connection, movements);
    insert(connection, movements);
    remember(connection, movements);
  }

  private record Stored(String target, @Nullable String commit) {}

  private Map<String, Stored> stored(Connection connection) throws SQLException {
    Map<String, Stored> stored = new LinkedHashMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select name, target, commit_id from git_ref where repository_id = ?")) {
      statement.setLong(1, repositoryId);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          byte[] commit = row.getBytes(3);
          stored.put(
              row.getString(1),
              new Stored(
                  HEX.formatHex(row.getBytes(2)), commit == null ? null : HEX.formatHex(commit)));
        }
      }
    }
    return stored;
  }

  private static List<Movement> movements(Map<String, Stored> before, List<GitRef> refs) {
    List<Movement> movements = new ArrayList<>();
    for (GitRef ref : refs) {
      Stored old = before.remove(ref.name());
      if (old == null) {
        movements.add(new Movement(ref.name(), ref, null, null));
      } else if (!old.target().equals(ref.target())) {
        movements.add(new Movement(ref.name(), ref, old.target(), old.commit()));
      }
    }
    before.forEach(
        (name, old) -> movements.add(new Movement(name, null, old.target(), old.commit())));
    return movements;
  }

  private void delete(Connection connection, List<Movement> movements) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "delete from git_ref where repository_id = ? and name = any(?)")) {
      statement.setLong(1, repositoryId);
      statement.setArray(
          2, connection.createArrayOf("text", movements.stream().map(Movement::name).toArray()));
      statement.executeUpdate();
    }
  }

  private void insert(Connection connection, List<Movement> movements) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into git_ref (repository_id, name, target, commit_id, kind)"
                + " values (?, ?, ?, ?, ?)")) {
      for (Movement movement : movements) {
        GitRef ref = movement.now();
        if (ref != null) {
          statement.setLong(1, repositoryId);
          statement.setString(2, ref.name());
          statement.setBytes(3, HEX.parseHex(ref.target()));
          statement.setBytes(4, bytes(ref.commit()));
          statement.setString(5, ref.kind().stored());
          statement.addBatch();
        }
      }
      statement.executeBatch();
    }
  }

  private void remember(Connection connection, List<Movement> movements) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into git_ref_movement (repository_id, name, old_target, new_target, forced)"
                + " values (?, ?, ?, ?, ?)")) {
      for (Movement movement : movements) {
        GitRef ref = movement.now();
        statement.setLong(1, repositoryId);
        statement.setString(2, movement.name());
        statement.setBytes(3, bytes(movement.oldTarget()));
        statement.setBytes(4, ref == null ? null : HEX.parseHex(ref.target()));
        statement.setObject(5, isForced(connection, movement), Types.BOOLEAN);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** A ref that is new or gone left nothing behind by moving. */
  private @Nullable Boolean isForced(Connection connection, Movement movement) throws SQLException {
    GitRef ref = movement.now();
    if (ref == null || movement.oldTarget() == null) {
      return false;
    }
    String from = movement.oldCommit();
    String to = ref.commit();
    if (from == null || to == null || ref.kind() == GitRef.Kind.HEAD) {
      return null;
    }
    Boolean descends = ancestry.descends(connection, to, from, firstParent);
    return descends == null ? null : (Boolean) !descends;
  }

  private static byte @Nullable [] bytes(@Nullable String id) {
    return id == null ? null : HEX.parseHex(id);
  }
}
