package dev.nightjar.gate.trial;

/**
 * A series whose changes are known.
 *
 * @param family what kind of noise it has
 * @param values its points; NaN where one is missing
 * @param changes the first point of every new regime, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // read-only; never compared
public record LabelledSeries(String family, double[] values, int[] changes) {}
