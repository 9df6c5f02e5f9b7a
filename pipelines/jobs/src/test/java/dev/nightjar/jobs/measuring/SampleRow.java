package dev.nightjar.jobs.measuring;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.StringJoiner;
import java.util.zip.GZIPInputStream;

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
    StringJoiner fields = new StringJoiner(",").add(String.valueOf(sample.wallNanos()));
    for (Indicator indicator : Indicator.inColumns()) {
      OptionalLong reading = sample.readings().of(indicator);
      fields.add(reading.isPresent() ? String.valueOf(reading.getAsLong()) : "");
    }
    return fields.toString();
  }

  /**
   * The sample of such fields.
   *
   * @param first the place of the first of them
   */
  public static Sample read(String benchmark, int ordinal, String[] fields, int first) {
    BoundaryReadings.Builder readings = BoundaryReadings.builder();
    int field = first;
    for (Indicator indicator : Indicator.inColumns()) {
      field++;
      if (!fields[field].isEmpty()) {
        readings.put(indicator, Long.parseLong(fields[field]));
      }
    }
    Series series =
        new Series(
            new Benchmark(benchmark, null, "time", "s", Direction.LOWER_IS_BETTER),
            Collections.emptySortedMap(),
            Device.CPU);
    long wallNanos = Long.parseLong(fields[first]);
    return new Sample(
        series, ordinal, wallNanos / NANOS_PER_SECOND, Instant.EPOCH, wallNanos, readings.build());
  }
}
