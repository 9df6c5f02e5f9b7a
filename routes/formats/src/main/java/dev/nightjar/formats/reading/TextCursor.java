package dev.nightjar.formats.reading;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * A text that is gone through once, with a way back as far as a megabyte: to where a document ended
 * though its parser read on, or behind a line that looked like the beginning of one.
 */
public final class TextCursor extends Reader {
  private static final int WAY_BACK = 1 << 20;
  private static final int PART = 1 << 13;

  private final Reader text;
  private final char[] kept = new char[WAY_BACK];

  /** How many characters were taken from the text. */
  private long taken;

  private long position;

  public TextCursor(Reader text) {
    this.text = text;
  }

  @Override
  public int read() throws IOException {
    return isAtEnd() ? -1 : kept[(int) (position++ % WAY_BACK)];
  }

  @Override
  public int read(char[] into, int from, int length) throws IOException {
    if (isAtEnd()) {
      return -1;
    }
    int start = (int) (position % WAY_BACK);
    int count = (int) Math.min(Math.min(length, taken - position), WAY_BACK - start);
    System.arraycopy(kept, start, into, from, count);
    position += count;
    return count;
  }

  private boolean isAtEnd() throws IOException {
    if (position < taken) {
      return false;
    }
    int start = (int) (taken % WAY_BACK);
    int count = text.read(kept, start, Math.min(PART, WAY_BACK - start));
    taken += Math.max(0, count);
    return count < 0;
  }

  /** How many characters stand before. */
  public long position() {
    return position;
  }

  /** Whether it can go back so far. */
  public boolean reaches(long earlier) {
    return earlier >= 0 && earlier <= taken && taken - earlier <= WAY_BACK;
  }

  /** Goes back to a position that it reaches. */
  public void back(long earlier) {
    if (!reaches(earlier)) {
      throw new IllegalArgumentException(earlier + " is too far from " + taken);
    }
    position = earlier;
  }

  /** What stands before the next line's end, within a bound; absent at the text's end. */
  public @Nullable String ahead(int longest) throws IOException {
    long start = position;
    StringBuilder line = new StringBuilder();
    int c = read();
    boolean isEnd = c < 0;
    while (c >= 0 && c != '\n' && c != '\r' && line.length() < longest) {
      line.append((char) c);
      c = read();
    }
    back(start);
    return isEnd ? null : line.toString();
  }

  /** Goes behind the line's end: a line feed, a carriage return or both. */
  public void skipLine() throws IOException {
    int c = read();
    while (c >= 0 && c != '\n' && c != '\r') {
      c = read();
    }
    if (c == '\r' && read() != '\n' && !isAtEnd()) {
      position--;
    }
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
