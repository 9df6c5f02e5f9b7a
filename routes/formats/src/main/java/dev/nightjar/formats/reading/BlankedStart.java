package dev.nightjar.formats.reading;

import java.io.IOException;
import java.io.Reader;

/**
 * A text whose first characters are blanks: what was logged before a document is none of it, while
 * the document's lines keep their numbers.
 */
final class BlankedStart extends Reader {
  private final Reader text;
  private long left;

  BlankedStart(Reader text, long characters) {
    this.text = text;
    left = characters;
  }

  @Override
  public int read(char[] into, int from, int length) throws IOException {
    int count = text.read(into, from, length);
    for (int i = from; i < from + count && left > 0; i++, left--) {
      if (into[i] != '\n' && into[i] != '\r') {
        into[i] = ' ';
      }
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
