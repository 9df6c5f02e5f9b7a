package dev.nightjar.jobs.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.doors.Doors;
import dev.nightjar.jobs.PipelineRunner;
import dev.nightjar.jobs.RunOutcome;
import dev.nightjar.model.RunState;
import dev.nightjar.model.Sample;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database is restarted while a benchmark measures. It takes servers of its own. */
class ServerRestartIT {
  @AutoClose private static final Doors DOORS = new Doors();

  @TempDir Path folder;

  private StoreSettings settings() {
    return new StoreSettings(
        StoreSettings.EMBEDDED,
        "redis://127.0.0.1:1",
        folder.resolve("data"),
        LedgerStores.SETTINGS.cacheFolder(),
        Duration.ofMinutes(10));
  }

  @AfterEach
  void stop() {
    Stores.embedded(settings()).stop(true);
  }

  /** {@code -Dnightjar.away.seconds=N} leaves the server away for so long. */
  @Test
  void aRunSurvivesARestartAndLosesNoSample() throws Exception {
    SmallRepository repository =
        SmallRepository.make(
            folder.resolve("project"),
            """
              - name: slow
                command: "touch began; until [ -e go ]; do sleep 0.05; done; echo value 42"
                warmups: 0
                repetitions: 2
                metrics: [{name: answer, pattern: 'value (\\d+)', direction: higher}]
            """);
    CompletableFuture<RunOutcome> ended = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(() -> {
          try {
            ended.complete(
                new PipelineRunner(DOORS, new SmallRepository.Notes())
                    .run(repository.request(settings(), false)));
          } catch (Exception e) {
            ended.completeExceptionally(e);
          }
        });
    while (!Files.exists(repository.folder().resolve("began"))) {
      assertTrue(!ended.isDone(), () -> ended.exceptionNow().toString());
      Thread.onSpinWait();
    }
    Stores.embedded(settings()).stop(true);
    Files.createFile(repository.folder().resolve("go")); // the samples come while it is away
    Thread.sleep(Duration.ofSeconds(Integer.getInteger("nightjar.away.seconds", 3)));
    Stores.embedded(settings()).restart(true);
    RunOutcome outcome = ended.get(3, TimeUnit.MINUTES);
    try (Stores stores = Stores.open(settings())) {
      assertEquals(
          RunState.COMPLETED,
          stores.database().runs().find(outcome.run().id()).orElseThrow().state());
      List<Sample> answers =
          stores.database().samples().of(outcome.run().id()).stream()
              .filter(sample -> sample.series().benchmark().metric().equals("answer"))
              .toList();
      // One that the machine disturbed is measured once more, at most half of them; twice are four.
      assertTrue(answers.size() == 2 || answers.size() == 3, answers::toString);
      assertTrue(answers.stream().allMatch(sample -> sample.value() == 42), answers::toString);
    }
  }
}
