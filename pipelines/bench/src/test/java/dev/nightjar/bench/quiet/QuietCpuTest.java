package dev.nightjar.bench.quiet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.nightjar.bench.quiet.QuietSettings.Boost;
import dev.nightjar.bench.quiet.QuietSettings.Pinning;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.kernel.host.LinuxPlatform;
import dev.nightjar.kernel.modules.KernelModule;
import dev.nightjar.kernel.proc.CpuList;
import dev.nightjar.kernel.proc.KernelRoot;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Skip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    try (QuietCpu quiet = QuietCpu.open(HostPlatform.current(), settings, skips::add)) {
      long pid = ProcessHandle.current().pid();
      quiet.started(pid);
      quiet.ended(pid);
      assertEquals(0, quiet.boosted());
    }
    assertEquals(List.of(), skips);
  }

  @Test
  void failsWithTheRemedyWhereABoostIsRequired() {
    QuietSettings settings = new QuietSettings(Boost.REQUIRED, Pinning.ALL, null);
    Failure.Unavailable failure =
        assertThrows(
            Failure.Unavailable.class,
            () -> QuietCpu.open(HostPlatform.current(), settings, skip -> {}));
    String sentence = String.valueOf(failure.getMessage());
    assertTrue(sentence.contains("ai_scheduler is not loaded"), sentence);
    assertTrue(sentence.contains("modprobe ai_scheduler"), sentence);
  }

  @Test
  void namedCpusAreThoseUsed() {
    BitSet named = CpuList.parse("1,3-4").orElseThrow();
    QuietSettings settings = new QuietSettings(Boost.OFF, Pinning.NAMED, named);
    try (QuietCpu quiet = QuietCpu.open(HostPlatform.current(), settings, skip -> {})) {
      assertEquals(named, quiet.cpus());
    }
  }

  @Test
  void isolatedCpusAreFoundIfThereAreAny(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("sys/devices/system/cpu/isolated");
    QuietSettings settings = new QuietSettings(Boost.OFF, Pinning.AUTO, null);
    assertNull(cpus(folder, settings));
    Files.createDirectories(file.getParent());
    Files.writeString(file, "\n");
    assertNull(cpus(folder, settings));
    Files.writeString(file, "2-3\n");
    assertEquals("{2, 3}", String.valueOf(cpus(folder, settings)));
  }

  private static @Nullable BitSet cpus(Path root, QuietSettings settings) {
    HostPlatform platform = new LinuxPlatform(new KernelRoot(root));
    try (QuietCpu quiet = QuietCpu.open(platform, settings, skip -> {})) {
      return quiet.cpus();
    }
  }
}
