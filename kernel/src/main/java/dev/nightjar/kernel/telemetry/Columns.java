package dev.nightjar.kernel.telemetry;

import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.model.telemetry.TelemetryMetric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What has been read since the last flush, one column a metric. For one thread.
 *
 * <p>Columns that were read at every tick share one array of times when they are drained, which is
 * nearly all of them.
 */
public final class Columns {
  /** Bounds what hostile or churning device names can cost. */
  private static final int MOST_COLUMNS = 4096;

  private final Map<TelemetryMetric, Column> byMetric = new HashMap<>();
  private final List<Column> columns = new ArrayList<>();

  /** The column of a metric; absent when there are too many already. */
  public @Nullable Column column(String name, String attributes, String unit) {
    TelemetryMetric metric = new TelemetryMetric(name, attributes, unit);
    Column known = byMetric.get(metric);
    if (known != null || columns.size() >= MOST_COLUMNS) {
      return known;
    }
    Column added = new Column(metric);
    byMetric.put(metric, added);
    columns.add(added);
    return added;
  }

  /** Takes what was read out of the columns, in the order in which the metrics first appeared. */
  public List<TelemetryBatch> drain() {
    List<TelemetryBatch> batches = new ArrayList<>(columns.size());
    long[] shared = new long[0];
    for (Column column : columns) {
      if (column.count == 0) {
        continue;
      }
      if (!column.hasTimes(shared)) {
        shared = Arrays.copyOf(column.epochMillis, column.count);
      }
      batches.add(
          new TelemetryBatch(column.metric, shared, Arrays.copyOf(column.values, column.count)));
      column.count = 0;
    }
    return batches;
  }

  /** Adds a number that was read, in a larger unit, to its column; an absent one is left out. */
  public static void put(
      @Nullable Column column, long epochMillis, OptionalLong value, double perUnit) {
    if (column != null && value.isPresent()) {
      column.add(epochMillis, value.getAsLong() / perUnit);
    }
  }

  /** The readings of one metric. */
  public static final class Column {
    private final TelemetryMetric metric;
    private long[] epochMillis = new long[64];
    private double[] values = new double[64];
    private int count;

    Column(TelemetryMetric metric) {
      this.metric = metric;
    }

    public void add(long millis, double value) {
      if (count == values.length) {
        epochMillis = Arrays.copyOf(epochMillis, count * 2);
        values = Arrays.copyOf(values, count * 2);
      }
      epochMillis[count] = millis;
      values[count] = value;
      count++;
    }

    private boolean hasTimes(long[] times) {
      return count == times.length && Arrays.equals(epochMillis, 0, count, times, 0, count);
    }
  }
}
