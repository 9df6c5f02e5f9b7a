package dev.nightjar.model.finding;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a run though the run itself may be gone.
 *
 * @param commit what was checked out, in hex; absent outside a repository
 * @param branch what was checked out; absent when detached, or not known
 */
public record RunMark(
    UUID runId, @Nullable String commit, @Nullable String branch, Instant startedAt) {}
