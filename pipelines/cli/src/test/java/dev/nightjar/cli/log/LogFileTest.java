package dev.nightjar.cli.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  private static final long BYTES_MAX = 4_000;

  @TempDir Path folder;

  @Test
  void isItsOwnersAloneAndBounded() throws Exception {
    Path state = Files.createDirectory(folder.resolve("state"));
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxr-xr-x"));
    LogFile one = LogFile.in(state, BYTES_MAX);
    LogFile other = LogFile.in(state, BYTES_MAX);
    for (int i = 0; i < 200; i++) {
      one.publish(new LogRecord(Level.WARNING, "one " + i));
      other.publish(new LogRecord(Level.WARNING, "other " + i));
    }
    one.close();
    other.close();
    assertEquals("rwx------", mode(state));
    for (String name : List.of("nightjar.log", "nightjar.old.log")) {
      assertEquals("rw-------", mode(state.resolve(name)), name);
      assertTrue(Files.size(state.resolve(name)) < 3 * BYTES_MAX, name);
    }
    try (var files = Files.list(state)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void goesOnWithWhatIsThere() throws Exception {
    for (String line : List.of("first", "second")) {
      LogFile log = LogFile.in(folder, BYTES_MAX);
      log.publish(new LogRecord(Level.WARNING, line));
      log.close();
    }
    String text = Files.readString(folder.resolve("nightjar.log"));
    assertTrue(text.contains("first") && text.contains("second"), text);
  }

  /** A run that lost its database is ended by an interrupt, and why must still be read here. */
  @Test
  void anInterruptCostsNoLine() throws Exception {
    LogFile log = LogFile.in(folder, BYTES_MAX);
    Thread.currentThread().interrupt();
    log.publish(new LogRecord(Level.WARNING, "while interrupted"));
    assertTrue(Thread.interrupted());
    log.publish(new LogRecord(Level.WARNING, "afterwards"));
    log.close();
    String text = Files.readString(folder.resolve("nightjar.log"));
    assertTrue(text.contains("while interrupted") && text.contains("afterwards"), text);
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
