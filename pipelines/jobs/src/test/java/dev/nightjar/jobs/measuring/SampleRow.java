package dev.nightjar.jobs.measuring;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.telemetry.BoundaryReadings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A timed command's sample as fields of a CSV: wall time, then the readings, empty when absent. */
public final class SampleRow {
  /** How many fields it takes. */
  public static final int FIELDS = 14;

  private static final double NANOS_PER_SECOND = 1e9;

  private SampleRow() {}

  /** All lines of a file, which may be compressed by gzip. */
  public static List<String> lines(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in,
                    StandardCharsets.UTF_8))) {
      return lines.lines().toList();
    }
  }

  /** The fields, separated by commas. */
  public static String of(Sample sample) {
    BoundaryReadings readings = sample.readings();
    List<@Nullable Long> fields =
        Arrays.asList(
            sample.wallNanos(),
            readings.userCpuNanos(),
            readings.systemCpuNanos(),
            readings.maxRssBytes(),
            readings.minorFaults(),
            readings.majorFaults(),
            readings.voluntarySwitches(),
            readings.involuntarySwitches(),
            readings.runQueueWaitNanos(),
            readings.cpuPressureNanos(),
            readings.memoryPressureNanos(),
            readings.ioPressureNanos(),
            readings.stealNanos(),
            readings.throttledNanos());
    return fields.stream()
        .map(field -> field == null ? "" : field.toString())
        .collect(Collectors.joining(","));
  }

  /**
   * The sample of such fields.
   *
   * @param first the place of the first of them
   */
  public static Sample read(String benchmark, int ordinal, String[] fields, int first) {
    @Nullable Long[] values = new Long[FIELDS];
    Arrays.setAll(
        values, i -> fields[first + i].isEmpty() ? null : (Long) Long.parseLong(fields[first + i]));
    Series series =
        new Series(
            new Benchmark(benchmark, null, "time", "s", Direction.LOWER_IS_BETTER),
            Collections.emptySortedMap(),
            Device.CPU);
    long wallNanos = Long.parseLong(fields[first]);
    return new Sample(
        series,
        ordinal,
        wallNanos / NANOS_PER_SECOND,
        Instant.EPOCH,
        wallNanos,
        new BoundaryReadings(
            values[1],
            values[2],
            values[3],
            values[4],
            values[5],
            values[6],
            values[7],
            values[8],
            values[9],
            values[10],
            values[11],
            values[12],
            values[13]));
  }
}
