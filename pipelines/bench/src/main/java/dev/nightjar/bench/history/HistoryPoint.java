package dev.nightjar.bench.history;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Series;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One value that another tool has kept.
 *
 * @param machine what that tool calls the machine: values of one are comparable
 * @param commit in hex, whole or shortened; absent where the tool kept none
 * @param branch absent where the tool kept none
 * @param measuredAt as far as the tool tells
 * @param value finite
 */
public record HistoryPoint(
    String machine,
    @Nullable String commit,
    @Nullable String branch,
    Instant measuredAt,
    Series series,
    double value) {

  static Series series(Benchmark benchmark, SortedMap<String, String> parameters) {
    return new Series(
        benchmark, Collections.unmodifiableSortedMap(new TreeMap<>(parameters)), "cpu");
  }
}
