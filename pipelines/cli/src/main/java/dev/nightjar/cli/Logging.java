package dev.nightjar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Where the libraries' log goes: a small rotating file under the XDG state folder; with --verbose
 * standard error.
 */
final class Logging {
  private static final int FILE_BYTES_MAX = 1 << 20;
  private static final int FILES = 3;

  private Logging() {}

  static void start(Map<String, String> environment, boolean verbose) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(verbose ? Level.INFO : Level.WARNING);
    if (verbose) {
      root.addHandler(new ConsoleHandler());
      return;
    }
    try {
      Path folder = stateFolder(environment);
      Files.createDirectories(folder);
      Handler file =
          new FileHandler(
              folder.resolve("nightjar.%g.log").toString(), FILE_BYTES_MAX, FILES, true);
      file.setFormatter(new SimpleFormatter());
      root.addHandler(file);
    } catch (IOException e) {
      // Without a writable home there is no log; what a person must know is said by the command
      // itself.
      root.setLevel(Level.OFF);
    }
  }

  private static Path stateFolder(Map<String, String> environment) {
    String state = environment.get("XDG_STATE_HOME");
    return state != null && !state.isEmpty()
        ? Path.of(state, "nightjar")
        : Path.of(
            environment.getOrDefault("HOME", System.getProperty("user.home")),
            ".local/state/nightjar");
  }
}
