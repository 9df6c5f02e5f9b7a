package dev.nightjar.store.run;

import dev.nightjar.model.Device;
import dev.nightjar.model.Series;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A benchmark that failed in a run.
 *
 * @param suite the built-in suite that failed; absent for a user's benchmark
 * @param name the benchmark's name in the settings, or the suite's, or a series' in a result file
 * @param parameters those of the one series that failed, as a result file tells, or of the one case
 *     of a suite; absent when all that the benchmark gives has failed
 * @param device that of the one case of a suite; absent for any
 * @param reason for people; holds the command's own words, so it is hostile
 */
public record BenchmarkFailure(
    @Nullable String suite,
    String name,
    @Nullable SortedMap<String, String> parameters,
    @Nullable Device device,
    String reason) {

  /** Of a whole benchmark or suite. */
  public BenchmarkFailure(@Nullable String suite, String name, String reason) {
    this(suite, name, null, null, reason);
  }

  /**
   * Whether a series is one of those that the benchmark gives. A result file names its own below
   * it.
   */
  public boolean concerns(Series series) {
    String seriesSuite = series.benchmark().suite();
    return suite != null
        ? suite.equals(seriesSuite) && isOfThisCase(series)
        : seriesSuite == null && isOfThis(series);
  }

  private boolean isOfThis(Series series) {
    return parameters == null
        ? isOf(name, series)
        : series.benchmark().name().equals(name) && isOfThisCase(series);
  }

  private boolean isOfThisCase(Series series) {
    return (device == null || device.equals(series.device()))
        && (parameters == null
            || series.parameters().entrySet().containsAll(parameters.entrySet()));
  }

  /** Whether only some of what the benchmark or suite gives has failed. */
  public boolean isOfOneCase() {
    return parameters != null || device != null;
  }

  /** Whether a user's benchmark of that name gives the series. */
  public static boolean isOf(String benchmark, Series series) {
    String seriesName = series.benchmark().name();
    return series.benchmark().suite() == null
        && (seriesName.equals(benchmark) || seriesName.startsWith(benchmark + "/"));
  }
}
