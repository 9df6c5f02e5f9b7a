package dev.nightjar.model.finding;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The end of a finding.
 *
 * @param runId the run that measured it, and for whose commit and what comes after that it holds;
 *     absent for a person's word, which holds everywhere
 * @param reason why, in a few words
 */
public record FindingEnd(
    UUID findingId, @Nullable UUID runId, FindingState state, Instant endedAt, String reason) {}
