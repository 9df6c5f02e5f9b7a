package dev.nightjar.jobs.gate;

import dev.nightjar.model.telemetry.Condition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** A small program to measure, and what can disturb it: begun, and ended again. */
final class PlantedDisturbance implements AutoCloseable {
  private static final Path CPU_GROUPS = Path.of("/sys/fs/cgroup/cpu");
  private static final Path MEMORY_GROUPS = Path.of("/sys/fs/cgroup/memory");
  private static final int COMPETITORS = 4;
  private static final int STORMS = 2;
  private static final long SETTLING_MILLIS = 400;
  private static final int MOST_TRIES = 50;
  private static final long TRY_AGAIN_NANOS = 100_000_000;

  /** What is measured: about 50 ms of computing, mapped reading, allocating and writing through. */
  private static final String WORK =
      """
      #include <fcntl.h>
      #include <stdio.h>
      #include <stdlib.h>
      #include <string.h>
      #include <sys/mman.h>
      #include <unistd.h>
      int main(void) {
        int in = open("input", O_RDONLY), out = open("output", O_WRONLY | O_CREAT | O_TRUNC, 0600);
        volatile unsigned char *input = mmap(0, 8 << 20, PROT_READ, MAP_SHARED, in, 0);
        unsigned char *memory = malloc(24 << 20);
        unsigned long x = 88172645463325252ul;
        for (long i = 0; i < 8 << 20; i += 512) x += input[i];
        memset(memory, (int)x, 24 << 20);
        for (long i = 0; i < 12000000; i++) { x ^= x << 13; x ^= x >> 7; x ^= x << 17; }
        x += memory[x & 0xffff];
        if (write(out, &x, sizeof x) != sizeof x || fdatasync(out)) return 1;
        printf("%lu\\n", x);
        return 0;
      }
      """;

  /**
   * What disturbs: "spin" computes, "storm" writes small files through to the disk, "thrash" uses
   * more mapped memory than its group may have, "evict" asks the kernel to drop the input's pages
   * again and again.
   */
  private static final String LOAD =
      """
      #define _GNU_SOURCE
      #include <fcntl.h>
      #include <signal.h>
      #include <stdio.h>
      #include <string.h>
      #include <sys/mman.h>
      #include <sys/prctl.h>
      #include <unistd.h>
      int main(int count, char **arguments) {
        static char block[1 << 18];
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (!strcmp(arguments[1], "spin")) for (volatile long x = 0;; x++);
        if (!strcmp(arguments[1], "storm")) {
          char name[32];
          snprintf(name, sizeof name, "storm-%d", getpid());
          int out = open(name, O_RDWR | O_CREAT, 0600);
          unlink(name);
          for (long i = 0;; i++) {
            if (pwrite(out, block, sizeof block, i % 16 * sizeof block) < 0 || fsync(out)) return 1;
          }
        }
        int in = open("input", O_RDONLY);
        if (!strcmp(arguments[1], "evict"))
          for (;; usleep(5000)) posix_fadvise(in, 0, 0, POSIX_FADV_DONTNEED);
        int large = open("large", O_RDONLY);
        posix_fadvise(large, 0, 0, POSIX_FADV_DONTNEED); // so that its pages count for this group
        volatile char *all = mmap(0, 96 << 20, PROT_READ, MAP_SHARED, large, 0);
        for (long sum = 0;; usleep(1000)) for (long i = 0; i < 96 << 20; i += 4096) sum += all[i];
      }
      """;

  private final Path folder;
  private final Path cpuGroup;
  private final Path memoryGroup;
  private final List<Process> loads = new ArrayList<>();

  private PlantedDisturbance(Path folder, String name) {
    this.folder = folder;
    cpuGroup = CPU_GROUPS.resolve(name);
    memoryGroup = MEMORY_GROUPS.resolve(name);
  }

  /** Builds the programs, and moves this JVM into a group whose CPU time can be throttled. */
  static PlantedDisturbance prepare() throws IOException, InterruptedException {
    PlantedDisturbance planted =
        new PlantedDisturbance(
            Files.createTempDirectory("attribution-trial"), "nightjar-" + UUID.randomUUID());
    Files.createDirectory(planted.cpuGroup);
    Files.createDirectory(planted.memoryGroup);
    Files.writeString(
        planted.cpuGroup.resolve("cgroup.procs"), Long.toString(ProcessHandle.current().pid()));
    planted.build("work", WORK);
    planted.build("load", LOAD);
    Files.write(planted.folder.resolve("input"), new byte[8 << 20]);
    Files.write(planted.folder.resolve("large"), new byte[96 << 20]);
    // Only what is on the disk can be dropped from memory.
    new ProcessBuilder("sync").start().waitFor();
    return planted;
  }

  private void build(String name, String source) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve(name + ".c"), source);
    int status =
        new ProcessBuilder("cc", "-O2", "-o", folder.resolve(name).toString(), file.toString())
            .inheritIO()
            .start()
            .waitFor();
    if (status != 0) {
      throw new IllegalStateException("cc ended with " + status);
    }
  }

  Path folder() {
    return folder;
  }

  /** Runs the program in the group whose memory can be made short. */
  String command() {
    return "echo $$ >%s/cgroup.procs && exec ./work".formatted(memoryGroup);
  }

  /** Begins to disturb, and gives it time to be felt. */
  void begin(Condition condition) {
    try {
      switch (condition) {
        case CPU_COMPETITION -> load(COMPETITORS, "./load spin");
        case IO -> load(STORMS, "./load storm");
        case PAGE_CACHE_EVICTION -> {
          load(1, "./load evict");
        }
        case THROTTLING -> limit(cpuGroup.resolve("cpu.cfs_quota_us"), "20000");
        case MEMORY_PRESSURE -> {
          limit(memoryGroup.resolve("memory.limit_in_bytes"), Integer.toString(64 << 20));
          load(1, "echo $$ >" + memoryGroup + "/cgroup.procs && exec ./load thrash");
        }
        default -> throw new IllegalArgumentException(condition + " cannot be planted");
      }
      Thread.sleep(SETTLING_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void load(int count, String command) throws IOException {
    for (int i = 0; i < count; i++) {
      loads.add(
          new ProcessBuilder("/bin/sh", "-c", command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start());
    }
  }

  private static void limit(Path file, String value) throws IOException {
    Files.writeString(file, value);
  }

  /** Ends it, and gives what it left behind time to pass. */
  void end() {
    try {
      loads.forEach(Process::destroyForcibly);
      for (Process load : loads) {
        load.waitFor();
      }
      loads.clear();
      limit(cpuGroup.resolve("cpu.cfs_quota_us"), "-1");
      limit(memoryGroup.resolve("memory.limit_in_bytes"), "-1");
      // Reads back what was dropped, so that the next repetition finds it.
      Files.readAllBytes(folder.resolve("input"));
      Thread.sleep(SETTLING_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    end();
    Files.writeString(
        CPU_GROUPS.resolve("cgroup.procs"), Long.toString(ProcessHandle.current().pid()));
    deleteEmptied(cpuGroup);
    deleteEmptied(memoryGroup);
    for (String name : List.of("work", "work.c", "load", "load.c", "input", "large", "output")) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.delete(folder);
  }

  /** A group whose processes have just ended is busy for a moment longer. */
  private static void deleteEmptied(Path group) throws IOException {
    for (int tries = 0; ; tries++) {
      try {
        Files.delete(group);
        return;
      } catch (FileSystemException busy) {
        if (tries == MOST_TRIES) {
          throw busy;
        }
        LockSupport.parkNanos(TRY_AGAIN_NANOS);
      }
    }
  }
}
