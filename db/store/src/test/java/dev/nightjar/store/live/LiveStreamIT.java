package dev.nightjar.store.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.model.telemetry.TelemetryMetric;
import dev.nightjar.store.SharedStores;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import dev.nightjar.store.embedded.RedisAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What Redis is for: who watches gets what is read, and a Redis that dies costs nothing else. */
class LiveStreamIT {
  private static final TelemetryMetric METRIC = new TelemetryMetric("nightjar.test", "", "1");
  private static final Duration WAIT = Duration.ofMillis(50);
  private static final String BEGINNING = "0-0";

  @RegisterExtension static final SharedStores.Access SHARED = SharedStores.access();

  private static TelemetryBatch batch(long millis, double... values) {
    long[] times = new long[values.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = millis + i;
    }
    return new TelemetryBatch(METRIC, times, values);
  }

  private static LiveStream live() {
    return SHARED.stores().redis().orElseThrow();
  }

  /** What happens with one machine's stream; on another one it happens again. */
  @FunctionalInterface
  private interface Scenario {
    void run(long machine) throws Exception;
  }

  /**
   * Runs it until no answer of Redis was late meanwhile: on a busy machine one can be, and then
   * what is live is dropped, as it should be.
   */
  private static void undisturbed(Scenario scenario) throws Exception {
    for (int attempt = 1; attempt <= 5; attempt++) {
      try {
        scenario.run(1_000_000 + 10 * attempt);
        return;
      } catch (AssertionError e) {
        if (live().trouble().isEmpty() || attempt == 5) {
          throw e;
        }
        while (live().trouble().isPresent()) {
          live().cached("whether it answers again");
          Thread.onSpinWait();
        }
      }
    }
  }

  @Test
  void whoWatchesAMachineGetsItsBatchesOnceAndInOrderAndNoOthers() throws Exception {
    undisturbed(LiveStreamIT::watch);
  }

  private static void watch(long machine) {
    live().publish(machine, List.of(batch(1_000, 1.5, 2.5)));
    live().publish(machine + 1, List.of(batch(1_000, 99)));
    live().publish(machine, List.of(batch(2_000, 3.5)));

    var first = live().read(machine, BEGINNING, WAIT);
    assertEquals(2, first.batches().size());
    assertEquals(METRIC, first.batches().getFirst().metric());
    assertArrayEquals(new long[] {1_000, 1_001}, first.batches().getFirst().epochMillis());
    assertArrayEquals(new double[] {1.5, 2.5}, first.batches().getFirst().values());
    assertArrayEquals(new double[] {3.5}, first.batches().getLast().values());

    var nothing = live().read(machine, first.position(), WAIT);
    assertEquals(List.of(), nothing.batches());
    assertEquals(first.position(), nothing.position());
    live().publish(machine, List.of(batch(3_000, 4.5)));
    var next = live().read(machine, nothing.position(), WAIT);
    assertEquals(1, next.batches().size(), "each batch once");
    assertArrayEquals(new double[] {4.5}, next.batches().getFirst().values());
  }

  @Test
  void subscribersOfATopicHearWhatIsToldOnItAlone() throws Exception {
    undisturbed(LiveStreamIT::listen);
  }

  private static void listen(long machine) throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (LiveStream.Subscription subscription = live().subscribe("test", heard::add)) {
      while (!subscription.isListening() && live().trouble().isEmpty()) {
        Thread.onSpinWait();
      }
      live().tell("another", "not for us");
      live().tell("test", "first of " + machine);
      live().tell("test", "last of " + machine);
      assertEquals("first of " + machine, heard.poll(10, TimeUnit.SECONDS));
      assertEquals("last of " + machine, heard.poll(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void anAnswerIsKeptAndReplacedAndAnotherQuestionHasNone() throws Exception {
    undisturbed(machine -> {
      live().cache("how many", "42", Duration.ofMinutes(1));
      assertEquals(Optional.of("42"), live().cached("how many"));
      live().cache("how many", "43", Duration.ofMinutes(1));
      assertEquals(Optional.of("43"), live().cached("how many"));
      assertEquals(Optional.empty(), live().cached("how few"));
    });
  }

  /** In mid-run: what is durable goes on, what was live is absent, and the trouble is told. */
  @Test
  void aRedisThatDiesCostsNeitherRowsNorTime(@TempDir Path folder) throws Exception {
    StoreSettings settings =
        new StoreSettings(
            StoreSettings.EMBEDDED,
            StoreSettings.EMBEDDED,
            folder.resolve("data"),
            SharedStores.SETTINGS.cacheFolder(),
            Duration.ofMinutes(10));
    try (Stores stores = Stores.open(settings)) {
      LiveStream live = stores.redis().orElseThrow();
      RedisAccess redis = Stores.embedded(settings).status().redis().orElseThrow();
      ProcessHandle process = ProcessHandle.of(redis.pid()).orElseThrow();
      process.destroyForcibly();
      process.onExit().get(30, TimeUnit.SECONDS);

      live.publish(1, List.of(batch(2_000, 2)));
      assertTrue(live.trouble().isPresent());
      assertEquals(List.of(), live.read(1, BEGINNING, WAIT).batches());
      assertTrue(live.cached("how many").isEmpty());
      long before = System.nanoTime();
      for (int tick = 0; tick < 1_000; tick++) {
        live.publish(1, List.of(batch(3_000 + tick, 3)));
      }
      assertTrue(System.nanoTime() - before < Duration.ofSeconds(4).toNanos(), "it is left alone");
      assertEquals(
          "1",
          stores
              .database()
              .queries()
              .run("select 1", Duration.ofSeconds(10), 1)
              .rows()
              .getFirst()
              .getFirst());
    } finally {
      Stores.embedded(settings).stop(true);
    }
  }
}
