package dev.nightjar.jobs.paired;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Unpinned processes that load the machine in random bursts: busy for 80 ms and idle for 120 ms on
 * average, both exponentially distributed.
 */
final class Bursters implements AutoCloseable {
  private static final String SOURCE =
      """
      #include <math.h>
      #include <signal.h>
      #include <stdlib.h>
      #include <sys/prctl.h>
      #include <time.h>
      #include <unistd.h>
      static double seconds(void) {
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        return now.tv_sec + now.tv_nsec / 1e9;
      }
      static double exponential(double mean) {
        return -mean * log((random() + 1.0) / (RAND_MAX + 1.0));
      }
      int main(int count, char **arguments) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        srandom(atoi(arguments[1]));
        volatile unsigned long x = 88172645463325252ul;
        for (;;) {
          for (double end = seconds() + exponential(0.080); seconds() < end;)
            for (int i = 0; i < 10000; i++) x = x * 6364136223846793005ul + 1;
          usleep(exponential(0.120) * 1e6);
        }
      }
      """;

  private final List<Process> processes = new ArrayList<>();

  private Bursters() {}

  /** Builds the program in a folder. */
  static Path build(Path folder) throws IOException, InterruptedException {
    Path source = Files.writeString(folder.resolve("burst.c"), SOURCE);
    Path program = folder.resolve("burst");
    int status =
        new ProcessBuilder("cc", "-O2", "-o", program.toString(), source.toString(), "-lm")
            .inheritIO()
            .start()
            .waitFor();
    if (status != 0) {
      throw new IllegalStateException("cc ended with " + status);
    }
    return program;
  }

  static Bursters start(Path program, int count, int seed) throws IOException {
    Bursters bursters = new Bursters();
    for (int i = 0; i < count; i++) {
      bursters.processes.add(
          new ProcessBuilder(program.toString(), Integer.toString(seed + i)).start());
    }
    return bursters;
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }
}
