package dev.nightjar.store.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Host;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.UuidV7;
import dev.nightjar.model.git.RepositoryFacts;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.store.Database;
import dev.nightjar.store.SharedStores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What measured is found among any number of runs that did not, and for many series at once. */
class HistoryStoreIT {
  private static final Instant FIRST = Instant.parse("2026-10-01T02:00:00Z");

  @RegisterExtension static final SharedStores.Access shared = SharedStores.access();

  private Database database;
  private long repositoryId;
  private long hostId;

  @BeforeEach
  void makeARepository() {
    database = shared.database();
    String name = "/" + UUID.randomUUID();
    RepositoryFacts facts = new RepositoryFacts(name, "r", "sha1", "main", "main", null, false);
    repositoryId = database.runs().repository(facts, Optional.empty());
    hostId = database.runs().hostOf(new Host(name, "box", new TreeMap<>()));
  }

  private UUID run(String pipeline, int hour, RunState end, Sample... samples) {
    Instant at = FIRST.plus(Duration.ofHours(hour));
    UUID id = UuidV7.at(at);
    database
        .runs()
        .begin(
            new Run(
                id, pipeline, repositoryId, hostId, null, "main", RunState.RUNNING, at, null, "1"),
            "{}");
    database.samples().put(id, repositoryId, hostId, List.of(samples));
    if (end != RunState.RUNNING) {
      database.runs().finish(id, end);
    }
    return id;
  }

  private static Series series(String name) {
    return new Series(
        new Benchmark(name, null, "time", "s", Direction.LOWER_IS_BETTER),
        new TreeMap<>(),
        Device.CPU);
  }

  private static Sample sample(String name, int ordinal, double value) {
    return new Sample(series(name), ordinal, value, FIRST, 0, BoundaryReadings.ABSENT);
  }

  @Test
  void aWatchThatTakesInEveryPushHidesNoMeasurement() {
    UUID first = run("nightly", 0, RunState.COMPLETED, sample("a", 0, 1));
    UUID failed = run("nightly", 1, RunState.FAILED);
    List<UUID> pushes = new ArrayList<>();
    for (int hour = 2; hour < 152; hour++) {
      pushes.add(run("ingest", hour, RunState.COMPLETED));
    }
    run("import", 200, RunState.COMPLETED, sample("a", 0, 1));
    assertEquals(first, database.runs().latestMeasured(repositoryId, "import").orElseThrow().id());
    assertEquals(
        first,
        database
            .runs()
            .latestBefore("nightly", repositoryId, FIRST.plus(Duration.ofHours(300)))
            .orElseThrow()
            .id());
    List<UUID> listed = notable(300);
    assertTrue(listed.containsAll(List.of(first, failed)), listed.toString());
    assertEquals(5, listed.stream().filter(pushes::contains).count());
    assertTrue(listed.contains(pushes.getLast()));
    assertEquals(List.of(failed, first), notable(1), "what came later is left out");
  }

  private List<UUID> notable(int untilHour) {
    return database
        .runs()
        .notable(repositoryId, FIRST.plus(Duration.ofHours(untilHour)), 50, 5)
        .stream()
        .map(Run::id)
        .toList();
  }

  @Test
  void manySeriesAreReadAtOnceAndNoneIsMade() {
    UUID one = run("nightly", 0, RunState.COMPLETED, sample("a", 0, 1), sample("a", 1, 2));
    UUID two = run("nightly", 1, RunState.COMPLETED, sample("a", 0, 3), sample("b", 0, 4));
    database
        .disturbances()
        .put(one, repositoryId, hostId, List.of(new DisturbedSample(series("a"), 1, 0.5, "steal")));
    Map<Long, Series> ids =
        database
            .history()
            .ids(repositoryId, hostId, Set.of(series("a"), series("b"), series("none")));
    assertEquals(Set.of(series("a"), series("b")), Set.copyOf(ids.values()));
    List<PastSamples> samples = database.history().samples(ids, List.of(one, two), true);
    assertEquals(3, samples.size());
    PastSamples ofOne =
        samples.stream().filter(some -> some.runId().equals(one)).findFirst().orElseThrow();
    assertArrayEquals(new double[] {1, 0.5}, ofOne.weights());
    assertEquals(List.of(1.0, 2.0), ofOne.observed().stream().map(Sample::value).toList());
    assertEquals(Set.of(series("a")), database.history().series(List.of(one), Set.of()));
    assertEquals(
        Set.of(), database.history().measuredElsewhere(repositoryId, hostId, Set.of(series("a"))));
    long other = database.runs().hostOf(new Host("other" + hostId, "box", new TreeMap<>()));
    assertEquals(
        Set.of(series("a")),
        database
            .history()
            .measuredElsewhere(repositoryId, other, Set.of(series("a"), series("none"))));
  }

  @Test
  void theNewestStartAndARunOfTheSameContentAreFound() {
    assertEquals(Optional.empty(), database.runs().newestStart(repositoryId, hostId));
    UUID one = run("results", 0, RunState.COMPLETED, sample("a", 0, 1));
    run("results", 7, RunState.FAILED);
    assertEquals(
        Optional.of(FIRST.plus(Duration.ofHours(7))),
        database.runs().newestStart(repositoryId, hostId));
    assertEquals(
        one,
        database
            .runs()
            .endingIn(repositoryId, hostId, one.toString().substring(14))
            .orElseThrow()
            .id());
    assertEquals(
        Optional.empty(), database.runs().endingIn(repositoryId, hostId, "7fff-8fff-000000000000"));
  }
}
