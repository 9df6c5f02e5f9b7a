package dev.nightjar.kernel.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "the guard watches Linux process groups")
class ProcessGuardIT {
  @TempDir Path folder;

  @Test
  void killingTheJvmEndsTheBenchmark() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Runner.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("jvm.log").toFile())
            .start();
    try {
      await(jvm, folder.resolve("started"));
    } finally {
      jvm.destroyForcibly().waitFor();
    }
    MeasuredProcessTest.awaitNobodyIn(folder);
  }

  private static void await(Process jvm, Path file) throws IOException {
    while (!Files.exists(file)) {
      assertTrue(jvm.isAlive(), () -> "the JVM ended before its benchmark had started");
      Thread.onSpinWait();
    }
  }

  /** The JVM that is killed. */
  static final class Runner {
    private Runner() {}

    public static void main(String[] arguments) throws InterruptedException {
      Path folder = Path.of(arguments[0]);
      MeasuredProcess.run(
          ProcessCommand.of(
              List.of("/bin/sh", "-c", "sleep 1000 & touch started; wait"),
              folder,
              folder.resolve("out"),
              folder.resolve("err"),
              Duration.ofMinutes(10)));
    }
  }
}
