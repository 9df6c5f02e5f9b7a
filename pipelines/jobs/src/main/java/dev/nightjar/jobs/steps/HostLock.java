package dev.nightjar.jobs.steps;

import dev.nightjar.jobs.RunObserver;
import dev.nightjar.model.Failure;
import dev.nightjar.store.Database;
import dev.nightjar.store.HeldLock;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps two runs that share a database from measuring on one host at once: they measure each other.
 */
public final class HostLock {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofHours(6);

  private HostLock() {}

  /**
   * Waits for the host.
   *
   * @param observer is told whom it waits for
   * @throws Failure.Unavailable after hours, when who holds it must hang
   */
  public static HeldLock take(Database database, long hostId, RunObserver observer)
      throws InterruptedException {
    String name = "benchmarks of host " + hostId;
    String owner = "process " + ProcessHandle.current().pid();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    boolean wasTold = false;
    while (System.nanoTime() - deadline < 0) {
      Optional<HeldLock> lock = database.locks().tryAcquire(name, owner);
      if (lock.isPresent()) {
        return lock.get();
      }
      if (!wasTold) {
        String holder = database.locks().lastOwner(name).orElse("another process");
        observer.noted("Waiting for the benchmarks of " + holder + " on this host.");
        wasTold = true;
      }
      Thread.sleep(LOOK_AGAIN);
    }
    throw new Failure.Unavailable(
        "Another run has measured on this host for "
            + PATIENCE.toHours()
            + " hours: see whether it hangs, end it, and call this again.");
  }
}
