package dev.nightjar.bench.results;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Lines of a text, each cut off at a bound, so that a file without line feeds costs no memory. */
final class BoundedLines {
  private final Reader reader;
  private final int longest;
  private long number;
  private boolean isEnded;

  BoundedLines(Reader reader, int longest) {
    this.reader = reader;
    this.longest = longest;
  }

  /** The next line without its end; absent after the last. */
  @Nullable String next() throws IOException {
    StringBuilder line = new StringBuilder();
    int c = reader.read();
    if (c < 0) {
      return null;
    }
    number++;
    for (; c >= 0 && c != '\n'; c = reader.read()) {
      if (line.length() < longest && c != '\r') {
        line.append((char) c);
      }
    }
    isEnded = c == '\n';
    return line.toString();
  }

  /** Whether a line feed ended the last line. */
  boolean isEnded() {
    return isEnded;
  }

  /** The number of the last line, from 1. */
  long number() {
    return number;
  }
}
