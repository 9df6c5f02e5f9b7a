package dev.nightjar.store.lock;

import dev.nightjar.store.sql.Connections;
import java.sql.SQLException;

/**
 * A named lock that this process holds, by an advisory lock of a connection of its own: it is free
 * the moment the process or the connection is gone.
 *
 * <p>A connection may be gone while the process lives, as when the server restarts. Whether another
 * has acquired the lock since is told by its token, which grows with every acquisition: while the
 * token is the newest, the lock can be taken back ({@link #keep}) and what was written under it
 * stands; once it is not, {@link Connections#fencedBy} lets nothing more be written under it.
 */
public final class HeldLock implements AutoCloseable {
  private final Connections database;
  private final String name;
  private final long token;
  private LockSession session;
  private boolean isClosed;

  HeldLock(Connections database, LockSession session, String name, long token) {
    this.database = database;
    this.session = session;
    this.name = name;
    this.token = token;
  }

  /** How a lock stands. */
  public enum Standing {
    /** It is held. */
    HELD,
    /** Its connection is gone, and the database does not answer or has not let go of it yet. */
    UNKNOWN,
    /** Another has acquired it since, or the database has forgotten it. */
    LOST
  }

  /** What is locked. */
  public String name() {
    return name;
  }

  /**
   * Grows with every acquisition of the name: a writer with a smaller token than another came
   * before it.
   */
  public long token() {
    return token;
  }

  /** Whether the connection that holds it lives. */
  public synchronized boolean isStillHeld() {
    return session.isAlive();
  }

  /** Looks whether it is held, and takes it back if its connection is gone and nobody has it. */
  public synchronized Standing keep() {
    if (isClosed || session.isAlive()) {
      return Standing.HELD;
    }
    try {
      LockSession next = LockSession.open(database, name);
      Standing standing = Standing.UNKNOWN;
      try {
        // First the lock, then the look: who has both can be overtaken by nobody.
        boolean isTaken = next.tryTake();
        if (!next.isNewest(token)) {
          standing = Standing.LOST;
        } else if (isTaken) {
          standing = Standing.HELD;
        }
      } finally {
        if (standing != Standing.HELD) {
          next.close();
        }
      }
      if (standing == Standing.HELD) {
        session.close();
        session = next;
      }
      return standing;
    } catch (SQLException e) {
      return Standing.UNKNOWN; // the next look may find the server up again
    }
  }

  /** Gives it back. */
  @Override
  public synchronized void close() {
    isClosed = true;
    try {
      session.close();
    } catch (SQLException e) {
      throw new IllegalStateException(
          "giving back the lock " + name + " failed: " + e.getMessage(), e);
    }
  }
}
