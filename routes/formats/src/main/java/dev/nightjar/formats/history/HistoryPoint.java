package dev.nightjar.formats.history;

import dev.nightjar.formats.reading.StableText;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Series;
import dev.nightjar.model.unit.Unit;
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
 * @param value finite, in the canonical unit of its quantity
 */
public record HistoryPoint(
    String machine,
    @Nullable String commit,
    @Nullable String branch,
    Instant measuredAt,
    Series series,
    double value) {

  /**
   * A point, its value in the canonical unit of its quantity.
   *
   * @param said which way is better, if the user or the tool says so; else the unit tells
   * @param written in the tool's unit
   */
  static HistoryPoint of(
      Moment moment,
      String name,
      String metric,
      String unit,
      @Nullable Direction said,
      SortedMap<String, String> parameters,
      double written) {
    Unit known = Unit.of(unit);
    Direction better = said != null ? said : known.better();
    Benchmark benchmark =
        new Benchmark(
            name,
            null,
            metric,
            StableText.visible(known.symbol()),
            better == null ? Direction.LOWER_IS_BETTER : better);
    return new HistoryPoint(
        moment.machine(),
        moment.commit(),
        moment.branch(),
        moment.measuredAt(),
        new Series(
            benchmark, Collections.unmodifiableSortedMap(new TreeMap<>(parameters)), Device.CPU),
        known.canonical(written));
  }

  /** Where, of what and when something was measured. */
  record Moment(
      String machine, @Nullable String commit, @Nullable String branch, Instant measuredAt) {}
}
