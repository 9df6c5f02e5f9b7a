package dev.nightjar.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.Host;
import dev.nightjar.model.TelemetryBatch;
import dev.nightjar.model.TelemetryMetric;
import dev.nightjar.model.UuidV7;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TelemetryStoreIT {
  @RegisterExtension static final SharedStores.Access shared = SharedStores.access();

  private static final Instant NIGHT = Instant.parse("2026-11-02T02:00:30Z");
  private static final TelemetryMetric STEAL =
      new TelemetryMetric("system.cpu.time", "cpu.mode=steal", "s");
  private static final TelemetryMetric LOAD = new TelemetryMetric("nightjar.load", "", "1");

  @Test
  void givesBackTheVeryValuesAndTimes() {
    long host = newHost();
    long seed = System.nanoTime();
    TelemetryBatch ticks = batch(STEAL, NIGHT, 2_000, seed, i -> Math.floor(i * 1.7) / 100.0);
    Random random = new Random(seed);
    TelemetryBatch load = batch(LOAD, NIGHT, 2_000, seed, i -> random.nextGaussian() / 3);
    shared.database().telemetry().append(host, List.of(ticks, load));
    assertSame(host, List.of(load, ticks), "seed " + seed);
  }

  @Test
  void batchesOfSecondsBecomeOneRowAMinute() {
    long host = newHost();
    TelemetryBatch whole = batch(STEAL, NIGHT, 1_300, 7, i -> i / 100.0);
    for (int i = 0; i < 1_300; i += 50) {
      shared.database().telemetry().append(host, List.of(part(whole, i, i + 50)));
    }
    assertSame(host, List.of(whole), "");
    assertEquals(2, count("telemetry_minute", host), "the minutes that are over");
    assertTrue(count("telemetry_recent", host) > 1, "the minute that is not");
    shared.database().telemetry().seal(host);
    assertEquals(3, count("telemetry_minute", host));
    assertEquals(0, count("telemetry_recent", host));
    assertSame(host, List.of(whole), "sealed");
  }

  @Test
  void aBatchThatComesAgainIsNotStoredTwice() {
    long host = newHost();
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TelemetryBatch whole = batch(STEAL, NIGHT, 3_000, seed, i -> i / 100.0);
    for (int i = 0; i < 3_000; i += 100) {
      shared.database().telemetry().append(host, List.of(part(whole, i, i + 100)));
    }
    for (int i = 0; i < 30; i++) {
      int from = random.nextInt(2_900);
      int to = from + 1 + random.nextInt(3_000 - from);
      shared.database().telemetry().append(host, List.of(part(whole, from, to)));
    }
    assertSame(host, List.of(whole), "seed " + seed);
    shared.database().telemetry().append(host, List.of(whole));
    shared.database().telemetry().seal(host);
    assertSame(host, List.of(whole), "seed " + seed);
  }

  @Test
  void readingsThatComeLateFindTheirPlace() {
    long host = newHost();
    TelemetryBatch whole = batch(STEAL, NIGHT, 1_200, 3, i -> i / 100.0);
    shared.database().telemetry().append(host, List.of(part(whole, 600, 1_200)));
    shared.database().telemetry().append(host, List.of(part(whole, 0, 600)));
    assertSame(host, List.of(whole), "");
  }

  @Test
  void theViewGivesTheSameValues() {
    long host = newHost();
    TelemetryBatch ticks = batch(STEAL, NIGHT, 900, 5, i -> i / 100.0);
    TelemetryBatch bytes = batch(LOAD, NIGHT, 900, 5, i -> 1e9 + 4096.0 * i * i);
    shared.database().telemetry().append(host, List.of(ticks, bytes));
    QueryResult answer =
        shared
            .database()
            .queries()
            .run(
                "select name, extract(epoch from read_at) * 1000, value from telemetry_samples"
                    + " where host_id = "
                    + host
                    + " order by name, read_at",
                Duration.ofSeconds(20),
                10_000);
    assertEquals(1_800, answer.rows().size());
    for (int i = 0; i < 900; i++) {
      assertRow(bytes, i, answer.rows().get(i));
      assertRow(ticks, i, answer.rows().get(900 + i));
    }
  }

  @Test
  void oldWeeksAreDroppedAndTheirHoursKept() {
    long host = newHost();
    Instant old = Instant.parse("2019-05-08T10:59:00Z");
    TelemetryBatch before = batch(STEAL, old, 1_200, 11, i -> i);
    TelemetryBatch since = batch(STEAL, NIGHT, 100, 11, i -> i);
    shared.database().telemetry().append(host, List.of(before));
    shared.database().telemetry().append(host, List.of(since));
    assertTrue(shared.database().telemetry().dropBefore(Instant.parse("2020-01-01T00:00:00Z")) > 0);
    assertSame(host, List.of(since), "the newer ones stay");
    QueryResult hours =
        shared
            .database()
            .queries()
            .run(
                "select readings, minimum, maximum from telemetry_hourly where host_id = "
                    + host
                    + " order by hour_at",
                Duration.ofSeconds(20),
                10);
    assertEquals(2, hours.rows().size());
    assertEquals("0", hours.rows().getFirst().get(1));
    assertEquals("1199", hours.rows().getLast().get(2));
  }

  private static double number(@Nullable String cell) {
    return Double.parseDouble(Objects.requireNonNull(cell));
  }

  private static void assertRow(TelemetryBatch batch, int i, List<@Nullable String> cells) {
    assertEquals(batch.metric().name(), cells.get(0));
    assertEquals(batch.epochMillis()[i], Math.round(number(cells.get(1))));
    assertEquals(batch.values()[i], number(cells.get(2)));
  }

  private static void assertSame(long host, List<TelemetryBatch> expected, String said) {
    List<TelemetryBatch> actual =
        shared.database().telemetry().read(host, NIGHT, NIGHT.plus(Duration.ofDays(1)));
    assertEquals(
        expected.stream().map(TelemetryBatch::metric).toList(),
        actual.stream().map(TelemetryBatch::metric).toList(),
        said);
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i).epochMillis(), actual.get(i).epochMillis(), said);
      assertArrayEquals(expected.get(i).values(), actual.get(i).values(), said);
    }
  }

  private static TelemetryBatch batch(
      TelemetryMetric metric,
      Instant start,
      int size,
      long seed,
      java.util.function.IntToDoubleFunction value) {
    Random jitter = new Random(seed);
    long[] times = new long[size];
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      times[i] = start.toEpochMilli() + 100L * i + jitter.nextInt(3);
      values[i] = value.applyAsDouble(i);
    }
    return new TelemetryBatch(metric, times, values);
  }

  private static TelemetryBatch part(TelemetryBatch batch, int from, int to) {
    return new TelemetryBatch(
        batch.metric(),
        Arrays.copyOfRange(batch.epochMillis(), from, to),
        Arrays.copyOfRange(batch.values(), from, to));
  }

  private static long count(String table, long host) {
    return shared
        .database()
        .read(
            "counting",
            connection -> {
              try (var statement = connection.createStatement();
                  var row =
                      statement.executeQuery(
                          "select count(*) from nightjar." + table + " where host_id = " + host)) {
                row.next();
                return row.getLong(1);
              }
            });
  }

  private static long newHost() {
    return shared
        .database()
        .runs()
        .host(new Host(UuidV7.next().toString(), "test", new TreeMap<>()));
  }
}
