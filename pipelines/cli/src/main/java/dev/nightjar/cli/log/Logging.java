package dev.nightjar.cli.log;

import dev.nightjar.store.embedded.folder.FolderOwner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * Where the libraries' log goes: a small file under the XDG state folder; with --verbose standard
 * error.
 */
public final class Logging {
  private static final int FILE_BYTES_MAX = 1 << 20;

  private Logging() {}

  public static void start(Map<String, String> environment, boolean verbose) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(verbose ? Level.INFO : Level.WARNING);
    if (verbose) {
      root.addHandler(new ConsoleHandler());
      return;
    }
    // Without a writable home of one's own there is no log; what a person must know is said by the
    // command itself.
    Path folder = stateFolder(environment);
    if (!folder.isAbsolute() || FolderOwner.other(folder).isPresent()) {
      root.setLevel(Level.OFF);
      return;
    }
    try {
      root.addHandler(LogFile.in(folder, FILE_BYTES_MAX));
    } catch (IOException e) {
      root.setLevel(Level.OFF);
    }
  }

  private static Path stateFolder(Map<String, String> environment) {
    String state = environment.get("XDG_STATE_HOME");
    return state != null && Path.of(state).isAbsolute() // as the XDG specification has it
        ? Path.of(state, "nightjar")
        : Path.of(
            environment.getOrDefault("HOME", System.getProperty("user.home")),
            ".local/state/nightjar");
  }
}
