package dev.nightjar.store.report;

import dev.nightjar.model.Series;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The beginning or the end of a finding.
 *
 * @param endedAs how it ended; absent for its beginning
 * @param runId the run that found it or measured its end; absent for a person's word
 * @param effect the relative change when it was found; absent for one from zero
 * @param cause the commits, or a condition of the machine
 * @param reason why it ended
 */
public record FindingEventLine(
    Series series,
    UUID findingId,
    Instant at,
    @Nullable String endedAs,
    @Nullable UUID runId,
    @Nullable Double effect,
    String cause,
    @Nullable String reason) {}
