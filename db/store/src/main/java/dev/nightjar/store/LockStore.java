package dev.nightjar.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Named locks: a run, the runs in a checkout, the benchmarks on a machine. */
public final class LockStore {
  private final Database database;

  LockStore(Database database) {
    this.database = database;
  }

  /**
   * The lock, unless somebody holds it.
   *
   * @param name what is locked
   * @param owner who asks, for the others to read
   */
  public Optional<HeldLock> tryAcquire(String name, String owner) {
    try {
      Connection connection = database.dedicated("lock " + name);
      boolean isHeld = false;
      try {
        isHeld = takeAdvisory(connection, name);
        return isHeld
            ? Optional.of(new HeldLock(connection, name, sign(connection, name, owner)))
            : Optional.empty();
      } finally {
        if (!isHeld) {
          connection.close();
        }
      }
    } catch (SQLException e) {
      throw SqlFailure.of(e, database.place(), "taking the lock " + name);
    }
  }

  private static boolean takeAdvisory(Connection connection, String name) throws SQLException {
    // The database's oid is part of an advisory lock's key already; a hash of 64 bits keeps the
    // names apart.
    try (PreparedStatement statement =
        connection.prepareStatement("select pg_try_advisory_lock(hashtextextended(?, 0))")) {
      statement.setString(1, "nightjar lock " + name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static long sign(Connection connection, String name, String owner) throws SQLException {
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

  /**
   * Who acquired the lock last, with the time; whether it is still held only {@link #tryAcquire}
   * tells.
   */
  public Optional<String> lastOwner(String name) {
    return database.read(
        "asking for the owner of a lock",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "select owner || ' since ' || to_char(acquired_at at time zone 'UTC',"
                      + " 'YYYY-MM-DD HH24:MI:SS \"UTC\"') from lock where name = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
              return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
          }
        });
  }
}
