package dev.nightjar.store.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Failure;
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
import dev.nightjar.store.sample.DisturbedSample;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RunImportIT {
  private static final Instant NIGHT = Instant.parse("2026-11-02T02:00:30Z");
  private static final List<String> TABLES =
      List.of("run", "benchmark", "series", "sample", "sample_disturbance", "benchmark_failure");

  @RegisterExtension static final SharedStores.Access shared = SharedStores.access();

  private long host;
  private long repository;
  private Run run = run(0, 0);

  @BeforeEach
  void makeARun() {
    host = database().runs().host(new Host(UuidV7.next().toString(), "test", new TreeMap<>()));
    repository = newRepository();
    run = run(repository, host);
  }

  @AfterEach
  void killNoMore() {
    execute("drop schema if exists assassin cascade"); // and the triggers with it
  }

  @Test
  void killedAfterAnyStatementItLeavesNothingAndRepeatedItIsComplete() {
    int statements = 0;
    boolean wasKilled = true;
    while (wasKilled) {
      makeARun();
      killAfterStatement(++statements);
      wasKilled = isKilled();
      killNoMore();
      if (wasKilled) {
        assertEquals(Set.of(), known(run), "killed after statement " + statements);
        assertTrue(database().runs().find(run.id()).isEmpty(), "after statement " + statements);
        assertTrue(database().imports().take(run, content()).isNew());
      }
      assertComplete(run.id(), "killed after statement " + statements);
      assertEquals(Set.of(run.id()), known(run));
      assertFalse(database().imports().take(run, content()).isNew());
    }
    assertTrue(statements > TABLES.size(), "walked " + statements);
  }

  @Test
  void whatAnEarlierVersionLeftHalfIsCompleted() {
    for (int half = 0; half < 4; half++) {
      makeARun();
      leaveHalf(half);
      assertEquals(Set.of(), known(run), "half " + half);
      assertTrue(database().imports().take(run, content()).isNew());
      assertComplete(run.id(), "half " + half);
    }
  }

  /** The statements of the version that stored a run in four transactions. */
  private void leaveHalf(int transactions) {
    RunImport.Content all = content();
    database().runs().begin(run, "{}");
    if (transactions > 0) {
      database().samples().put(run.id(), repository, host, all.samples());
    }
    if (transactions > 1) {
      database().disturbances().put(run.id(), repository, host, all.disturbed());
    }
    if (transactions > 2) {
      database().runs().finish(run.id(), RunState.ABANDONED); // by the next start
    }
  }

  /** Such as the history of another tool whose file was cut off when it was first taken in. */
  @Test
  void ofWhatWasTakenInFromACutSourceTheRestIsAdded() {
    RunImport.Content all = content();
    RunImport.Content part =
        new RunImport.Content(all.samples().subList(0, 1), List.of(), List.of(), Set.of());
    assertTrue(database().imports().take(run, part).isNew());
    assertFalse(database().imports().take(run, part).isNew());
    assertTrue(database().imports().take(run, all).isNew());
    assertComplete(run.id(), "after the whole");
    assertFalse(database().imports().take(run, part).isNew());
    assertComplete(run.id(), "after a part again");
  }

  @Test
  void aSecondRepositoryKeepsTheSameRunToo() {
    long second = newRepository();
    Run there = run(run.id(), second, host);
    assertEquals(run.id(), database().imports().take(run, content()).runId());
    assertEquals(Set.of(), known(there), "another repository's run is not this one's");
    RunImport.Taken taken = database().imports().take(there, content());
    assertTrue(taken.isNew());
    assertNotEquals(run.id(), taken.runId());
    assertComplete(taken.runId(), "in the second repository");
    assertEquals(second, database().runs().find(taken.runId()).orElseThrow().repositoryId());
    assertEquals(Set.of(run.id()), known(there));
    assertEquals(
        new RunImport.Taken(taken.runId(), false), database().imports().take(there, content()));
    assertEquals(new RunImport.Taken(run.id(), false), database().imports().take(run, content()));
  }

  private boolean isKilled() {
    try {
      database().imports().take(run, content());
      return false;
    } catch (Failure.Unavailable e) {
      return true;
    }
  }

  /** From now on the server ends the session that makes the nth change to the tables of runs. */
  private void killAfterStatement(int number) {
    execute("create schema assassin");
    execute("create sequence assassin.statement");
    execute(
        "create function assassin.kill() returns trigger language plpgsql security definer as $$"
            + " begin if nextval('assassin.statement') = "
            + number
            + " then perform pg_terminate_backend(pg_backend_pid()); end if; return null; end $$");
    for (String table : TABLES) {
      execute(
          "create trigger assassin after insert or update or delete on nightjar."
              + table
              + " for each statement execute function assassin.kill()");
    }
  }

  private static void assertComplete(UUID id, String said) {
    assertEquals(RunState.COMPLETED, database().runs().find(id).orElseThrow().state(), said);
    RunImport.Content whole = content();
    assertEquals(whole.samples(), database().samples().of(id), said);
    assertEquals(whole.disturbed(), database().disturbances().of(id), said);
    assertEquals(whole.failures(), database().benchmarkFailures().of(id), said);
  }

  @Test
  void aRunThatWasMadeElsewhereEndedWhereItsLastSampleDid() {
    Series series = series("time", "s");
    Sample last =
        new Sample(series, 0, 1.5, NIGHT.plusSeconds(3), 2_000_000_000, BoundaryReadings.ABSENT);
    database()
        .imports()
        .take(run, new RunImport.Content(List.of(last), List.of(), List.of(), Set.of()));
    assertEquals(NIGHT.plusSeconds(5), finishedAt(run));
    Run empty = run(UuidV7.at(NIGHT), repository, host);
    database()
        .imports()
        .take(empty, new RunImport.Content(List.of(), List.of(), List.of(), Set.of()));
    assertEquals(NIGHT, finishedAt(empty));
  }

  private static @Nullable Instant finishedAt(Run run) {
    return database().runs().find(run.id()).orElseThrow().finishedAt();
  }

  private static Set<UUID> known(Run run) {
    return database().imports().known(run.repositoryId(), List.of(run));
  }

  private static RunImport.Content content() {
    Series time = series("time", "s");
    Series size = series("size", "By");
    return new RunImport.Content(
        List.of(sample(size, 0, 300), sample(time, 0, 1.5), sample(time, 1, 1.25)),
        List.of(new DisturbedSample(time, 1, 0.5, "steal")),
        List.of(new BenchmarkFailure(null, "other", "it exited with 1")),
        Set.of());
  }

  private static Series series(String metric, String unit) {
    Benchmark benchmark = new Benchmark("parser", null, metric, unit, Direction.LOWER_IS_BETTER);
    return new Series(benchmark, new TreeMap<>(), Device.CPU);
  }

  private static Sample sample(Series series, int ordinal, double value) {
    return new Sample(series, ordinal, value, NIGHT, 0, BoundaryReadings.ABSENT);
  }

  private static Run run(long repository, long host) {
    return run(UuidV7.at(NIGHT), repository, host);
  }

  private static Run run(UUID id, long repository, long host) {
    return new Run(
        id, "nightly", repository, host, null, null, RunState.RUNNING, NIGHT, null, "test");
  }

  private static long newRepository() {
    String location = "/somewhere/" + UuidV7.next();
    return database()
        .runs()
        .repository(
            new RepositoryFacts(location, "test", "sha1", "main", null, null, false),
            Optional.empty());
  }

  private static void execute(String sql) {
    database()
        .<@Nullable ResultSet>read(
            "preparing a test",
            connection -> {
              try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
                return null;
              }
            });
  }

  private static Database database() {
    return shared.database();
  }
}
