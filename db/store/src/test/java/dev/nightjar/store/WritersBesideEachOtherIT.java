package dev.nightjar.store;

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
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WritersBesideEachOtherIT {
  @RegisterExtension static final SharedStores.Access shared = SharedStores.access();

  private static final int WRITERS = 6;
  private static final int ROUNDS = 15;
  private static final int SERIES = 12;

  private final String name = "writers " + UUID.randomUUID();

  /** Runs of one repository on one kind of machine share their series, in whatever order. */
  @Test
  void seriesInOppositeOrdersAreStoredByAll() throws Exception {
    Database database = shared.database();
    long repositoryId =
        database
            .runs()
            .repository(
                new RepositoryFacts(name, name, "sha1", "main", "main", null, false),
                Optional.empty());
    long hostId = database.runs().host(new Host(name, name, new TreeMap<>()));
    List<Callable<Integer>> writers = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      boolean isBackwards = writer % 2 == 1;
      writers.add(() -> {
        int stored = 0;
        for (int round = 0; round < ROUNDS; round++) {
          Run run = run(repositoryId, hostId);
          database.runs().begin(run, "{}");
          List<Sample> samples = samples(round);
          database
              .samples()
              .put(run.id(), repositoryId, hostId, isBackwards ? samples.reversed() : samples);
          stored += database.samples().of(run.id()).size();
        }
        return stored;
      });
    }
    try (ExecutorService atOnce = Executors.newFixedThreadPool(WRITERS)) {
      for (Future<Integer> writer : atOnce.invokeAll(writers)) {
        assertEquals(ROUNDS * SERIES, writer.get());
      }
    }
  }

  private Run run(long repositoryId, long hostId) {
    return new Run(
        UuidV7.next(),
        "test",
        repositoryId,
        hostId,
        null,
        null,
        RunState.RUNNING,
        Instant.now(),
        null,
        "test");
  }

  /** New series in every round: those are what two can both make. */
  private static List<Sample> samples(int round) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      Benchmark benchmark =
          new Benchmark("b" + round + "/" + i, null, "time", "s", Direction.LOWER_IS_BETTER);
      samples.add(
          new Sample(
              new Series(benchmark, new TreeMap<>(), Device.CPU),
              0,
              1,
              Instant.now(),
              1,
              BoundaryReadings.ABSENT));
    }
    return samples;
  }

  @Test
  void aTransactionThatTheServerUndidIsRunAgain() {
    AtomicInteger calls = new AtomicInteger();
    boolean isDone =
        shared
            .database()
            .inTransaction(
                "losing at first",
                connection -> {
                  try (Statement statement = connection.createStatement()) {
                    if (calls.incrementAndGet() < 3) {
                      statement.execute(
                          "do $$ begin raise exception 'lost' using errcode = '40001'; end $$");
                    }
                    return true;
                  }
                });
    assertTrue(isDone);
    assertEquals(3, calls.get());
  }
}
