package dev.nightjar.cli.log;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.logging.ErrorManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;

/**
 * A log that its owner alone may read, as failures carry addresses and paths. Processes append to
 * the same file; when it is full it becomes the old one, and the one that was old before goes.
 */
final class LogFile extends StreamHandler {
  private static final String NAME = "nightjar.log";
  private static final String OLD_NAME = "nightjar.old.log";

  private final Path folder;
  private final long bytesMax;
  private long bytes;

  private LogFile(Path folder, long bytesMax) throws IOException {
    this.folder = folder;
    this.bytesMax = bytesMax;
    setFormatter(new SimpleFormatter());
    open();
  }

  /** Opens the log in that folder, which is made where it is missing. */
  static LogFile in(Path folder, long bytesMax) throws IOException {
    Files.createDirectories(folder, mode(folder, "rwx------"));
    if (hasModes(folder)) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
    return new LogFile(folder, bytesMax);
  }

  @Override
  public synchronized void publish(LogRecord line) {
    super.publish(line);
    flush();
    if (bytes > bytesMax) {
      turnOver();
    }
  }

  private void turnOver() {
    try {
      close();
      Files.move(
          folder.resolve(NAME), folder.resolve(OLD_NAME), StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException e) {
      reportError("another process has turned it over", e, ErrorManager.GENERIC_FAILURE);
    } catch (IOException e) {
      reportError("the log cannot be turned over", e, ErrorManager.GENERIC_FAILURE);
    }
    try {
      open();
    } catch (IOException e) {
      reportError("the log cannot be opened", e, ErrorManager.OPEN_FAILURE);
    }
  }

  private void open() throws IOException {
    Path file = folder.resolve(NAME);
    try {
      Files.createFile(file, mode(folder, "rw-------"));
    } catch (FileAlreadyExistsException e) {
      // as always but the first time
    }
    // No channel: an interrupt, such as the one that ends a run, would close it for all later
    // lines.
    FileOutputStream stream = new FileOutputStream(file.toFile(), true);
    bytes = Files.size(file);
    setOutputStream(new Counted(stream));
  }

  private static FileAttribute<?>[] mode(Path path, String mode) {
    return hasModes(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean hasModes(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Counts what is written. */
  private final class Counted extends OutputStream {
    private final OutputStream file;

    Counted(OutputStream file) {
      this.file = file;
    }

    @Override
    public void write(int one) throws IOException {
      file.write(one);
      bytes++;
    }

    @Override
    public void write(byte[] some, int offset, int length) throws IOException {
      file.write(some, offset, length);
      bytes += length;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
