package dev.nightjar.kernel.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "processes elsewhere show no environment")
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MarkedProcessesTest {
  @TempDir private Path folder;

  @Test
  void readsAnEnvironmentWhoseSizeIsSaidToBeZero() {
    assertTrue(MarkedProcesses.environment(Path.of("/proc/self")).contains("PATH="));
  }

  @Test
  void whatIsNoEnvironmentCostsNeitherTimeNorMemory() throws Exception {
    assertEquals("", MarkedProcesses.environment(folder));
    Path environment = folder.resolve("environ");
    try (RandomAccessFile sparse = new RandomAccessFile(environment.toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }
    assertEquals(8 << 20, MarkedProcesses.environment(folder).length());
    Files.delete(environment);
    assertEquals(0, new ProcessBuilder("mkfifo", environment.toString()).start().waitFor());
    assertEquals("", MarkedProcesses.environment(folder));
  }
}
