package dev.nightjar.jobs.ledger;

import dev.nightjar.store.Database;
import dev.nightjar.store.lock.HeldLock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks every other second whether the locks of a run are still held, and takes them back when only
 * their connection was lost. When another has one, or the database stays away, the owner's thread
 * is interrupted, and {@link #loss} says why.
 */
final class LockWatch implements AutoCloseable {
  private static final Duration BEAT = Duration.ofSeconds(2);

  private final Thread owner;
  private final Database database;
  private final Duration patience;
  private final List<HeldLock> locks;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable String loss;
  private long lastAnswer = System.nanoTime();

  private LockWatch(Thread owner, Database database, Duration patience, List<HeldLock> locks) {
    this.owner = owner;
    this.database = database;
    this.patience = patience;
    this.locks = new CopyOnWriteArrayList<>(locks);
    this.thread = Thread.ofPlatform().name("nightjar-locks").daemon().unstarted(this::watchOn);
  }

  static LockWatch start(Thread owner, Database database, Duration patience, List<HeldLock> locks) {
    LockWatch watch = new LockWatch(owner, database, patience, locks);
    watch.thread.start();
    return watch;
  }

  void also(HeldLock lock) {
    locks.add(lock);
  }

  /** Why the owner must stop; empty while it need not. */
  Optional<String> loss() {
    return Optional.ofNullable(loss);
  }

  private void watchOn() {
    try {
      while (loss == null && !closed.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
        loss = look();
      }
    } catch (InterruptedException e) {
      return; // nobody does; if somebody does, the fence still holds
    }
    if (loss != null) {
      owner.interrupt();
    }
  }

  private @Nullable String look() {
    boolean isAnswered = true;
    for (HeldLock lock : locks) {
      switch (lock.keep()) {
        case HELD -> {}
        case UNKNOWN -> isAnswered = false;
        case LOST -> {
          return "The lock '%s' was lost with its connection to the database, and another process has taken it: this one stops, and what it stored stays for whoever goes on with it."
              .formatted(lock.name());
        }
      }
    }
    if (isAnswered) {
      lastAnswer = System.nanoTime();
      return null;
    }
    if (System.nanoTime() - lastAnswer < patience.toNanos()) {
      return null;
    }
    database.giveUp(); // else what notes the failure waits for a connection, again and again
    return "The database has been away for %d seconds, and with it the run's locks: see that it runs, then go on with --resume."
        .formatted(patience.toSeconds());
  }

  @Override
  public void close() {
    closed.countDown();
    boolean wasInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (loss != null) {
      boolean _ = Thread.interrupted(); // it came too late to stop anything
    } else if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
