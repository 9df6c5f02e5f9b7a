package dev.nightjar.kernel.modules.gpu;

import dev.nightjar.kernel.modules.ModuleFailure;
import java.time.Duration;

/** Work that was given to a device. It ends by its deadline at the latest. */
public final class Ticket {
  private final Accelerator device;
  private final long number;

  Ticket(Accelerator device, long number) {
    this.device = device;
    this.number = number;
  }

  /**
   * Waits for its end, which is told once.
   *
   * @param timeout of this wait; the ticket goes on when it is over
   * @throws ModuleFailure.TimedOut if this wait or the ticket's deadline is over
   * @throws ModuleFailure.Cancelled if it was cancelled, or what it followed did not end well
   * @throws ModuleFailure.DeviceLost if the device is gone or has failed
   * @throws ModuleFailure.Ended if its end was told before
   * @throws IllegalStateException if the device is closed
   */
  public Completion await(Duration timeout) throws ModuleFailure, InterruptedException {
    return device.await(number, timeout);
  }

  /**
   * Ends it; {@link #await} then says that it was cancelled.
   *
   * @return whether it had not ended before
   */
  public boolean cancel() throws ModuleFailure {
    return device.cancel(number);
  }

  /** Cancels what another failure made useless: that one is told. */
  void abandon() {
    try {
      device.cancel(number);
    } catch (ModuleFailure e) {
      throw new IllegalStateException("a ticket of this process could not be cancelled", e);
    }
  }
}
