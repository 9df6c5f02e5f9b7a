package dev.nightjar.jobs.gate;

import dev.nightjar.model.Series;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What makes values comparable. Which way is better is no part of it: told otherwise from now on,
 * the values are the same.
 */
record SeriesKey(
    @Nullable String suite,
    String name,
    String metric,
    String unit,
    SortedMap<String, String> parameters,
    String device) {

  static SeriesKey of(Series series) {
    return new SeriesKey(
        series.benchmark().suite(),
        series.benchmark().name(),
        series.benchmark().metric(),
        series.benchmark().unit(),
        series.parameters(),
        series.device());
  }
}
