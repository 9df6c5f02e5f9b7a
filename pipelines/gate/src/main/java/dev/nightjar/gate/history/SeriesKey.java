package dev.nightjar.gate.history;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Series;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What makes values comparable. Which way is better is no part of it: told otherwise from now on,
 * the values are the same.
 */
public record SeriesKey(Series series) {

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SeriesKey that && isSame(series, that.series);
  }

  private static boolean isSame(Series one, Series other) {
    return isSame(one.benchmark(), other.benchmark())
        && one.device().equals(other.device())
        && one.parameters().equals(other.parameters());
  }

  private static boolean isSame(Benchmark one, Benchmark other) {
    return one.name().equals(other.name())
        && one.metric().equals(other.metric())
        && one.unit().equals(other.unit())
        && Objects.equals(one.suite(), other.suite());
  }

  @Override
  public int hashCode() {
    Benchmark benchmark = series.benchmark();
    int names = 31 * benchmark.name().hashCode() + benchmark.metric().hashCode();
    return 31 * (31 * names + series.device().hashCode()) + series.parameters().hashCode();
  }
}
