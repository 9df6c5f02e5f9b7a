package dev.nightjar.kernel.modules.scheduler;

/** Whom a boost is for. */
public sealed interface BoostedTask {

  /**
   * The platform thread that makes the call; a virtual thread must not ask, as its carrier would be
   * boosted.
   */
  static BoostedTask callingThread() {
    return new CallingThread();
  }

  /**
   * The leading thread of a process. What it starts, threads too, is not boosted: it begins with
   * what the thread had before.
   */
  static BoostedTask process(long pid) {
    return new LeadingThread(pid, false);
  }

  /**
   * The leading thread of a process, and whatever it starts from now on: that inherits the nice
   * value and keeps it beyond the lease, as under {@code nice(1)}. For a process that has just been
   * started this is the whole program. Not for {@link BoostLevel#realTime}.
   */
  static BoostedTask program(long pid) {
    return new LeadingThread(pid, true);
  }

  /** See {@link #callingThread}. */
  record CallingThread() implements BoostedTask {}

  /** See {@link #process} and {@link #program}. */
  record LeadingThread(long pid, boolean withChildren) implements BoostedTask {}
}
