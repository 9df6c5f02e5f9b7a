package dev.nightjar.git.diff;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Counts the lines that differ between two texts, without making a list of edits.
 *
 * <p>Most commits touch a few lines of a large file. So the common beginning and end are found by
 * comparing bytes, many at a time, and only the lines between them, the middle, are compared: each
 * is reduced to a 64-bit hash, equal hashes become equal small numbers, and {@link SequenceDiff}
 * compares the two sequences of numbers. Two different lines of one hash would be taken for equal,
 * once in 2^64.
 *
 * <p>Git sets lines aside that are frequent in the whole text, and how many lines the whole text
 * has decides what is frequent. So where that could change the counts ({@link
 * SequenceDiff#dependsOnFrequency}), the lines of the common parts are counted too; elsewhere, most
 * of the time, they are not even looked for.
 */
final class LineCounter {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EVERY_BYTE = 0x0101_0101_0101_0101L;
  private static final long NEWLINES = EVERY_BYTE * '\n';
  private static final long HIGH_BITS = EVERY_BYTE << 7;
  private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

  /** Git looks at so many bytes for a NUL to tell binary from text. */
  private static final int LOOKED_AT_FOR_NUL = 8000;

  private final SequenceDiff sequences = new SequenceDiff();
  private long[] hashesA = new long[256];
  private long[] hashesB = new long[256];
  private long[] slots = new long[1024];
  private int[] slotNumbers = new int[1024];
  private int mask;
  private final long[] hashesCommon = new long[1024];
  private int hashedUpTo;

  /** Lines that only the new text has, and lines that only the old text has. */
  record Counts(int added, int deleted) {
    static final Counts NONE = new Counts(0, 0);
  }

  static boolean isBinary(byte[] content) {
    int end = Math.min(content.length, LOOKED_AT_FOR_NUL);
    for (int i = 0; i < end; i++) {
      if (content[i] == 0) {
        return true;
      }
    }
    return false;
  }

  Counts count(byte[] a, byte[] b) {
    int mismatch = Arrays.mismatch(a, b);
    if (mismatch < 0) {
      return Counts.NONE;
    }
    int start = lineStart(a, mismatch);
    int suffix = commonSuffix(a, b, start);
    int endA = a.length - suffix;
    int endB = b.length - suffix;
    int linesA = hashAll(a, start, endA, true);
    int linesB = hashAll(b, start, endB, false);
    if (linesA == 0 || linesB == 0) {
      return new Counts(linesB, linesA);
    }
    int[] numbersA = new int[linesA];
    int[] numbersB = new int[linesB];
    int distinct = number(numbersA, numbersB);
    int[] inA = occurrences(numbersA, distinct);
    int[] inB = occurrences(numbersB, distinct);
    if (!SequenceDiff.dependsOnFrequency(numbersA, inA, numbersB, inB)) {
      return sequences.count(
          numbersA, inA, SequenceDiff.NEVER_OFTEN, numbersB, inB, SequenceDiff.NEVER_OFTEN);
    }
    int common = countCommon(a, 0, start, inA, inB) + countCommon(a, endA, a.length, inA, inB);
    return sequences.count(
        numbersA,
        inA,
        SequenceDiff.often(linesA + common),
        numbersB,
        inB,
        SequenceDiff.often(linesB + common));
  }

  private static int[] occurrences(int[] sequence, int distinct) {
    int[] occurrences = new int[distinct];
    for (int element : sequence) {
      occurrences[element]++;
    }
    return occurrences;
  }

  /**
   * Adds how often the lines of the middle occur in a part that both texts have, and returns how
   * many lines that part has.
   */
  private int countCommon(byte[] text, int from, int to, int[] inA, int[] inB) {
    int lines = 0;
    int at = from;
    while (at < to) {
      int hashed = hash(text, at, to, hashesCommon, 0);
      for (int i = 0; i < hashed; i++) {
        int number = slotNumbers[slot(hashesCommon[i])] - 1;
        if (number >= 0) {
          inA[number]++;
          inB[number]++;
        }
      }
      lines += hashed;
      at = hashedUpTo;
    }
    return lines;
  }

  /** Where the line begins that this place is in. */
  private static int lineStart(byte[] text, int place) {
    int start = place;
    while (start > 0 && text[start - 1] != '\n') {
      start--;
    }
    return start;
  }

  /** How many bytes at the end are the same whole lines in both. */
  private static int commonSuffix(byte[] a, byte[] b, int start) {
    int most = Math.min(a.length, b.length) - start;
    int same = 0;
    while (same + 8 <= most
        && (long) LONGS.get(a, a.length - same - 8) == (long) LONGS.get(b, b.length - same - 8)) {
      same += 8;
    }
    while (same < most && a[a.length - same - 1] == b[b.length - same - 1]) {
      same++;
    }
    boolean wholeInA = same == 0 || beginsLine(a, a.length - same);
    boolean wholeInB = same == 0 || beginsLine(b, b.length - same);
    if (wholeInA && wholeInB) {
      return same;
    }
    int at = a.length - same;
    while (at < a.length && a[at] != '\n') {
      at++;
    }
    return at == a.length ? 0 : a.length - at - 1;
  }

  private static boolean beginsLine(byte[] text, int at) {
    return at == 0 || text[at - 1] == '\n';
  }

  /** Hashes each line of a range into the array of its side and returns how many there are. */
  private int hashAll(byte[] text, int from, int to, boolean old) {
    long[] hashes = old ? hashesA : hashesB;
    int lines = hash(text, from, to, hashes, 0);
    while (hashedUpTo < to) {
      hashes = Arrays.copyOf(hashes, hashes.length * 2);
      lines = hash(text, hashedUpTo, to, hashes, lines);
    }
    if (old) {
      hashesA = hashes;
    } else {
      hashesB = hashes;
    }
    return lines;
  }

  /**
   * Hashes the lines of a range until the array is full, behind those that are in it, and returns
   * how many are in it then; {@link #hashedUpTo} says how far it got.
   */
  private int hash(byte[] text, int from, int to, long[] hashes, int already) {
    int lines = already;
    int at = from;
    while (at < to && lines < hashes.length) {
      int start = at;
      long hash = 0;
      boolean ended = false;
      while (!ended && at < to) {
        long word = at + 8 <= to ? (long) LONGS.get(text, at) : lastWord(text, at, to);
        long newline = firstNewline(word);
        ended = newline != 0;
        // The mark of a newline is the high bit of its byte; what is below that byte is the line.
        int bytes = ended ? Long.numberOfTrailingZeros(newline) >>> 3 : 8;
        word = ended ? word & ((1L << (bytes * 8)) - 1) : word;
        at = Math.min(to, at + bytes + (ended ? 1 : 0));
        hash = mixed(hash ^ word);
      }
      hashes[lines++] = mixed(hash ^ (at - start) ^ (ended ? HIGH_BITS : 0));
    }
    hashedUpTo = at;
    return lines;
  }

  private static long mixed(long hash) {
    long product = hash * MIX;
    return product ^ (product >>> 32);
  }

  private static long firstNewline(long word) {
    long different = word ^ NEWLINES;
    return (different - EVERY_BYTE) & ~different & HIGH_BITS;
  }

  /** Fewer than eight bytes, as if zeros followed. */
  private static long lastWord(byte[] text, int from, int to) {
    long word = 0;
    for (int i = to - 1; i >= from; i--) {
      word = (word << 8) | (text[i] & 0xff);
    }
    return word;
  }

  /** Gives equal lines equal numbers, from 0 on, and returns how many there are. */
  private int number(int[] numbersA, int[] numbersB) {
    int capacity = Integer.highestOneBit(numbersA.length + numbersB.length) * 4;
    if (capacity > slots.length) {
      slots = new long[capacity];
      slotNumbers = new int[capacity];
    } else {
      Arrays.fill(slotNumbers, 0, capacity, 0);
    }
    mask = capacity - 1;
    int distinct = number(hashesA, numbersA, 0);
    return number(hashesB, numbersB, distinct);
  }

  /** A slot holds its number plus one, so that zero means empty. */
  private int number(long[] hashes, int[] numbers, int known) {
    int distinct = known;
    for (int i = 0; i < numbers.length; i++) {
      int slot = slot(hashes[i]);
      if (slotNumbers[slot] == 0) {
        slots[slot] = hashes[i];
        slotNumbers[slot] = ++distinct;
      }
      numbers[i] = slotNumbers[slot] - 1;
    }
    return distinct;
  }

  /** Where a hash is, or would be. */
  private int slot(long hash) {
    int slot = (int) (hash >>> 17) & mask;
    while (slotNumbers[slot] != 0 && slots[slot] != hash) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
