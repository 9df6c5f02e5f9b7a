package dev.nightjar.jobs.ledger;

import dev.nightjar.model.Failure;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.store.Database;
import dev.nightjar.store.lock.HeldLock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run that is this process's to do. What is written through its {@link #database} is refused once
 * it is another's, and the thread that works on it is interrupted within seconds.
 */
public final class OwnedRun implements AutoCloseable {
  private final Run run;
  private final Database database;
  private final HeldLock lock;
  private final LockWatch watch;

  OwnedRun(Run run, Database database, HeldLock checkout, HeldLock lock, Duration patience) {
    this.run = run;
    this.lock = lock;
    this.database = database.patient(patience).fencedBy(lock);
    this.watch =
        LockWatch.start(Thread.currentThread(), this.database, patience, List.of(checkout, lock));
  }

  /** Work on a run. */
  @FunctionalInterface
  public interface Work {
    /** Does it. */
    void run() throws Exception;
  }

  /** The run. */
  public Run run() {
    return run;
  }

  /**
   * What is kept, for the owner: it waits for a server that restarts, and refuses what is written
   * when the run is another's.
   */
  public Database database() {
    return database;
  }

  /** Makes the work end when this lock is lost, too. */
  public HeldLock holding(HeldLock another) {
    watch.also(another);
    return another;
  }

  /**
   * Does the work and notes the run's end: completed, or failed with whatever it throws, errors of
   * the virtual machine included.
   *
   * @throws Failure.Unavailable when the run became another's meanwhile, or nobody knows whose
   */
  public void complete(Work work) throws Exception {
    try {
      work.run();
      throwIfLost(null);
      database.runs().finish(run.id(), RunState.COMPLETED);
    } catch (Throwable e) { // an Error must not leave a run that says it goes on
      boolean wasInterrupted = Thread.interrupted(); // which would fail the note, too
      note(e, () -> database.runs().finish(run.id(), RunState.FAILED));
      throwIfLost(e);
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
      throw e;
    }
  }

  private void throwIfLost(@Nullable Throwable cause) {
    Optional<String> loss = watch.loss();
    if (loss.isPresent()) {
      boolean _ = Thread.interrupted(); // it was for this
      throw cause == null
          ? new Failure.Unavailable(loss.get())
          : new Failure.Unavailable(loss.get(), cause);
    }
  }

  /** With the database gone nothing can be noted; the lock that is gone with it says the same. */
  public void note(Throwable failure, Runnable note) {
    if (database.isGivenUp()) {
      return;
    }
    try {
      note.run();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    watch.close();
    lock.close();
  }
}
