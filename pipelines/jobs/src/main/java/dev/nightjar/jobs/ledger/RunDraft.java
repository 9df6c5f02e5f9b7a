package dev.nightjar.jobs.ledger;

import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.model.UuidV7;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run that is to begin, or to be gone on with.
 *
 * @param head the commit that is checked out, in hex; absent in an empty repository
 * @param branch the branch that is checked out; absent when detached
 * @param settings what is in force, as JSON
 */
public record RunDraft(
    String pipeline,
    long repositoryId,
    long hostId,
    @Nullable String head,
    @Nullable String branch,
    String nightjarVersion,
    String settings) {

  /** A run of now. */
  Run begun() {
    return new Run(
        UuidV7.next(),
        pipeline,
        repositoryId,
        hostId,
        head,
        branch,
        RunState.RUNNING,
        Instant.now(),
        null,
        nightjarVersion);
  }
}
