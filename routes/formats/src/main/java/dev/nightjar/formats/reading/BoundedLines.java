package dev.nightjar.formats.reading;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a text, each cut off at a bound, so that a file without line feeds costs no memory. A
 * line feed, a carriage return or both end a line.
 */
public final class BoundedLines {
  private static final int NONE = -2;

  private final Reader reader;
  private final int longest;
  private final StringBuilder line = new StringBuilder();
  private int ahead = NONE;
  private long number;
  private boolean isEnded;

  public BoundedLines(Reader reader, int longest) {
    this.reader = reader;
    this.longest = longest;
  }

  /** The next line without its end; absent after the last. */
  public @Nullable String next() throws IOException {
    int c = read();
    if (c < 0) {
      return null;
    }
    line.setLength(0);
    number++;
    for (; c >= 0 && c != '\n' && c != '\r'; c = read()) {
      if (line.length() < longest) {
        line.append((char) c);
      }
    }
    isEnded = c >= 0;
    if (c == '\r') {
      ahead = reader.read();
      if (ahead == '\n') {
        ahead = NONE;
      }
    }
    return line.toString();
  }

  private int read() throws IOException {
    if (ahead != NONE) {
      int c = ahead;
      ahead = NONE;
      return c;
    }
    return reader.read();
  }

  /** Whether its end was there, not the file's. */
  public boolean isEnded() {
    return isEnded;
  }

  /** The number of the last line, from 1. */
  public long number() {
    return number;
  }
}
