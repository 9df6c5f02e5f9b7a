package dev.nightjar.gate.exchange;

import dev.nightjar.model.Series;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/**
 * Equal texts, parameters and series as one object each: the runs of a folder hold the same series
 * again and again, and few different units, metrics and parameters.
 */
public final class SeriesPool {
  private final Map<String, String> texts = new HashMap<>();
  private final Map<SortedMap<String, String>, SortedMap<String, String>> parameters =
      new HashMap<>();
  private final Map<Series, Series> series = new HashMap<>();

  /** The text that is equal to this one, for those of which there are few. */
  String text(String text) {
    return one(texts, text);
  }

  SortedMap<String, String> parameters(SortedMap<String, String> all) {
    return one(parameters, all);
  }

  Series series(Series another) {
    return one(series, another);
  }

  private static <T> T one(Map<T, T> known, T another) {
    T first = known.putIfAbsent(another, another);
    return first == null ? another : first;
  }
}
