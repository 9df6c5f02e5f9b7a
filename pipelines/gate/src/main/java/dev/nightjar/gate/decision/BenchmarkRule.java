package dev.nightjar.gate.decision;

import dev.nightjar.model.Direction;
import dev.nightjar.model.Series;
import org.jspecify.annotations.Nullable;

/**
 * What differs from the gate's general policy for some benchmarks; what is absent follows the
 * policy.
 *
 * @param benchmark the benchmark's name, in which {@code *} stands for any characters
 * @param metric the metric it is about; absent for all
 * @param smallestEffect relative change that matters, 0.02 being 2 %
 * @param direction which way is better, where the result file does not know
 * @param onInconclusive what an undecided comparison does to the gate
 * @param onMissing what an absent result does to the gate
 */
public record BenchmarkRule(
    String benchmark,
    @Nullable String metric,
    @Nullable Double smallestEffect,
    @Nullable Direction direction,
    @Nullable Consequence onInconclusive,
    @Nullable Consequence onMissing) {

  boolean concerns(Series series) {
    return NamePattern.matches(benchmark, series.benchmark().name())
        && (metric == null || metric.equals(series.benchmark().metric()));
  }
}
