package dev.nightjar.bench.profile;

import java.nio.file.Path;
import java.time.Duration;

/** Samples a run of a program. */
interface Sampler {

  /**
   * Runs a version once.
   *
   * @throws ProfileFailed when there are no samples of it
   */
  CallTree sample(Path tree, Duration timeout) throws ProfileFailed, InterruptedException;
}
