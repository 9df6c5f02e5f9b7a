package dev.nightjar.store;

import dev.nightjar.model.Sample;
import java.util.List;
import java.util.UUID;

/**
 * What a series gave in one earlier run, and how far each sample is believed.
 *
 * @param samples in the order of their ordinals; at least one
 * @param weights one for each, within (0, 1]
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by contract; never compared
public record PastSamples(long seriesId, UUID runId, List<Sample> samples, double[] weights) {}
