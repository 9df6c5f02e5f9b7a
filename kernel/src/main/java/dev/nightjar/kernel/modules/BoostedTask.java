package dev.nightjar.kernel.modules;

/** Whom a boost is for: always exactly one thread. */
public sealed interface BoostedTask {

  /**
   * The platform thread that makes the call; a virtual thread must not ask, as its carrier would be
   * boosted.
   */
  static BoostedTask callingThread() {
    return new CallingThread();
  }

  /**
   * The leading thread of a process, which is all of a process that has just been started. What it
   * starts afterwards inherits its nice value for good.
   */
  static BoostedTask process(long pid) {
    return new LeadingThread(pid);
  }

  /** See {@link #callingThread}. */
  record CallingThread() implements BoostedTask {}

  /** See {@link #process}. */
  record LeadingThread(long pid) implements BoostedTask {}
}
