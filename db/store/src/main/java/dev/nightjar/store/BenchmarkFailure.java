package dev.nightjar.store;

import dev.nightjar.model.Series;
import org.jspecify.annotations.Nullable;

/**
 * A benchmark that failed in a run.
 *
 * @param suite the built-in suite that failed; absent for a user's benchmark
 * @param name the benchmark's name in the settings, or the suite's
 * @param reason for people; holds the command's own words, so it is hostile
 */
public record BenchmarkFailure(@Nullable String suite, String name, String reason) {

  /**
   * Whether a series is one of those that the benchmark gives. A result file names its own below
   * it.
   */
  public boolean concerns(Series series) {
    String seriesSuite = series.benchmark().suite();
    return suite != null ? suite.equals(seriesSuite) : seriesSuite == null && isOf(name, series);
  }

  /** Whether a user's benchmark of that name gives the series. */
  public static boolean isOf(String benchmark, Series series) {
    String seriesName = series.benchmark().name();
    return series.benchmark().suite() == null
        && (seriesName.equals(benchmark) || seriesName.startsWith(benchmark + "/"));
  }
}
