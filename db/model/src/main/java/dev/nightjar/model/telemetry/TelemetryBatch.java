package dev.nightjar.model.telemetry;

/**
 * Readings of one metric in the order of time. {@code epochMillis[i]} is when {@code values[i]} was
 * read; both arrays are equally long, belong to the batch and are not changed.
 *
 * @param epochMillis milliseconds since 1970 UTC, never falling
 * @param values in the metric's unit; finite, as an absent reading has no entry
 */
@SuppressWarnings(
    "ArrayRecordComponent") // a million values a second pass through; batches are never compared
public record TelemetryBatch(TelemetryMetric metric, long[] epochMillis, double[] values) {
  public TelemetryBatch {
    if (epochMillis.length != values.length) {
      throw new IllegalArgumentException(
          metric.name() + ": " + epochMillis.length + " times for " + values.length + " values");
    }
  }
}
