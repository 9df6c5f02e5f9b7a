package dev.nightjar.bench.suites;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Direction;
import org.jspecify.annotations.Nullable;

/**
 * A value that each repetition of a case gives.
 *
 * @param benchmark what is done, such as {@code triad}
 * @param metric what is told of it, such as {@code throughput}
 * @param unit of the value, in UCUM: for a rate with {@code /s}
 * @param amount how much of the unit's quantity one repetition does, for a rate; how many
 *     operations it does, for a time
 * @param isRate whether the value is the amount over the time, and higher is better; else it is the
 *     time over the amount, and lower is better
 * @param best the metric of the best of all repetitions; absent if it is not told
 */
public record Measure(
    String benchmark,
    String metric,
    String unit,
    double amount,
    boolean isRate,
    @Nullable String best) {

  /** So much done in a second. */
  public static Measure rate(
      String benchmark, String metric, String unit, double amount, @Nullable String best) {
    return new Measure(benchmark, metric, unit, amount, true, best);
  }

  /** How long one of so many operations takes, in seconds. */
  public static Measure time(String benchmark, String metric, double operations) {
    return new Measure(benchmark, metric, "s", operations, false, null);
  }

  /** The value of a repetition that took so long. */
  double value(long nanos) {
    double seconds = nanos / 1e9;
    return isRate ? amount / seconds : seconds / amount;
  }

  Benchmark of(String suite, String itsMetric) {
    Direction direction = isRate ? Direction.HIGHER_IS_BETTER : Direction.LOWER_IS_BETTER;
    return new Benchmark(benchmark, suite, itsMetric, unit, direction);
  }
}
