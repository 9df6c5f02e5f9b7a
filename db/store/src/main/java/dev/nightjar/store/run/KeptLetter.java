package dev.nightjar.store.run;

import dev.nightjar.model.DeadLetter;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as it is kept.
 *
 * @param runId the run that could not take it in; absent when that is no longer stored
 * @param repositoryId the run's repository; absent with the run
 * @param repository its name; absent with the run
 */
public record KeptLetter(
    long id,
    Instant occurredAt,
    @Nullable UUID runId,
    @Nullable Long repositoryId,
    @Nullable String repository,
    DeadLetter letter) {}
