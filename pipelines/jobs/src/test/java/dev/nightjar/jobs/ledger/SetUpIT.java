package dev.nightjar.jobs.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.doors.Doors;
import dev.nightjar.jobs.PipelineRunner;
import dev.nightjar.jobs.RunOutcome;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What makes a work tree ready before a run measures in it. */
class SetUpIT {
  @RegisterExtension static final LedgerStores shared = new LedgerStores();

  @AutoClose private static final Doors DOORS = new Doors();

  @TempDir private Path folder;

  private SmallRepository repository(String setup, String command) throws Exception {
    SmallRepository repository =
        SmallRepository.make(
            folder.resolve("source"),
            "  - {name: built, command: '" + command + "', repetitions: 2, warmups: 0}\n");
    Path settings = repository.folder().resolve("nightjar.yaml");
    Files.writeString(settings, Files.readString(settings) + "setup: " + setup + "\n");
    return repository;
  }

  private static RunOutcome run(SmallRepository repository) throws Exception {
    return new PipelineRunner(DOORS, _ -> {}).run(repository.request(LedgerStores.SETTINGS, false));
  }

  @Test
  void isDoneOnceBeforeTheBenchmarksOfARun() throws Exception {
    SmallRepository repository = repository("echo once >> built", "test -e built");
    RunOutcome outcome = run(repository);
    assertEquals(List.of(VerdictKind.NEW), outcome.verdicts().stream().map(Verdict::kind).toList());
    assertEquals("once\n", Files.readString(repository.folder().resolve("built")));
  }

  @Test
  void thatFailsFailsTheBenchmarks() throws Exception {
    Verdict failed = run(repository("echo no compiler; exit 3", "true")).verdicts().getFirst();
    assertEquals(VerdictKind.FAILED, failed.kind());
    assertTrue(failed.evidence().contains("ended with 3: no compiler"), failed.evidence());
  }

  @Test
  void thatIsMissingIsHintedAt() throws Exception {
    Verdict failed = run(repository("'true'", "./program")).verdicts().getFirst();
    assertEquals(VerdictKind.FAILED, failed.kind());
    assertTrue(failed.evidence().contains("setup"), failed.evidence());
  }
}
