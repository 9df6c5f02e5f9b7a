package dev.nightjar.bench.agent;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs within the Java virtual machine of a benchmark, version 21 or later, and leaves at its end
 * how much all of its threads have allocated, those that ended included. A virtual machine that is
 * killed or halted leaves nothing, and one that cannot tell neither.
 */
public final class AllocationAgent {
  private AllocationAgent() {}

  /** What a virtual machine calls before the program; its argument is a folder. */
  public static void premain(String folder) {
    Path file = Path.of(folder, "allocated." + ProcessHandle.current().pid());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> write(file)));
  }

  private static void write(Path file) {
    if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads) {
      long bytes = threads.getTotalThreadAllocatedBytes();
      if (bytes >= 0) {
        write(file, bytes);
      }
    }
  }

  private static void write(Path file, long bytes) {
    try {
      Files.writeString(file, Long.toString(bytes));
    } catch (IOException e) {
      System.err.println("How much was allocated cannot be written: " + e);
    }
  }
}
