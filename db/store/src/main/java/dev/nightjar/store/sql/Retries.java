package dev.nightjar.store.sql;

import dev.nightjar.model.Failure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides which statements are tried again, and when.
 *
 * <p>What lost to another at once, a deadlock or a serialization failure, has been undone by the
 * server and goes well a moment later. A server that is away may come back, as after a restart:
 * whoever has precious data waits for it. That patience is one for all who share it and comes back
 * with the first answer, so that a server that stays away is waited for once and not with every
 * call. The embedded server has nobody else to bring it back after a crash: who waits does.
 */
public final class Retries {
  private static final int MOST_CONFLICTS = 12;
  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;
  private static final long ANSWERED = Long.MIN_VALUE;

  private final Duration patience;
  private final Runnable revival;
  private final AtomicLong awaySince = new AtomicLong(ANSWERED);
  private volatile boolean isOver;

  /**
   * Tries again for so long while the server is away; zero for not at all.
   *
   * @param revival brings a server back that has crashed, where that is this program's to do
   */
  Retries(Duration patience, Runnable revival) {
    this.patience = patience;
    this.revival = revival;
  }

  /** The same revival with another patience. */
  Retries with(Duration otherPatience) {
    return new Retries(otherPatience, revival);
  }

  /** Work that may fail and be done again. */
  public interface Attempt<T> {
    T run() throws SQLException;
  }

  public <T> T of(Attempt<T> attempt) throws SQLException {
    int tries = 0;
    int conflicts = 0;
    while (true) {
      try {
        T result = attempt.run();
        awaySince.set(ANSWERED);
        return result;
      } catch (SQLException e) {
        String state = SqlFailure.stateOf(e);
        boolean isConflict = state.startsWith("40") && ++conflicts < MOST_CONFLICTS;
        if (!isConflict) {
          if (!SqlFailure.isAway(state) || !isPatient()) {
            throw e;
          }
          revive(e);
        }
        pause(tries++, e);
      }
    }
  }

  /** Ends all patience for good: whoever shares it has decided to stop. */
  public void giveUp() {
    isOver = true;
  }

  /** Whether {@link #giveUp} was called, after which nobody is to wait even for a connection. */
  boolean isOver() {
    return isOver;
  }

  /** Whether the server has been away for longer than anybody here waits. */
  public boolean isGivenUp() {
    if (isOver) {
      return true;
    }
    long since = awaySince.get();
    return since != ANSWERED && System.nanoTime() - since >= patience.toNanos();
  }

  private void revive(SQLException failure) {
    try {
      revival.run();
    } catch (Failure e) {
      failure.addSuppressed(e); // it may yet come back by itself
    }
  }

  private boolean isPatient() {
    if (isOver) {
      return false;
    }
    long now = System.nanoTime();
    long since = awaySince.updateAndGet(known -> known == ANSWERED ? now : known);
    return now - since < patience.toNanos();
  }

  /** Longer each time and never the same, so that those who met do not meet again. */
  private static void pause(int tries, SQLException failure) throws SQLException {
    long most = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(tries, 10));
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure.addSuppressed(e);
      throw failure;
    }
  }
}
