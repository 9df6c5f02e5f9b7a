package dev.nightjar.store.sample;

import dev.nightjar.model.Sample;
import java.util.List;
import java.util.UUID;

/**
 * What a series gave in one earlier run, and how far each sample is believed.
 *
 * @param values in the order of their ordinals; at least one
 * @param weights one for each, within (0, 1]
 * @param observed the samples with what was read of the machine; empty where that was not asked for
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by contract; never compared
public record PastSamples(
    long seriesId, UUID runId, double[] values, double[] weights, List<Sample> observed) {}
