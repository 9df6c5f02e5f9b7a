package dev.nightjar.store.lock;

import dev.nightjar.store.sql.Connections;
import dev.nightjar.store.sql.SqlFailure;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Named locks: a run, the runs in a checkout, the benchmarks on a machine. */
public final class LockStore {
  private final Connections database;

  public LockStore(Connections database) {
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
      return database.retries().of(() -> acquire(name, owner, LockSession::tryTake));
    } catch (SQLException e) {
      throw failure(e, name);
    }
  }

  /**
   * The lock, when whoever holds it gives it back.
   *
   * @param limit how long to wait at the most; the wait keeps the server from cleaning up, so that
   *     a long one is better made of several
   * @return empty when it was not had by then
   */
  public Optional<HeldLock> await(String name, String owner, Duration limit)
      throws InterruptedException {
    try {
      return database
          .retries()
          .of(() -> acquire(name, owner, session -> takeInterruptibly(session, limit)));
    } catch (SQLException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("waiting for the lock " + name + " was interrupted");
      }
      throw failure(e, name);
    }
  }

  private interface Taking {
    boolean by(LockSession session) throws SQLException;
  }

  private Optional<HeldLock> acquire(String name, String owner, Taking taking) throws SQLException {
    LockSession session = LockSession.open(database, name);
    boolean isHandedOn = false;
    try {
      if (!taking.by(session)) {
        return Optional.empty();
      }
      HeldLock lock = new HeldLock(database, session, name, session.sign(owner));
      isHandedOn = true;
      return Optional.of(lock);
    } finally {
      if (!isHandedOn) {
        session.close();
      }
    }
  }

  /** The driver hears no interrupt while it waits for the server: another thread waits in it. */
  private static boolean takeInterruptibly(LockSession session, Duration limit)
      throws SQLException {
    CompletableFuture<Boolean> taken = new CompletableFuture<>();
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                taken.complete(session.take(limit));
              } catch (SQLException | RuntimeException e) {
                taken.completeExceptionally(e);
              }
            });
    try {
      return taken.get();
    } catch (InterruptedException e) {
      session.abort();
      waiting.interrupt();
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof SQLException failure ? failure : new SQLException(e.getCause());
    }
  }

  private RuntimeException failure(SQLException e, String name) {
    return SqlFailure.of(e, database.address().place(), "taking the lock " + name);
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
