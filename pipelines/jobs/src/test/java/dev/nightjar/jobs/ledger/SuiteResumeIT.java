package dev.nightjar.jobs.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.doors.Doors;
import dev.nightjar.jobs.PipelineRunner;
import dev.nightjar.jobs.RunOutcome;
import dev.nightjar.model.Device;
import dev.nightjar.model.Sample;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.model.event.RunEvent;
import dev.nightjar.model.event.RunListener;
import dev.nightjar.store.Database;
import dev.nightjar.store.Stores;
import dev.nightjar.store.run.BenchmarkFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A suite of several cases, of which some are stored already, or fail. */
class SuiteResumeIT {
  @RegisterExtension static final LedgerStores shared = new LedgerStores();

  @AutoClose private static final Doors DOORS = new Doors();

  @TempDir private Path folder;
  private SmallRepository repository = null;

  @BeforeEach
  void nameTheSuiteOnly() throws Exception {
    CountedSuite.folder = folder;
    repository = SmallRepository.make(folder.resolve("source"), "");
    Files.writeString(
        repository.folder().resolve("nightjar.yaml"),
        "suites: [counted]\ntelemetry: {interval: 10s}\n");
  }

  @Test
  void aSuiteThatWasInterruptedGoesOnWithTheCaseThatLacksSamples() throws Exception {
    RunListener interrupter =
        event -> {
          if (event instanceof RunEvent.SamplesStored) {
            Thread.currentThread().interrupt();
          }
        };
    assertThrows(Exception.class, () -> run(interrupter, false));
    Thread.interrupted(); // what is left of it
    assertTrue(measured().startsWith("1"), measured());
    Files.delete(folder.resolve("measured"));
    RunOutcome resumed = run(_ -> {}, true);
    assertEquals("2", measured());
    assertEquals(6, samples(resumed).size());
  }

  @Test
  void theOtherCasesOfASuiteStandWhenOneFails() throws Exception {
    Files.createFile(folder.resolve("wrong"));
    RunOutcome outcome = run(_ -> {}, false);
    assertEquals("12", measured());
    assertEquals(
        List.of("1", "1", "1"),
        samples(outcome).stream()
            .map(sample -> sample.series().parameters().get("number"))
            .toList());
    BenchmarkFailure failure = failures(outcome).getFirst();
    assertEquals("2", Objects.requireNonNull(failure.parameters()).get("number"));
    assertEquals(Device.CPU, failure.device());
    assertTrue(failure.reason().contains("the sum is 4, not 5"), failure.reason());
    assertEquals(
        List.of(VerdictKind.NEW, VerdictKind.FAILED), verdicts(outcome).stream().sorted().toList());
    Files.delete(folder.resolve("wrong"));
    assertEquals(List.of(), failures(run(_ -> {}, false)));
  }

  private RunOutcome run(RunListener listener, boolean resume) throws Exception {
    return new PipelineRunner(DOORS, listener, Duration.ofSeconds(20))
        .run(repository.request(LedgerStores.SETTINGS, resume));
  }

  private String measured() throws IOException {
    return Files.readString(folder.resolve("measured"));
  }

  private static List<Sample> samples(RunOutcome outcome) {
    try (Stores stores = Stores.open(LedgerStores.SETTINGS)) {
      return stores.database().samples().of(outcome.run().id());
    }
  }

  private static List<BenchmarkFailure> failures(RunOutcome outcome) {
    try (Stores stores = Stores.open(LedgerStores.SETTINGS)) {
      return stores.database().benchmarkFailures().of(outcome.run().id());
    }
  }

  private static List<VerdictKind> verdicts(RunOutcome outcome) {
    try (Stores stores = Stores.open(LedgerStores.SETTINGS)) {
      Database database = stores.database();
      return database.verdicts().of(outcome.run().id()).stream()
          .map(verdict -> verdict.kind())
          .toList();
    }
  }
}
