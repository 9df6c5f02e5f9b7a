package dev.nightjar.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A named lock that this process holds, by an advisory lock of a connection of its own: it is free
 * the moment the process or the connection is gone.
 */
public final class HeldLock implements AutoCloseable {
  private static final int ANSWER_SECONDS = 5;

  private final Connection connection;
  private final String name;
  private final long token;

  HeldLock(Connection connection, String name, long token) {
    this.connection = connection;
    this.name = name;
    this.token = token;
  }

  /**
   * Grows with every acquisition of the name: a writer with a smaller token than another came
   * before it.
   */
  public long token() {
    return token;
  }

  /** Whether the connection that holds it lives; a lock that was lost does not come back. */
  public boolean isStillHeld() {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(ANSWER_SECONDS);
      try (ResultSet row = statement.executeQuery("select 1")) {
        return row.next();
      }
    } catch (SQLException e) {
      return false; // the session is gone, and its locks with it
    }
  }

  /** Gives it back. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(
          "giving back the lock " + name + " failed: " + e.getMessage(), e);
    }
  }
}
