package dev.nightjar.jobs.gate;

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
record PastRun(
    UUID id, String pipeline, @Nullable String commit, @Nullable String branch, Instant startedAt) {
  static PastRun of(Run run) {
    return new PastRun(run.id(), run.pipeline(), run.headCommit(), run.branch(), run.startedAt());
  }
}
