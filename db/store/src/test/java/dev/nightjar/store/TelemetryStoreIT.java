package dev.nightjar.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.Host;
import dev.nightjar.model.Machine;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.model.UuidV7;
import dev.nightjar.model.git.RepositoryFacts;
import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.model.telemetry.TelemetryMetric;
import dev.nightjar.store.query.QueryResult;
import dev.nightjar.store.telemetry.ThinnedReadings;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
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
    long machine = newMachine();
    long seed = System.nanoTime();
    TelemetryBatch ticks = batch(STEAL, NIGHT, 2_000, seed, i -> Math.floor(i * 1.7) / 100.0);
    Random random = new Random(seed);
    TelemetryBatch load = batch(LOAD, NIGHT, 2_000, seed, i -> random.nextGaussian() / 3);
    shared.database().telemetry().append(machine, List.of(ticks, load));
    assertSame(machine, List.of(load, ticks), "seed " + seed);
  }

  @Test
  void batchesOfSecondsBecomeOneRowAMinute() {
    long machine = newMachine();
    TelemetryBatch whole = batch(STEAL, NIGHT, 1_300, 7, i -> i / 100.0);
    for (int i = 0; i < 1_300; i += 50) {
      shared.database().telemetry().append(machine, List.of(part(whole, i, i + 50)));
    }
    assertSame(machine, List.of(whole), "");
    assertEquals(2, count("telemetry_minute", machine), "the minutes that are over");
    assertTrue(count("telemetry_recent", machine) > 1, "the minute that is not");
    shared.database().telemetry().seal(machine);
    assertEquals(3, count("telemetry_minute", machine));
    assertEquals(0, count("telemetry_recent", machine));
    assertSame(machine, List.of(whole), "sealed");
  }

  @Test
  void aBatchThatComesAgainIsNotStoredTwice() {
    long machine = newMachine();
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TelemetryBatch whole = batch(STEAL, NIGHT, 3_000, seed, i -> i / 100.0);
    for (int i = 0; i < 3_000; i += 100) {
      shared.database().telemetry().append(machine, List.of(part(whole, i, i + 100)));
    }
    for (int i = 0; i < 30; i++) {
      int from = random.nextInt(2_900);
      int to = from + 1 + random.nextInt(3_000 - from);
      shared.database().telemetry().append(machine, List.of(part(whole, from, to)));
    }
    assertSame(machine, List.of(whole), "seed " + seed);
    shared.database().telemetry().append(machine, List.of(whole));
    shared.database().telemetry().seal(machine);
    assertSame(machine, List.of(whole), "seed " + seed);
  }

  @Test
  void readingsThatComeLateFindTheirPlace() {
    long machine = newMachine();
    TelemetryBatch whole = batch(STEAL, NIGHT, 1_200, 3, i -> i / 100.0);
    shared.database().telemetry().append(machine, List.of(part(whole, 600, 1_200)));
    shared.database().telemetry().append(machine, List.of(part(whole, 0, 600)));
    assertSame(machine, List.of(whole), "");
  }

  @Test
  void theViewGivesTheSameValues() {
    long machine = newMachine();
    TelemetryBatch ticks = batch(STEAL, NIGHT, 900, 5, i -> i / 100.0);
    TelemetryBatch bytes = batch(LOAD, NIGHT, 900, 5, i -> 1e9 + 4096.0 * i * i);
    shared.database().telemetry().append(machine, List.of(ticks, bytes));
    QueryResult answer =
        shared
            .database()
            .queries()
            .run(
                "select name, extract(epoch from read_at) * 1000, value from telemetry_samples"
                    + " where machine_id = "
                    + machine
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
    long machine = newMachine();
    Instant old = Instant.parse("2019-05-08T10:59:00Z");
    TelemetryBatch before = batch(STEAL, old, 1_200, 11, i -> i);
    TelemetryBatch since = batch(STEAL, NIGHT, 100, 11, i -> i);
    shared.database().telemetry().append(machine, List.of(before));
    shared.database().telemetry().append(machine, List.of(since));
    assertTrue(shared.database().telemetry().dropBefore(Instant.parse("2020-01-01T00:00:00Z")) > 0);
    assertSame(machine, List.of(since), "the newer ones stay");
    QueryResult hours =
        shared
            .database()
            .queries()
            .run(
                "select readings, minimum, maximum from telemetry_hourly where machine_id = "
                    + machine
                    + " order by hour_at",
                Duration.ofSeconds(20),
                10);
    assertEquals(2, hours.rows().size());
    assertEquals("0", hours.rows().getFirst().get(1));
    assertEquals("1199", hours.rows().getLast().get(2));
  }

  @Test
  void twoMachinesOfOneKindAreToldApart() {
    long host = newHost();
    UUID here = newRun(host);
    UUID there = newRun(host);
    long machine = begin(here, host, "one", NIGHT);
    long other = begin(there, host, "two", NIGHT);
    TelemetryBatch own = batch(STEAL, NIGHT, 900, 13, i -> i / 100.0);
    TelemetryBatch foreign = batch(STEAL, NIGHT, 900, 14, i -> 5_000 + i);
    shared.database().telemetry().append(machine, List.of(own));
    shared.database().telemetry().append(other, List.of(foreign));
    assertBatches(List.of(own), ofRun(here), "one");
    assertBatches(List.of(foreign), ofRun(there), "two");
  }

  @Test
  void aRunThatWentOnElsewhereHasTheReadingsOfEachMachineInItsTime() {
    long host = newHost();
    UUID run = newRun(host);
    Instant resumed = NIGHT.plusSeconds(60);
    long first = begin(run, host, "one", NIGHT);
    long second = begin(run, host, "two", resumed);
    TelemetryBatch whole = batch(STEAL, NIGHT, 1_200, 15, i -> i / 100.0);
    TelemetryBatch foreign = batch(STEAL, NIGHT, 1_200, 16, i -> 5_000 + i);
    shared.database().telemetry().append(first, List.of(whole));
    shared.database().telemetry().append(second, List.of(foreign));
    assertBatches(List.of(part(whole, 0, 600), part(foreign, 600, 1_200)), ofRun(run), "");
  }

  @Test
  void whatTheMachineDoesAfterTheRunIsNoPartOfIt() {
    UUID run = newRun(newHost());
    long machine = begin(run, newHost(), "one", NIGHT);
    TelemetryBatch whole = batch(STEAL, NIGHT, 1_200, 17, i -> i / 100.0);
    shared.database().telemetry().append(machine, List.of(whole));
    assertEquals(Optional.empty(), shared.database().machines().watchedUntil(run));
    shared.database().machines().end(run, NIGHT.plusSeconds(60));
    shared.database().machines().end(run, NIGHT.plusSeconds(90));
    assertEquals(
        Optional.of(NIGHT.plusSeconds(60)), shared.database().machines().watchedUntil(run));
    List<TelemetryBatch> expected = List.of(part(whole, 0, 600));
    assertBatches(expected, ofRun(run), "");
    Instant later = NIGHT.plus(Duration.ofDays(30));
    assertBatches(
        expected, shared.database().telemetry().thinned(run, NIGHT, later, 3_000_000), "");
  }

  @Test
  void ofALongRunTheTellingReadingsAreGiven() {
    UUID run = newRun(newHost());
    long machine = begin(run, newHost(), "one", NIGHT);
    TelemetryBatch whole = batch(STEAL, NIGHT, 36_000, 18, i -> i == 12_345 ? 1e6 : i / 100.0);
    shared.database().telemetry().append(machine, List.of(whole));
    List<TelemetryBatch> thinned =
        shared.database().telemetry().thinned(run, NIGHT, NIGHT.plusSeconds(3600), 60);
    assertEquals(1, thinned.size());
    long[] times = thinned.getFirst().epochMillis();
    assertTrue(times.length <= 60 * ThinnedReadings.MOST_OF_SLOT, times.length + " are kept");
    assertTrue(Arrays.binarySearch(times, whole.epochMillis()[12_345]) >= 0);
    assertEquals(whole.epochMillis()[35_999], times[times.length - 1]);
    assertBatches(
        List.of(whole),
        shared.database().telemetry().thinned(run, NIGHT, NIGHT.plusSeconds(3600), 36_000),
        "few are whole");
  }

  @Test
  void aMachineThatIsSeenAgainIsTheSameAndOneThatBootedIsNot() {
    long host = newHost();
    long machine = machine(host, "one");
    assertEquals(machine, machine(host, "one"));
    assertNotEquals(machine, machine(host, "two"));
    assertNotEquals(machine, machine(newHost(), "one"));
  }

  private static UUID newRun(long host) {
    long repository =
        shared
            .database()
            .runs()
            .repository(
                new RepositoryFacts("/" + UuidV7.next(), "test", "sha1", null, null, null, false),
                Optional.empty());
    Run run =
        new Run(
            UuidV7.next(),
            "nightly",
            repository,
            host,
            null,
            null,
            RunState.RUNNING,
            NIGHT,
            null,
            "test");
    shared.database().runs().begin(run, "{}");
    return run.id();
  }

  private static long begin(UUID run, long host, String boot, Instant at) {
    return shared.database().machines().begin(run, host, new Machine(boot, "test"), at);
  }

  private static List<TelemetryBatch> ofRun(UUID run) {
    return shared.database().telemetry().ofRun(run, Set.of(), NIGHT, NIGHT.plusSeconds(3600));
  }

  private static double number(@Nullable String cell) {
    return Double.parseDouble(Objects.requireNonNull(cell));
  }

  private static void assertRow(TelemetryBatch batch, int i, List<@Nullable String> cells) {
    assertEquals(batch.metric().name(), cells.get(0));
    assertEquals(batch.epochMillis()[i], Math.round(number(cells.get(1))));
    assertEquals(batch.values()[i], number(cells.get(2)));
  }

  private static void assertSame(long machine, List<TelemetryBatch> expected, String said) {
    assertBatches(
        expected,
        shared.database().telemetry().read(machine, NIGHT, NIGHT.plus(Duration.ofDays(1))),
        said);
  }

  private static void assertBatches(
      List<TelemetryBatch> expected, List<TelemetryBatch> actual, String said) {
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

  private static long count(String table, long machine) {
    return shared
        .database()
        .read(
            "counting",
            connection -> {
              try (var statement = connection.createStatement();
                  var row =
                      statement.executeQuery(
                          "select count(*) from nightjar."
                              + table
                              + " where machine_id = "
                              + machine)) {
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

  private static long newMachine() {
    return machine(newHost(), "boot");
  }

  private static long machine(long host, String boot) {
    return shared.database().machines().seen(host, new Machine(boot, "test"));
  }
}
