package dev.nightjar.jobs.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.doors.Doors;
import dev.nightjar.jobs.PipelineRunner;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Nights whose results come from the database alone. */
class AssumedDirectionIT {
  @RegisterExtension static final LedgerStores shared = new LedgerStores();

  @AutoClose private static final Doors DOORS = new Doors();

  @TempDir private Path folder;

  @Test
  void whereNobodySaysWhichWayIsBetterAChangeFromZeroIsOpen() throws Exception {
    SmallRepository repository =
        SmallRepository.make(
            folder.resolve("source"),
            """
              - name: cache
                command: cp now results.txt
                results: results.txt
            """);
    for (int night = 0; night < 4; night++) {
      night(repository, 0);
    }
    List<Verdict> verdicts = night(repository, 3);
    Verdict hits = of("hit", verdicts);
    assertEquals(VerdictKind.INCONCLUSIVE, hits.kind(), hits.evidence());
    assertTrue(hits.evidence().contains("nobody says which way is better"), hits.evidence());
    assertEquals(VerdictKind.REGRESSED, of("alloc", verdicts).kind());
  }

  private static Verdict of(String word, List<Verdict> verdicts) {
    return verdicts.stream()
        .filter(verdict ->
            (verdict.series().benchmark().metric() + verdict.series().benchmark().unit())
                .contains(word))
        .findFirst()
        .orElseThrow(() -> new AssertionError(verdicts.toString()));
  }

  private static List<Verdict> night(SmallRepository repository, int value) throws Exception {
    Files.writeString(
        repository.folder().resolve("now"),
        "BenchmarkGet 100 20 ns/op %d hits/op %d allocs/op\n".formatted(value, value));
    return new PipelineRunner(DOORS, _ -> {})
        .run(repository.request(LedgerStores.SETTINGS, false))
        .verdicts();
  }
}
