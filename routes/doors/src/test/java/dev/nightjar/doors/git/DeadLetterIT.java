package dev.nightjar.doors.git;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.doors.Ingest;
import dev.nightjar.git.GitRepository;
import dev.nightjar.model.DeadLetter;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Machine;
import dev.nightjar.model.Run;
import dev.nightjar.model.git.PersonCorrections;
import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.model.telemetry.TelemetryMetric;
import dev.nightjar.store.git.GitHistoryWriter;
import dev.nightjar.store.telemetry.TelemetryText;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a route gives up is kept with its reason, the caller hears of it, and the routes go on. */
class DeadLetterIT {
  @RegisterExtension static final TestStores STORES = new TestStores();

  /** No calendar holds this time. */
  private static final TelemetryBatch READINGS =
      new TelemetryBatch(
          new TelemetryMetric("nightjar.test", "", "1"),
          new long[] {Long.MAX_VALUE},
          new double[] {1});

  @TempDir Path folder;

  @Test
  void aHistoryThatAnotherHoldsIsTriedAgainThenKeptAndTheNextOneComesIn() throws Exception {
    TestRepository repository = TestRepository.init(folder);
    repository.commit("a", "1\n");
    try (GitRepository open = GitRepository.open(folder)) {
      long id = STORES.repositoryId(open.facts());
      Run run = STORES.beginRun(id);
      Ingest ingest = STORES.door(run);
      try (GitHistoryWriter other =
          GitHistoryWriter.open(STORES.database(), id, "another process", PersonCorrections.NONE)) {
        assertEquals(0, other.watermark().closedThrough());
        Failure refused =
            assertThrows(
                Failure.Unavailable.class, () -> ingest.git(open, id, GitIngestProgress.NONE));
        assertTrue(refused.getMessage().contains("another process"), refused.getMessage());
      }
      DeadLetter letter = onlyLetter(run);
      assertEquals("git", letter.route());
      assertEquals("history of repository " + id, letter.subject());
      assertTrue(letter.error().contains("is being read already"), letter.error());

      assertEquals(1, ingest.git(open, id, GitIngestProgress.NONE).commits());
      assertEquals(1, STORES.database().deadLetters().of(run.id()).size(), "nothing more failed");
    }
  }

  @Test
  void readingsThatTheDatabaseRefusesAreKeptAndTheHistoryStillComesIn() throws Exception {
    TestRepository repository = TestRepository.init(folder);
    repository.commit("a", "1\n");
    try (GitRepository open = GitRepository.open(folder)) {
      long id = STORES.repositoryId(open.facts());
      Run run = STORES.beginRun(id);
      long machine = STORES.database().machines().seen(run.hostId(), new Machine("boot", "test"));
      Ingest ingest = STORES.door(run);
      assertThrows(RuntimeException.class, () -> ingest.telemetry(machine, List.of(READINGS)));
      DeadLetter letter = onlyLetter(run);
      assertEquals("telemetry", letter.route());
      assertTrue(letter.subject().startsWith("1 metrics of machine " + machine + " from "));
      TelemetryText kept = TelemetryText.read(letter.payload()).orElseThrow();
      assertEquals(machine, kept.machineId());
      assertTrue(kept.isWhole());
      assertEquals(READINGS.metric(), kept.batches().getFirst().metric());
      assertArrayEquals(READINGS.values(), kept.batches().getFirst().values());
      assertArrayEquals(READINGS.epochMillis(), kept.batches().getFirst().epochMillis());
      assertEquals(1, ingest.git(open, id, GitIngestProgress.NONE).commits());
    }
  }

  private static DeadLetter onlyLetter(Run run) {
    List<DeadLetter> letters = STORES.database().deadLetters().of(run.id());
    assertEquals(1, letters.size(), letters.toString());
    return letters.getFirst();
  }
}
