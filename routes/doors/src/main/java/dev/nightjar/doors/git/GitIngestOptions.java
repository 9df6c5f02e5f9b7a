package dev.nightjar.doors.git;

import java.util.List;
import java.util.Optional;

/**
 * What to bring in.
 *
 * @param refs full names of the refs to follow; absent for all
 * @param firstParent whether to follow and compare first parents only
 * @param threads that compare trees
 */
public record GitIngestOptions(Optional<List<String>> refs, boolean firstParent, int threads) {
  /** All refs, merges without changes, a thread for every processor but at least two. */
  public static GitIngestOptions defaults() {
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 8);
    return new GitIngestOptions(Optional.empty(), false, threads);
  }

  /** The same, following these refs only. */
  public GitIngestOptions withRefs(List<String> names) {
    return new GitIngestOptions(Optional.of(List.copyOf(names)), firstParent, threads);
  }

  /** The same, following first parents. */
  public GitIngestOptions withFirstParent() {
    return new GitIngestOptions(refs, true, threads);
  }
}
