package dev.nightjar.site.data;

import dev.nightjar.model.Sample;
import dev.nightjar.model.finding.ComparedBy;
import dev.nightjar.model.telemetry.Indicator;
import java.util.List;
import java.util.Optional;

/**
 * What a series' verdict was made by, which is what charts show: a change that was judged by CPU
 * time need not be seen in time by the clock, and the other way round.
 *
 * @param by the measure
 * @param points the series' history by it, in the order of {@link SeriesResult#history}
 * @param smallestEffect the relative change that counts; 0 where nobody says
 */
public record Comparison(ComparedBy by, List<HistoryPoint> points, double smallestEffect) {
  private static final double NANOS_PER_SECOND = 1e9;

  public Comparison {
    points = List.copyOf(points);
  }

  /** A repetition by a measure; empty where it was not read. */
  public static Optional<Double> of(ComparedBy by, Sample sample) {
    return switch (by) {
      case VALUE -> Optional.of(sample.value());
      case CPU_TIME ->
          sample.readings().has(Indicator.USER_CPU) && sample.readings().has(Indicator.SYSTEM_CPU)
              ? Optional.of(cpuNanos(sample) / NANOS_PER_SECOND)
              : Optional.empty();
    };
  }

  private static double cpuNanos(Sample sample) {
    return (double) sample.readings().of(Indicator.USER_CPU).orElseThrow()
        + sample.readings().of(Indicator.SYSTEM_CPU).orElseThrow();
  }

  /** A repetition by this measure, which all that were compared have. */
  public double of(Sample sample) {
    return of(by, sample).orElseThrow();
  }

  /** Such as {@code CPU time}; empty for what the benchmark gives. */
  public String measure() {
    return by.measure();
  }
}
