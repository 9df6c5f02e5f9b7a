package dev.nightjar.bench.quiet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.nightjar.bench.quiet.QuietSettings.Boost;
import dev.nightjar.bench.quiet.QuietSettings.Pinning;
import dev.nightjar.kernel.modules.KernelModule;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Skip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without the modules; with them the guest runs a whole pipeline. */
class QuietCpuTest {

  @BeforeEach
  void onlyWithoutTheModule() {
    assumeFalse(
        Files.exists(Path.of(KernelModule.AI_SCHEDULER.device())), "this host has ai_scheduler");
  }

  @Test
  void doesWithoutABoostWhereThereIsNoModule() {
    List<Skip> skips = new ArrayList<>();
    QuietSettings settings = new QuietSettings(Boost.AUTO, Pinning.ALL, null);
    try (QuietCpu quiet = QuietCpu.open(settings, skips::add)) {
      quiet.started(ProcessHandle.current().pid());
      quiet.ended();
      assertEquals(0, quiet.boosted());
    }
    assertEquals(List.of(), skips);
  }

  @Test
  void failsWithTheRemedyWhereABoostIsRequired() {
    QuietSettings settings = new QuietSettings(Boost.REQUIRED, Pinning.ALL, null);
    Failure.Unavailable failure =
        assertThrows(Failure.Unavailable.class, () -> QuietCpu.open(settings, skip -> {}));
    String sentence = String.valueOf(failure.getMessage());
    assertTrue(sentence.contains("ai_scheduler is not loaded"), sentence);
    assertTrue(sentence.contains("modprobe ai_scheduler"), sentence);
  }

  @Test
  void namedCpusAreThoseUsed() {
    BitSet named = CpuList.parse("1,3-4").orElseThrow();
    QuietSettings settings = new QuietSettings(Boost.OFF, Pinning.NAMED, named);
    try (QuietCpu quiet = QuietCpu.open(settings, skip -> {})) {
      assertEquals(named, quiet.cpus());
    }
  }

  @Test
  void isolatedCpusAreFoundIfThereAreAny(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("isolated");
    assertTrue(QuietCpu.isolated(file).isEmpty());
    Files.writeString(file, "\n");
    assertTrue(QuietCpu.isolated(file).isEmpty());
    Files.writeString(file, "2-3\n");
    assertEquals("{2, 3}", QuietCpu.isolated(file).orElseThrow().toString());
  }

  @Test
  void whatIsNoListOfCpusIsNone() {
    for (String text : List.of("", "a", "3-1", "1,,2", "-1", "1-", "99999", "1-2-3")) {
      assertTrue(CpuList.parse(text).isEmpty(), text);
    }
  }
}
