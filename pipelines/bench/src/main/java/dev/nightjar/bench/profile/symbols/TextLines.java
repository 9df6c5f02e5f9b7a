package dev.nightjar.bench.profile.symbols;

import dev.nightjar.model.file.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of a text that a profiler wrote, each of a bounded length. */
public final class TextLines implements AutoCloseable {
  public static final long BYTES_MAX = 1L << 30;

  /** Names of C++ templates are long; what is longer is cut. */
  private static final int LONGEST = 1 << 16;

  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private byte[] line = new byte[256];
  private int at;
  private int end;

  public TextLines(Path file) throws IOException {
    in = InputFile.of(file, BYTES_MAX).stream();
  }

  /** The next line without its end; absent after the last. */
  public @Nullable String next() throws IOException {
    int length = 0;
    boolean isAny = false;
    for (int one = read(); one >= 0; one = read()) {
      isAny = true;
      if (one == '\n') {
        break;
      }
      if (length < LONGEST) {
        line = length < line.length ? line : Arrays.copyOf(line, 2 * length);
        line[length++] = (byte) one;
      }
    }
    return isAny ? new String(line, 0, length, StandardCharsets.UTF_8) : null;
  }

  private int read() throws IOException {
    if (at == end) {
      end = in.read(buffer, 0, BUFFER);
      at = 0;
      if (end <= 0) {
        end = 0;
        return -1;
      }
    }
    return buffer[at++] & 0xff;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
