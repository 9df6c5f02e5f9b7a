package dev.nightjar.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is measured: one metric of one program.
 *
 * @param name the benchmark's name, unique in its suite
 * @param suite the built-in suite it belongs to; absent for a user's own
 * @param metric what is measured, such as {@code time} or {@code throughput}
 * @param unit the unit of its values in UCUM's case-sensitive form, such as {@code s}, {@code
 *     By/s}, {@code 1}
 * @param direction which way is better
 */
public record Benchmark(
    String name, @Nullable String suite, String metric, String unit, Direction direction) {

  /** Written out for the reason that {@link Series} gives. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Benchmark that
            && direction == that.direction
            && name.equals(that.name)
            && metric.equals(that.metric)
            && unit.equals(that.unit)
            && Objects.equals(suite, that.suite));
  }

  @Override
  public int hashCode() {
    int texts = 31 * (31 * name.hashCode() + metric.hashCode()) + unit.hashCode();
    return 31 * (31 * texts + Objects.hashCode(suite)) + direction.hashCode();
  }
}
