package dev.nightjar.kernel.proc;

import dev.nightjar.kernel.telemetry.Columns.Column;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the bytes of a kernel file. Nothing is allocated, nothing thrown: what is not there
 * or is no number is {@link #NONE}. A number that the end of the bytes cuts off is none either, as
 * its last digits may be missing: kernel files end with a line feed.
 */
public final class KernelText {
  /** No number here. Every quantity read with {@link #number} is at least zero. */
  public static final long NONE = -1;

  private byte[] bytes = new byte[0];
  private int end;
  private int at;

  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Adds a number that was read to its column, unless there is none. */
  public static void put(@Nullable Column column, long epochMillis, long value) {
    if (column != null && value != NONE) {
      column.add(epochMillis, (double) value);
    }
  }

  /**
   * As the other, in a larger unit. Divided, not multiplied by a fraction: 100826 ms are then the
   * double nearest to 100.826 s.
   */
  public static void put(@Nullable Column column, long epochMillis, long value, double perUnit) {
    if (column != null && value != NONE) {
      column.add(epochMillis, value / perUnit);
    }
  }

  /** All from here on, for a text that is read once a second and worth no cursor. */
  public String rest() {
    return text(at, end);
  }

  /** Starts at the first byte of a text, which is not copied. */
  public void reset(byte[] text, int length) {
    bytes = text;
    end = length;
    at = 0;
  }

  public boolean atEnd() {
    return at >= end;
  }

  /** Goes to the start of the next line. */
  public void nextLine() {
    while (at < end && bytes[at] != '\n') {
      at++;
    }
    at++;
  }

  /** Goes past the given word if it stands here. */
  public boolean skip(byte[] word) {
    if (at + word.length > end) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (bytes[at + i] != word[i]) {
        return false;
      }
    }
    at += word.length;
    return true;
  }

  public void skipBlanks() {
    while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++;
    }
  }

  /** Goes past the next occurrence of a byte in this line; to the line's end if there is none. */
  public boolean skipPast(char wanted) {
    while (at < end && bytes[at] != '\n') {
      if (bytes[at++] == wanted) {
        return true;
      }
    }
    return false;
  }

  /** Goes to the next blank or line end. */
  public void skipWord() {
    skipBlanks();
    while (at < end && (bytes[at] & 0xff) > ' ') {
      at++;
    }
  }

  /** Whether a blank stands here. */
  public boolean atBlank() {
    return at < end && bytes[at] == ' ';
  }

  /** Whether what ends a key stands here. */
  boolean atSeparator() {
    return at < end && (bytes[at] == ' ' || bytes[at] == ':');
  }

  void skipSeparator() {
    at++;
  }

  void moveTo(int position) {
    at = position;
  }

  /** The position, for {@link #matches} and {@link #text}. */
  public int position() {
    return at;
  }

  boolean matches(int from, int to, byte[] word) {
    if (to - from != word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (bytes[from + i] != word[i]) {
        return false;
      }
    }
    return true;
  }

  String text(int from, int to) {
    return new String(bytes, from, Math.min(to, end) - from, StandardCharsets.UTF_8);
  }

  /**
   * The unsigned decimal number after blanks in this line, or {@link #NONE} if there is none, it
   * does not fit a {@code long}, or it touches the end of the bytes.
   */
  public long number() {
    skipBlanks();
    int first = at;
    long value = 0;
    boolean fits = true;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      int digit = bytes[at++] - '0';
      fits = fits && value <= (Long.MAX_VALUE - digit) / 10;
      value = value * 10 + digit;
    }
    return first == at || !fits || !atNumberEnd() ? NONE : value;
  }

  private boolean atNumberEnd() {
    return at < end
        && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '.' || bytes[at] == '\t');
  }

  /** As {@link #number}, with a fraction if one follows; negative if there is none. */
  public double decimal() {
    long whole = number();
    if (whole == NONE || at >= end || bytes[at] != '.') {
      return whole;
    }
    at++;
    int first = at;
    long fraction = number();
    return fraction == NONE || at == first || at - first > 9
        ? NONE
        : whole + fraction / Math.pow(10, at - first);
  }
}
