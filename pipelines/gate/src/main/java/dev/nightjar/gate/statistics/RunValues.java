package dev.nightjar.gate.statistics;

import dev.nightjar.gate.statistics.estimate.Robust;
import dev.nightjar.model.finding.LevelMark;
import dev.nightjar.model.finding.RunMark;
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

  /**
   * How far apart, in standard errors of their median, three values lie that tell it: √3 over the
   * median's inefficiency and what makes a deviation of their median distance, {@link RunLevel}.
   */
  private static final double THREE_APART =
      Math.sqrt(3) / (Math.sqrt(Math.PI / 2) * Robust.MAD_TO_SIGMA);

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

  /**
   * What stands for these in few numbers, with the same level and nearly the same uncertainty of
   * it: the level, and as far below and above it as three values must lie to be as uncertain.
   */
  public LevelMark mark(Scale scale) {
    RunLevel of = RunLevel.of(this, scale);
    double reach = of.standardError() * THREE_APART;
    return new LevelMark(
        scale.back(of.level() - reach), scale.back(of.level()), scale.back(of.level() + reach));
  }

  /** What a mark stands for, of a run that may be gone. */
  public static RunValues of(RunMark run, LevelMark mark) {
    boolean isCertain = mark.low() == mark.high();
    return isCertain
        ? undisturbed(run.runId(), run.commit(), run.startedAt(), mark.level())
        : undisturbed(
            run.runId(), run.commit(), run.startedAt(), mark.low(), mark.level(), mark.high());
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
