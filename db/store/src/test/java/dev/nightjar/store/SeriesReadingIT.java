package dev.nightjar.store;

import static dev.nightjar.model.telemetry.BoundaryReadings.ABSENT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Host;
import dev.nightjar.model.Run;
import dev.nightjar.model.RunState;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.UuidV7;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.git.RepositoryFacts;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.store.run.AcknowledgementStore;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A run with one series, and what reading and accepting it changes. */
class SeriesReadingIT {
  private static final Instant NIGHT = Instant.parse("2026-11-02T02:00:30Z");

  @RegisterExtension static final SharedStores.Access shared = SharedStores.access();

  private final UUID run = UuidV7.at(NIGHT);
  private long host;
  private long repository;

  @BeforeEach
  void measureOnce() {
    host = database().runs().host(new Host(run.toString(), "test", new TreeMap<>()));
    repository =
        database()
            .runs()
            .repository(
                new RepositoryFacts("/" + run, "test", "sha1", null, null, null, false),
                Optional.empty());
    database()
        .runs()
        .begin(
            new Run(
                run,
                "nightly",
                repository,
                host,
                null,
                null,
                RunState.RUNNING,
                NIGHT,
                null,
                "test"),
            "{}");
    Sample sample = new Sample(series("time", "s"), 0, 1.5, NIGHT, 0, ABSENT);
    database().samples().put(run, repository, host, List.of(sample));
    database().runs().finish(run, RunState.COMPLETED);
  }

  @Test
  void writesNothing() {
    String before = rows();
    Instant later = NIGHT.plusSeconds(1);
    Series unknown = series("size", "By");
    assertEquals(1, history(series("time", "s"), later));
    assertEquals(0, history(series("time", "By"), later), "another unit is another series");
    assertEquals(0, history(unknown, later));
    assertEquals(
        1, database().samples().in(repository, host, series("time", "s"), List.of(run)).size());
    assertEquals(0, database().samples().in(repository, host, unknown, List.of(run)).size());
    assertEquals(before, rows());
  }

  @Test
  void anAcceptedRegressionIsToldSoUntilTheWordIsTakenBackOrExpires() {
    Series series = series("time", "s");
    Verdict verdict =
        new Verdict(
            series, VerdictKind.REGRESSED, 0.5, 0.4, 0.6, 0.99, "before", "ten of ten", null);
    database().verdicts().put(run, repository, host, List.of(verdict));
    assertEquals("f", isAcknowledged());
    accept(Instant.now().plus(Duration.ofDays(1)));
    assertEquals("t", isAcknowledged());
    accept(Instant.now().minus(Duration.ofDays(1)));
    assertEquals("f", isAcknowledged(), "expired");
    accept(Instant.now().plus(Duration.ofDays(1)));
    database().acknowledgements().put(run, List.of());
    assertEquals("f", isAcknowledged(), "taken back");
  }

  @Test
  void manyRowsComeBackAsTheyWerePut() {
    String odd = "a \"b\" {c,NULL} \\d 'e' ü";
    List<Sample> samples = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < 5_003; i++) {
      SortedMap<String, String> parameters = new TreeMap<>(Map.of(odd, "NULL" + i));
      Series series =
          new Series(
              new Benchmark(odd + i % 7, null, "time", "s", Direction.LOWER_IS_BETTER),
              parameters,
              i % 2 == 0 ? Device.CPU : Device.of(i % 3 == 0 ? odd : "cuda:" + i % 5 + " A"));
      BoundaryReadings readings =
          i % 2 == 0
              ? ABSENT
              : new BoundaryReadings(
                  1L, 2L, 3L, null, 5L, 6L, 7L, 8L, 9L, 10L, 11L, null, Long.MAX_VALUE);
      samples.add(new Sample(series, 3, i + 0.1, NIGHT.plusNanos(1_000L * i), i, readings));
      verdicts.add(
          new Verdict(
              series,
              VerdictKind.INCONCLUSIVE,
              i % 2 == 0 ? null : 0.1 / i,
              null,
              1e-300,
              null,
              i % 3 == 0 ? null : "NULL",
              odd,
              i % 3 == 0 ? "" : null));
    }
    UUID many = UuidV7.at(NIGHT.plusSeconds(1));
    database()
        .runs()
        .begin(
            new Run(
                many, "nightly", repository, host, null, null, RunState.RUNNING, NIGHT, null, "t"),
            "{}");
    database().samples().put(many, repository, host, samples);
    database().samples().put(many, repository, host, samples);
    database().verdicts().put(many, repository, host, verdicts);
    assertEquals(samples.size(), database().samples().of(many).size());
    assertEquals(Set.copyOf(samples), Set.copyOf(database().samples().of(many)));
    assertEquals(Set.copyOf(verdicts), Set.copyOf(database().verdicts().of(many)));
  }

  @Test
  void aDeviceIsKeptWithItsPlace() {
    Series one =
        new Series(series("time", "s").benchmark(), new TreeMap<>(), Device.of("opencl:7 pocl é"));
    database()
        .samples()
        .put(run, repository, host, List.of(new Sample(one, 0, 1, NIGHT, 0, ABSENT)));
    assertEquals(1, history(one, NIGHT.plusSeconds(1)));
    assertEquals(
        "opencl 7 pocl é",
        text(
            "select concat_ws(' ', kind, slot, model) from nightjar.device"
                + " where label = 'opencl:7 pocl é'"));
  }

  @Test
  void ofTwoDirectionsInOneRunTheLastWordHolds() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Direction direction = i < 59 ? Direction.LOWER_IS_BETTER : Direction.HIGHER_IS_BETTER;
      Benchmark benchmark = new Benchmark("x", null, "rate", "s", direction);
      Series series = new Series(benchmark, new TreeMap<>(Map.of("n", "" + i)), Device.CPU);
      samples.add(new Sample(series, 0, 1, NIGHT, 0, ABSENT));
    }
    database().samples().put(run, repository, host, samples);
    assertEquals(
        "higher",
        text(
            "select direction from benchmark where metric = 'rate' and repository_id = "
                + repository));
  }

  private void accept(Instant until) {
    database()
        .acknowledgements()
        .put(
            run,
            List.of(
                new AcknowledgementStore.Accepted(
                    series("time", "s").benchmark(), "known", until)));
  }

  private String isAcknowledged() {
    return text("select is_acknowledged from regressions where run_id = '" + run + "'");
  }

  private int history(Series series, Instant before) {
    return database().samples().history(repository, host, series, before, 10).size();
  }

  /** Benchmarks and series as they are stored, with the transactions that wrote them. */
  private String rows() {
    return text(
        "select string_agg(concat_ws(' ', benchmark.xmin, series.xmin, benchmark, series), ' | ')"
            + " from nightjar.benchmark join nightjar.series using (benchmark_id)"
            + " where repository_id = "
            + repository);
  }

  private static String text(String sql) {
    return database()
        .read(
            "asking in a test",
            connection -> {
              try (Statement statement = connection.createStatement();
                  ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getString(1);
              }
            });
  }

  private static Series series(String metric, String unit) {
    Benchmark benchmark = new Benchmark("parser", null, metric, unit, Direction.LOWER_IS_BETTER);
    return new Series(benchmark, new TreeMap<>(), Device.CPU);
  }

  private static Database database() {
    return shared.database();
  }
}
