package dev.nightjar.jobs.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.doors.Doors;
import dev.nightjar.doors.RunEvents;
import dev.nightjar.jobs.PipelineRunner;
import dev.nightjar.model.UuidV7;
import dev.nightjar.model.event.RunEvent;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import dev.nightjar.store.live.LiveStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whoever watches a run through Redis, and whoever does not. */
class LiveEventsIT {
  @RegisterExtension static final LedgerStores shared = new LedgerStores();

  @AutoClose private static final Doors DOORS = new Doors();

  private static final StoreSettings WITH_REDIS =
      LedgerStores.SETTINGS.withUrls(StoreSettings.EMBEDDED, StoreSettings.EMBEDDED);

  @TempDir private Path folder;

  private SmallRepository repository(String more) throws Exception {
    SmallRepository repository =
        SmallRepository.make(
            folder.resolve("source"),
            "  - {name: quick, command: 'true', repetitions: 2, warmups: 0}\n");
    Path settings = repository.folder().resolve("nightjar.yaml");
    Files.writeString(settings, Files.readString(settings) + more);
    return repository;
  }

  @Test
  void whoWatchesHearsARunFromItsBeginningToItsEnd() throws Exception {
    SmallRepository repository = repository("");
    List<JsonNode> heard;
    try (Stores stores = Stores.open(WITH_REDIS)) {
      heard = heardDuring(stores.redis().orElseThrow(), repository);
    }
    List<String> order =
        heard.stream()
            .filter(event -> !event.path("event").asString().equals("progressed"))
            .map(event -> event.path("event").asString() + " " + event.path("step").asString(""))
            .map(String::strip)
            .toList();
    assertEquals(
        List.of(
            "begun",
            "step_began ingest",
            "step_ended ingest",
            "step_began bench",
            "samples_stored",
            "samples_stored",
            "step_ended bench",
            "step_began judge",
            "judged",
            "step_ended judge",
            "step_began publish",
            "step_ended publish",
            "ended"),
        order.stream().filter(word -> !word.equals("noted")).toList());
    assertEquals("completed", heard.getLast().path("state").asString());
    JsonNode judged =
        heard.stream()
            .filter(event -> event.path("event").asString().equals("judged"))
            .findFirst()
            .orElseThrow();
    assertEquals(judged.path("count").asInt(), judged.path("verdicts").size());
    assertTrue(judged.path("count").asInt() > 0, "nothing was judged");
    assertEquals("new", judged.path("verdicts").path(0).path("verdict").asString());
  }

  private static List<JsonNode> heardDuring(LiveStream live, SmallRepository repository)
      throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    try (LiveStream.Subscription subscription = live.subscribe(RunEvents.TOPIC, told::add)) {
      while (!subscription.isListening() && live.trouble().isEmpty()) {
        Thread.onSpinWait();
      }
      var outcome =
          new PipelineRunner(DOORS, _ -> {}, Duration.ofSeconds(20))
              .run(repository.request(WITH_REDIS, false));
      List<JsonNode> heard = new ArrayList<>();
      String run = outcome.run().id().toString();
      while (heard.isEmpty() || !heard.getLast().path("event").asString().equals("ended")) {
        String text = told.poll(20, TimeUnit.SECONDS);
        assertTrue(text != null, "the end was not heard: " + heard);
        JsonNode event = JsonMapper.shared().readTree(text);
        if (event.path("run").asString().equals(run)) {
          heard.add(event);
        }
      }
      return heard;
    }
  }

  @Test
  void aRedisThatHangsKeepsNoRunWaiting() throws Exception {
    try (Stores stores = Stores.open(WITH_REDIS);
        Doors own = new Doors()) {
      RunEvents events = own.events(stores.database(), stores.redis(), UuidV7.next());
      events.note("the doors are opened");
      long redis = Stores.embedded(WITH_REDIS).status().redis().orElseThrow().pid();
      signal("STOP", redis);
      try {
        long began = System.nanoTime();
        for (int i = 0; i < 20_000; i++) {
          events.note("nobody hears this");
        }
        events.close();
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertTrue(took.compareTo(Duration.ofSeconds(10)) < 0, took::toString);
      } finally {
        signal("CONT", redis);
      }
    }
  }

  private static void signal(String name, long pid) throws Exception {
    assertEquals(0, new ProcessBuilder("kill", "-" + name, "" + pid).start().waitFor());
  }

  @Test
  void withLiveOffNoRedisIsStarted() throws Exception {
    StoreSettings own =
        new StoreSettings(
            StoreSettings.EMBEDDED,
            StoreSettings.EMBEDDED,
            folder.resolve("data"),
            LedgerStores.SETTINGS.cacheFolder(),
            Duration.ofMinutes(10));
    SmallRepository repository = repository("live: off\n");
    List<RunEvent> heard = new ArrayList<>();
    try {
      new PipelineRunner(DOORS, heard::add, Duration.ofSeconds(20))
          .run(repository.request(own, false));
      assertFalse(Stores.embedded(own).status().redis().isPresent(), "a Redis was started");
      assertTrue(heard.getFirst() instanceof RunEvent.Begun, heard.toString());
      assertTrue(heard.getLast() instanceof RunEvent.Ended, heard.toString());
    } finally {
      Stores.embedded(own).stop(true);
    }
  }
}
