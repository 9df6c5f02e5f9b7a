package dev.nightjar.model;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a pipeline over a repository on a machine of one kind.
 *
 * @param id UUIDv7
 * @param pipeline the pipeline's name, such as {@code nightly}
 * @param repositoryId the repository it ran over
 * @param hostId the kind of machine it ran on
 * @param headCommit the commit id that was checked out, in hex; absent in an empty repository
 * @param branch the branch that was checked out; absent when detached
 * @param finishedAt absent while it runs
 * @param nightjarVersion the version that ran it
 */
public record Run(
    UUID id,
    String pipeline,
    long repositoryId,
    long hostId,
    @Nullable String headCommit,
    @Nullable String branch,
    RunState state,
    Instant startedAt,
    @Nullable Instant finishedAt,
    String nightjarVersion) {

  /** The same as it will stand once it is noted that it is done. */
  public Run completedAt(Instant moment) {
    return new Run(
        id,
        pipeline,
        repositoryId,
        hostId,
        headCommit,
        branch,
        RunState.COMPLETED,
        startedAt,
        moment,
        nightjarVersion);
  }
}
