package dev.nightjar.jobs.steps;

import java.time.Duration;

/** Hears how a pipeline goes on; called from the pipeline's threads, one call at a time. */
public interface RunObserver {
  /** A step has begun. */
  void stepBegan(String step);

  /**
   * A step has come further.
   *
   * @param what what is being counted, such as {@code commits}
   * @param done how many are done
   * @param total how many there are; 0 when not known
   */
  void progressed(String step, String what, long done, long total);

  /** Something a person wants to know, in a sentence. */
  void noted(String sentence);

  /** A step has ended well; {@code detail} says what came of it. */
  void stepEnded(String step, String detail, Duration took);
}
