package dev.nightjar.cli.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What a program of the system says. */
final class ProgramAnswer {
  private static final int ANSWER_SECONDS = 5;

  private ProgramAnswer() {}

  /** Absent where it is not installed, fails, or takes long. */
  static Optional<String> of(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      String answer = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      return process.exitValue() == 0 ? Optional.of(answer) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // not installed
    }
  }
}
