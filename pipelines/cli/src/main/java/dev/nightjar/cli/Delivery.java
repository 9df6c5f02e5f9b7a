package dev.nightjar.cli;

import dev.nightjar.cli.command.ExitCode;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, of which it is known whether all of it has arrived: a print stream swallows that
 * a disk was full, and half an answer must not look like a whole one.
 */
final class Delivery extends FilterOutputStream {
  private @Nullable IOException failure;

  Delivery(OutputStream out) {
    super(out);
  }

  @Override
  public void write(byte[] some, int offset, int length) throws IOException {
    try {
      out.write(some, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /** What to end with instead of success when something is lost. */
  int exitCode(int code, PrintStream err) {
    if (failure == null || isReaderGone(failure)) {
      return code;
    }
    err.println("nightjar: what it printed is cut short (" + failure.getMessage() + ").");
    return code == ExitCode.DONE ? ExitCode.ENVIRONMENT : code;
  }

  /**
   * As {@code head} goes when it has read enough; Java has no type for it, only the system's words.
   */
  private static boolean isReaderGone(IOException failure) {
    return String.valueOf(failure.getMessage()).contains("Broken pipe");
  }
}
