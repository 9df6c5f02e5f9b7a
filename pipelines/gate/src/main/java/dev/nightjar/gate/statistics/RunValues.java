package dev.nightjar.gate.statistics;

import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one series gave in one run.
 *
 * @param runId the run
 * @param headCommit the commit that was measured, in hex; absent outside a repository
 * @param startedAt when the run began
 * @param values one per repetition, in their order; finite, at least one
 * @param weights how far each repetition is believed, within (0, 1]: 1 for one that nothing
 *     disturbed
 */
@SuppressWarnings("ArrayRecordComponent") // read-only by contract; never compared
public record RunValues(
    UUID runId, @Nullable String headCommit, Instant startedAt, double[] values, double[] weights) {

  /** Shared by all that are of so many, as there may be hundreds of thousands. */
  private static final double[][] ONES = new double[64][];

  static {
    Arrays.setAll(ONES, RunValues::ones);
  }

  public RunValues {
    if (values.length == 0 || values.length != weights.length) {
      throw new IllegalArgumentException(
          "run " + runId + ": " + values.length + " values, " + weights.length + " weights");
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i]) || !(weights[i] > 0 && weights[i] <= 1)) {
        throw new IllegalArgumentException(
            "run " + runId + ": value " + values[i] + " of weight " + weights[i]);
      }
    }
  }

  /** The weights of values that are all believed alike; read-only by contract. */
  public static double[] undisturbed(int count) {
    return count < ONES.length ? ONES[count] : ones(count);
  }

  private static double[] ones(int count) {
    double[] weights = new double[count];
    Arrays.fill(weights, 1);
    return weights;
  }

  /** These and, behind them, those of another part of the run. */
  public RunValues with(RunValues more) {
    return new RunValues(
        runId, headCommit, startedAt, both(values, more.values), both(weights, more.weights));
  }

  private static double[] both(double[] first, double[] second) {
    double[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  /** Values that are all believed alike. */
  public static RunValues undisturbed(
      UUID runId, @Nullable String headCommit, Instant startedAt, double... values) {
    return new RunValues(runId, headCommit, startedAt, values, undisturbed(values.length));
  }
}
