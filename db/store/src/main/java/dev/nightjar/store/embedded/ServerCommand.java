package dev.nightjar.store.embedded;

import dev.nightjar.model.Failure;
import dev.nightjar.store.embedded.folder.PrivateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program of a server with an empty environment and its output in a file.
 *
 * <p>The environment is empty because PG… variables would redirect the server, and because CI
 * systems find the processes of a build to kill by it. The output goes to a file because a server
 * that inherited a pipe would keep its reader waiting for ever.
 */
final class ServerCommand {
  private static final int TOLD_CHARACTERS = 600;

  private ServerCommand() {}

  /** Runs to the end; exit status 0 is success, and anything else throws what was printed. */
  static void run(List<String> command, Path workingFolder, Path output, Duration limit)
      throws IOException, FailedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(workingFolder.toFile());
    Map<String, String> environment = builder.environment();
    String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
    String systemRoot = environment.getOrDefault("SystemRoot", "");
    environment.clear();
    environment.put("PATH", path);
    environment.put("LC_ALL", "C");
    environment.put("TZ", "UTC");
    if (!systemRoot.isEmpty()) {
      environment.put("SystemRoot", systemRoot);
    }
    Path nothing = Path.of(Platform.current().isWindows() ? "NUL" : "/dev/null");
    PrivateFolder.createFile(output);
    Process process =
        builder
            .redirectInput(nothing.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!isDone(process, limit)) {
      process.destroyForcibly();
      throw new FailedException("it did not finish within " + limit.toSeconds() + " s");
    }
    if (process.exitValue() != 0) {
      throw new FailedException(tail(output));
    }
  }

  /** The end of what was printed, on one line. */
  static String tail(Path output) throws IOException {
    String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip();
    String end = text.substring(Math.max(0, text.length() - TOLD_CHARACTERS));
    return end.replaceAll("\\s*\\R\\s*", " | ");
  }

  private static boolean isDone(Process process, Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new Failure.Unavailable("interrupted while a store was starting or stopping", e);
    }
  }

  /** The program ended otherwise than with success; the message is what it said. */
  static final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    FailedException(String message) {
      super(message);
    }
  }
}
