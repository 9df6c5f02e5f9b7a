package dev.nightjar.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Lets a transaction write only while a lock's token is the newest. The lock's row is held until
 * the transaction ends, so that a successor's acquisition comes either before it, and it is
 * refused, or after all that it wrote.
 */
public record Fence(String lock, long token) {
  /** A class of its own; the server has none of this letter. */
  static final String STALE = "NJ001";

  void check(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select token from nightjar.lock where name = ? and token = ? for share")) {
      statement.setString(1, lock);
      statement.setLong(2, token);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("another process has taken over the lock '" + lock + "'", STALE);
        }
      }
    }
  }
}
