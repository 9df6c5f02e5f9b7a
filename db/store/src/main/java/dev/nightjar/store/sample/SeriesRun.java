package dev.nightjar.store.sample;

import dev.nightjar.model.Sample;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one series gave in one run.
 *
 * @param headCommit the commit that was checked out, in hex; absent in an empty repository
 * @param startedAt when the run began
 * @param samples in the order of their ordinals; at least one
 */
public record SeriesRun(
    UUID runId, @Nullable String headCommit, Instant startedAt, List<Sample> samples) {}
