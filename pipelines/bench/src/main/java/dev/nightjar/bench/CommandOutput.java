package dev.nightjar.bench;

import dev.nightjar.model.Failure;
import dev.nightjar.model.Redaction;
import dev.nightjar.model.file.FolderTree;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that take a command's output, in a private folder that goes with this object. */
public final class CommandOutput implements AutoCloseable {
  private static final int TAIL_BYTES = 4096;
  private static final int MOST_READ_BYTES = 16 << 20;

  private final Path folder;

  /** A new folder. */
  public CommandOutput() {
    try {
      folder = Files.createTempDirectory("nightjar-bench");
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "There is no room for a benchmark's output in "
              + System.getProperty("java.io.tmpdir")
              + ": free some, or set java.io.tmpdir to another folder.",
          e);
    }
  }

  /** Private to this user, and empty but for the two files. */
  public Path folder() {
    return folder;
  }

  public Path stdout() {
    return folder.resolve("stdout");
  }

  public Path stderr() {
    return folder.resolve("stderr");
  }

  /** A new empty folder within, for what an instrument writes of a run. */
  Path forInstrument() {
    try {
      return Files.createTempDirectory(folder, "instrument");
    } catch (IOException e) {
      throw new Failure.Unavailable("There is no room for an instrument's files in " + folder, e);
    }
  }

  /** What the command printed, its last 16 MiB. */
  public String text() {
    return last(stdout(), MOST_READ_BYTES);
  }

  /** What the command printed to its standard error, its last 16 MiB. */
  String errors() {
    return last(stderr(), MOST_READ_BYTES);
  }

  /** The end of what it said of itself: the error stream if there is any, else the other. */
  public String tail(Redaction redaction) {
    // Hidden before it is cut, so that no half of a hidden value stays.
    String errors = redaction.applyTo(last(stderr(), 2 * TAIL_BYTES));
    String tail = errors.isBlank() ? redaction.applyTo(last(stdout(), 2 * TAIL_BYTES)) : errors;
    return tail.substring(Math.max(0, tail.length() - TAIL_BYTES));
  }

  private static String last(Path file, int most) {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long length = in.length();
      byte[] bytes = new byte[(int) Math.min(most, length)];
      in.seek(length - bytes.length);
      in.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return ""; // nothing was written, or it was taken away: there is no text to show
    }
  }

  @Override
  public void close() {
    try {
      FolderTree.delete(folder);
    } catch (IOException e) {
      throw new Failure.Unavailable("The temporary folder " + folder + " cannot be removed.", e);
    }
  }
}
