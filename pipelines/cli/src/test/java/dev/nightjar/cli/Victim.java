package dev.nightjar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Whom {@code kill -9} meets. */
enum Victim {
  JAVA("java"),
  POSTGRES("postgres"),
  REDIS("redis-server");

  private final String program;

  Victim(String program) {
    this.program = program;
  }

  /**
   * Kills it where it works for the stores of this home.
   *
   * @return whether there was anything to kill
   */
  boolean kill(NightjarProcess nightjar, Path home) throws IOException, InterruptedException {
    if (this == JAVA) {
      boolean wasAlive = nightjar.isAlive();
      nightjar.kill();
      return wasAlive;
    }
    boolean wasKilled = false;
    for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
      if (isProgram(process, home) && process.destroyForcibly()) {
        wasKilled = true;
      }
    }
    return wasKilled;
  }

  /** Its own name and folder tell; a server's children carry the folder of their parent. */
  private boolean isProgram(ProcessHandle process, Path home) {
    Path about = Path.of("/proc", Long.toString(process.pid()));
    try {
      return program.equals(Files.readString(about.resolve("comm"), UTF_8).strip())
          && Stream.of(
                  Files.readSymbolicLink(about.resolve("cwd")).toString(),
                  new String(Files.readAllBytes(about.resolve("cmdline")), UTF_8))
              .anyMatch(text -> text.contains(home.toString()));
    } catch (IOException e) {
      return false; // it has ended meanwhile
    }
  }
}
