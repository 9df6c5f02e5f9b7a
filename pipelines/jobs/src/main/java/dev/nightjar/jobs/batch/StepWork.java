package dev.nightjar.jobs.batch;

/**
 * The work of one step; may be called again after a kill, and must then neither lose nor double
 * anything.
 */
@FunctionalInterface
public interface StepWork {
  /** Does it, or goes on with it. */
  void run() throws Exception;
}
