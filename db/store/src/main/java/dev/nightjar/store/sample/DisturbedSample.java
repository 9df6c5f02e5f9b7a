package dev.nightjar.store.sample;

import dev.nightjar.model.Series;

/**
 * A sample that something disturbed. It is believed less, and never left out.
 *
 * @param ordinal the sample's own, in its run and series
 * @param weight how far it is believed, within (0, 1)
 * @param causes what disturbed it, the largest first, for people
 */
public record DisturbedSample(Series series, int ordinal, double weight, String causes) {}
