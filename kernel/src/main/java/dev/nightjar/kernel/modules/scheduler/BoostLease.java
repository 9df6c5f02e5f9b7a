package dev.nightjar.kernel.modules.scheduler;

import dev.nightjar.kernel.modules.ModuleFailure;
import java.time.Duration;

/** One boost of one thread, until its deadline or its close, whichever comes first. */
public final class BoostLease implements AutoCloseable {
  private final TaskBoost owner;
  private final long lease;
  private volatile boolean closed;

  BoostLease(TaskBoost owner, long lease) {
    this.owner = owner;
    this.lease = lease;
  }

  /**
   * Sets the deadline to the given time from now.
   *
   * @throws ModuleFailure.Ended if the lease has ended by itself
   * @throws IllegalStateException if it is closed
   */
  public void renew(Duration duration) throws ModuleFailure {
    requireOpen();
    owner.renew(lease, duration);
  }

  /**
   * How it stands.
   *
   * @throws ModuleFailure.Ended if the lease has ended by itself
   * @throws IllegalStateException if it is closed
   */
  public LeaseState state() throws ModuleFailure {
    requireOpen();
    return owner.state(lease);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the lease is closed");
    }
  }

  /** Gives the boost back: the thread has again what it had before. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      owner.drop(lease);
    }
  }
}
