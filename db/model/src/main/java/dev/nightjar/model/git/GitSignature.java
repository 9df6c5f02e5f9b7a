package dev.nightjar.model.git;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One of the two signatures of a commit: a person at a time.
 *
 * @param recorded the person as the commit has it
 * @param person the same after {@code .mailmap}
 * @param at absent where the commit has no time that a calendar can hold
 * @param zoneMinutes offset of the writer's clock from UTC
 */
public record GitSignature(
    GitPerson recorded, GitPerson person, @Nullable Instant at, int zoneMinutes) {}
