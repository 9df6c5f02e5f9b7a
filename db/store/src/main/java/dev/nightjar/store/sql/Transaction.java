package dev.nightjar.store.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Work that is kept as a whole or not at all. */
public final class Transaction {
  private Transaction() {}

  public static <T> T around(Connection connection, SqlWork<T> work) throws SQLException {
    connection.setAutoCommit(false);
    boolean isDone = false;
    try {
      T result = work.on(connection);
      connection.commit();
      isDone = true;
      return result;
    } finally {
      end(connection, isDone);
    }
  }

  /** A connection that is lost has rolled back by itself, and what broke it is thrown already. */
  private static void end(Connection connection, boolean isDone) throws SQLException {
    if (isDone) {
      connection.setAutoCommit(true);
    } else if (!connection.isClosed()) {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }
}
