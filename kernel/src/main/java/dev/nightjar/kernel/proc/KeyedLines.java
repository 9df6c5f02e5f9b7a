package dev.nightjar.kernel.proc;

import java.util.Arrays;

/**
 * Picks the wanted numbers out of a file of {@code key value} or {@code key: value} lines.
 *
 * <p>{@code /proc/vmstat} has nearly 200 lines of which a handful are wanted, so which line holds
 * which key is learned once; afterwards each wanted line's key is still compared, and the lines are
 * learned anew when one differs or their number does.
 */
public final class KeyedLines {
  private static final int UNWANTED = -1;
  private static final int MOST_LINES = 4096;

  private final byte[][] keys;
  private final long[] values;
  private int[] keyOfLine = new int[0];

  public KeyedLines(String... keys) {
    this.keys = new byte[keys.length][];
    for (int i = 0; i < keys.length; i++) {
      this.keys[i] = KernelText.ascii(keys[i]);
    }
    this.values = new long[keys.length];
  }

  /**
   * The number after each key, in the order of the keys, {@link KernelText#NONE} where there is
   * none. The array is reused.
   */
  public long[] read(KernelText text) {
    int start = text.position();
    if (!readAsLearned(text)) {
      text.moveTo(start);
      learn(text);
      text.moveTo(start);
      readAsLearned(text);
    }
    return values;
  }

  private boolean readAsLearned(KernelText text) {
    Arrays.fill(values, KernelText.NONE);
    int line = 0;
    for (; !text.atEnd() && line < keyOfLine.length; line++) {
      int key = keyOfLine[line];
      if (key != UNWANTED) {
        if (!text.skip(keys[key]) || !text.atSeparator()) {
          return false;
        }
        text.skipSeparator();
        values[key] = text.number();
      }
      text.nextLine();
    }
    return text.atEnd() && line == keyOfLine.length;
  }

  private void learn(KernelText text) {
    int[] learned = new int[64];
    int line = 0;
    for (; !text.atEnd() && line < MOST_LINES; line++) {
      if (line == learned.length) {
        learned = Arrays.copyOf(learned, line * 2);
      }
      learned[line] = keyHere(text);
      text.nextLine();
    }
    keyOfLine = Arrays.copyOf(learned, line);
  }

  private int keyHere(KernelText text) {
    int start = text.position();
    for (int key = 0; key < keys.length; key++) {
      if (text.skip(keys[key]) && text.atSeparator()) {
        return key;
      }
      text.moveTo(start);
    }
    return UNWANTED;
  }
}
