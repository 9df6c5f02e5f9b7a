package dev.nightjar.gate.trial;

/**
 * A series whose changes are known.
 *
 * @param family what kind of noise it has
 * @param values its points; NaN where one is missing
 * @param changes the first point of every new regime, ascending
 * @param kinks where its slope breaks without a step, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // read-only; never compared
public record LabelledSeries(String family, double[] values, int[] changes, int[] kinks) {

  /** One without kinks. */
  LabelledSeries(String family, double[] values, int[] changes) {
    this(family, values, changes, new int[0]);
  }
}
