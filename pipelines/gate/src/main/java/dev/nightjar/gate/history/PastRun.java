package dev.nightjar.gate.history;

import dev.nightjar.model.Run;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An earlier run of the same machine.
 *
 * @param commit what was checked out, in hex; absent outside a repository
 * @param branch what was checked out; absent when detached
 */
public record PastRun(
    UUID id, String pipeline, @Nullable String commit, @Nullable String branch, Instant startedAt) {
  /** The pipeline of runs that were made of result files. */
  public static final String OF_FILES = "results";

  public static PastRun of(Run run) {
    return new PastRun(run.id(), run.pipeline(), run.headCommit(), run.branch(), run.startedAt());
  }
}
