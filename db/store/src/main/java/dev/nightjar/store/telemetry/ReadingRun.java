package dev.nightjar.store.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Readings of one metric in the order of time. */
@SuppressWarnings("ArrayRecordComponent") // on their way; never compared
record ReadingRun(long metricId, long[] epochMillis, double[] values) {
  private static final long MINUTE_MILLIS = 60_000;

  long first() {
    return epochMillis[0];
  }

  long last() {
    return epochMillis[epochMillis.length - 1];
  }

  /** Cut where a minute of UTC ends. */
  List<ReadingRun> byMinute() {
    List<ReadingRun> minutes = new ArrayList<>();
    int begin = 0;
    for (int i = 1; i <= epochMillis.length; i++) {
      if (i == epochMillis.length || minute(epochMillis[i]) != minute(epochMillis[begin])) {
        minutes.add(
            new ReadingRun(
                metricId,
                Arrays.copyOfRange(epochMillis, begin, i),
                Arrays.copyOfRange(values, begin, i)));
        begin = i;
      }
    }
    return minutes;
  }

  /** Both, in the order of time; a time that both have is taken once, from this one. */
  ReadingRun merge(ReadingRun other) {
    long[] times = new long[epochMillis.length + other.epochMillis.length];
    double[] merged = new double[times.length];
    int size = 0;
    int mine = 0;
    int theirs = 0;
    while (mine < epochMillis.length || theirs < other.epochMillis.length) {
      boolean takesMine =
          theirs == other.epochMillis.length
              || (mine < epochMillis.length && epochMillis[mine] <= other.epochMillis[theirs]);
      if (takesMine) {
        times[size] = epochMillis[mine];
        merged[size++] = values[mine++];
      } else if (size > 0 && times[size - 1] == other.epochMillis[theirs]) {
        theirs++;
      } else {
        times[size] = other.epochMillis[theirs];
        merged[size++] = other.values[theirs++];
      }
    }
    return new ReadingRun(metricId, Arrays.copyOf(times, size), Arrays.copyOf(merged, size));
  }

  TelemetryRows pack() {
    return new TelemetryRows(metricId, PackedReadings.pack(epochMillis, values));
  }

  static ReadingRun of(TelemetryRows row) {
    return new ReadingRun(row.metricId(), row.readings().epochMillis(), row.readings().values());
  }

  static long minute(long epochMillis) {
    return Math.floorDiv(epochMillis, MINUTE_MILLIS);
  }
}
