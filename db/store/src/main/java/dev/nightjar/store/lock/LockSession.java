package dev.nightjar.store.lock;

import dev.nightjar.store.sql.Connections;
import dev.nightjar.store.sql.KeptAliveSockets;
import dev.nightjar.store.sql.SqlFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A connection of its own that holds, or waits for, one named lock: a session's advisory lock,
 * which is free the moment the session is gone. Both sides probe the connection, so that a machine
 * that lost power keeps no lock for hours.
 */
final class LockSession implements AutoCloseable {
  private static final String KEY = "hashtextextended('nightjar lock ' || ?, 0)";
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final int ANSWER_SECONDS = 5;

  private final Connection connection;
  private final String name;

  private LockSession(Connection connection, String name) {
    this.connection = connection;
    this.name = name;
  }

  static LockSession open(Connections database, String name) throws SQLException {
    Connection connection = database.dedicated("lock " + name);
    try (Statement statement = connection.createStatement()) {
      // A server reached without TCP leaves these alone.
      statement.execute(
          "set tcp_keepalives_idle = %d; set tcp_keepalives_interval = %d; set tcp_keepalives_count = %d; set tcp_user_timeout = '30s'"
              .formatted(
                  KeptAliveSockets.IDLE_SECONDS,
                  KeptAliveSockets.INTERVAL_SECONDS,
                  KeptAliveSockets.PROBES));
      return new LockSession(connection, name);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Takes the lock unless another session has it. */
  boolean tryTake() throws SQLException {
    // The database's oid is part of an advisory lock's key already; a hash of 64 bits keeps the
    // names apart.
    try (PreparedStatement statement =
        connection.prepareStatement("select pg_try_advisory_lock(" + KEY + ")")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /**
   * Waits in the server for the lock, which costs this machine nothing meanwhile.
   *
   * @return whether it was had within the limit
   */
  boolean take(Duration limit) throws SQLException {
    try (Statement settings = connection.createStatement();
        PreparedStatement statement =
            connection.prepareStatement("select pg_advisory_lock(" + KEY + ")")) {
      settings.execute("set lock_timeout = " + limit.toMillis());
      statement.setString(1, name);
      statement.execute();
      settings.execute("set lock_timeout = default");
      return true;
    } catch (SQLException e) {
      if (SqlFailure.stateOf(e).equals(LOCK_NOT_AVAILABLE)) {
        return false;
      }
      throw e;
    }
  }

  /** Writes who has it now, and draws the next token. */
  long sign(String owner) throws SQLException {
    String sql =
        "insert into lock (name, token, owner, acquired_at) values (?, 1, ?, now())"
            + " on conflict (name) do update set token = lock.token + 1, owner = excluded.owner,"
            + " acquired_at = excluded.acquired_at returning token";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      statement.setString(2, owner);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Whether this token is the last that was drawn. */
  boolean isNewest(long token) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select token from lock where name = ?")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getLong(1) == token;
      }
    }
  }

  boolean isAlive() {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(ANSWER_SECONDS);
      try (ResultSet row = statement.executeQuery("select 1")) {
        return row.next();
      }
    } catch (SQLException e) {
      return false; // the session is gone, and its lock with it
    }
  }

  /**
   * How the server probes this connection: idle time, interval, count, and the limit of a write.
   */
  String probing() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select concat_ws(',', current_setting('tcp_keepalives_idle'),"
                    + " current_setting('tcp_keepalives_interval'),"
                    + " current_setting('tcp_keepalives_count'),"
                    + " current_setting('tcp_user_timeout'))")) {
      row.next();
      return row.getString(1);
    }
  }

  /** Breaks off what another thread waits for here. */
  void abort() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      throw new IllegalStateException("a connection could not be broken off", e);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
