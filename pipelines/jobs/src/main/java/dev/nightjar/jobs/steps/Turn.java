package dev.nightjar.jobs.steps;

import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.model.Failure;
import dev.nightjar.model.event.RunListener;
import dev.nightjar.store.Database;
import dev.nightjar.store.lock.HeldLock;
import java.time.Duration;
import java.util.Optional;

/** Waits until it is this process's turn, where runs that share a database would meet. */
public final class Turn {
  /** A wait of the server's: longer ones would keep it from cleaning up. */
  private static final Duration ONE_WAIT = Duration.ofMinutes(1);

  private static final Duration PATIENCE = Duration.ofHours(6);

  private Turn() {}

  /**
   * The turn to measure on this machine: two that measure at once measure each other.
   *
   * @param listener is told whom it waits for
   * @throws Failure.Unavailable after hours, when who holds it must hang
   */
  public static HeldLock ofHost(Database database, RunListener listener)
      throws InterruptedException {
    return take(
        database,
        "benchmarks on " + HostPlatform.current().machine().bootId(),
        "Waiting for the benchmarks of %s on this host.",
        "Another run has measured on this host",
        listener);
  }

  /** The turn to bring in a repository's history, which runners may share. */
  static HeldLock ofHistory(Database database, long repositoryId, RunListener listener)
      throws InterruptedException {
    return take(
        database,
        history(repositoryId),
        "Waiting for %s, which brings in this repository's history.",
        "Another run has brought in this repository's history",
        listener);
  }

  /** The same turn for what can be left to whoever has it. */
  static Optional<HeldLock> ofHistoryIfFree(Database database, long repositoryId) {
    return database.locks().tryAcquire(history(repositoryId), owner());
  }

  private static String history(long repositoryId) {
    return "history of repository " + repositoryId;
  }

  static String owner() {
    return "process " + ProcessHandle.current().pid();
  }

  private static HeldLock take(
      Database database, String name, String waiting, String hanging, RunListener listener)
      throws InterruptedException {
    String owner = owner();
    Optional<HeldLock> free = database.locks().tryAcquire(name, owner);
    if (free.isPresent()) {
      return free.get();
    }
    listener.note(waiting.formatted(database.locks().lastOwner(name).orElse("another process")));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - deadline < 0) {
      Optional<HeldLock> lock = database.locks().await(name, owner, ONE_WAIT);
      if (lock.isPresent()) {
        return lock.get();
      }
    }
    throw new Failure.Unavailable(
        hanging
            + " for "
            + PATIENCE.toHours()
            + " hours: see whether it hangs, end it, and call this again.");
  }
}
