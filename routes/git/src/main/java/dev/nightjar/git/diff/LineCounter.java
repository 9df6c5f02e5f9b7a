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
 *
 * <p>Anybody's file may be anything, so what a comparison may cost is bounded: in memory by {@link
 * #MOST_LINES}, in time by {@link #MOST_STEPS}, both far beyond what people or their generators
 * write. The bounds count work, not seconds, so that the same file has the same counts everywhere.
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

  /** Lines of both middles together; each takes some 50 bytes while they are compared. */
  static final int MOST_LINES = 4 << 20;

  /** Looks at a diagonal, a pair of lines or a slot: some seconds. */
  static final long MOST_STEPS = 1L << 30;

  /** What is kept from one comparison to the next; a larger table is made anew. */
  private static final int USUAL_SLOTS = 1 << 16;

  private final long mostSteps;
  private final SequenceDiff sequences;
  private final long[] hashes = new long[1024];
  private int hashedUpTo;

  /** A slot holds the number of a line plus one, so that zero means empty. */
  private int[] slots = new int[1024];

  private long[] hashesByNumber = new long[512];
  private int mask;
  private int distinct;
  private long probes;

  LineCounter() {
    this(MOST_STEPS);
  }

  LineCounter(long mostSteps) {
    this.mostSteps = mostSteps;
    this.sequences = new SequenceDiff(mostSteps);
  }

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

  /**
   * Counts what differs.
   *
   * @throws TooCostlyException when that would take more memory or time than one file may
   */
  Counts count(byte[] a, byte[] b) throws TooCostlyException {
    int mismatch = Arrays.mismatch(a, b);
    if (mismatch < 0) {
      return Counts.NONE;
    }
    int start = lineStart(a, mismatch);
    int suffix = commonSuffix(a, b, start);
    int endA = a.length - suffix;
    int endB = b.length - suffix;
    int linesA = lines(a, start, endA);
    int linesB = lines(b, start, endB);
    if (linesA == 0 || linesB == 0) {
      return new Counts(linesB, linesA);
    }
    if ((long) linesA + linesB > MOST_LINES) {
      throw new TooCostlyException("%,d lines".formatted((long) linesA + linesB));
    }
    begin(linesA + linesB);
    int[] numbersA = numbers(a, start, endA, linesA);
    int[] numbersB = numbers(b, start, endB, linesB);
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

  /** How many lines a range has; what follows the last newline is one. */
  private static int lines(byte[] text, int from, int to) {
    int lines = 0;
    for (int i = from; i < to; i++) {
      lines += text[i] == '\n' ? 1 : 0;
    }
    return lines + (to > from && text[to - 1] != '\n' ? 1 : 0);
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
  private int countCommon(byte[] text, int from, int to, int[] inA, int[] inB)
      throws TooCostlyException {
    int lines = 0;
    int at = from;
    while (at < to) {
      int hashed = hash(text, at, to);
      for (int i = 0; i < hashed; i++) {
        int number = slots[slot(hashes[i])] - 1;
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

  /**
   * Hashes the lines of a range until there is no room for more, and returns how many there are;
   * {@link #hashedUpTo} says how far it got.
   */
  private int hash(byte[] text, int from, int to) {
    int lines = 0;
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

  /** Forgets the lines of the comparison before, and the room that a large one took. */
  private void begin(int lines) {
    if (slots.length > USUAL_SLOTS) {
      slots = new int[USUAL_SLOTS];
      hashesByNumber = new long[USUAL_SLOTS / 2];
    }
    makeSlots(Math.min(USUAL_SLOTS, Integer.highestOneBit(lines) * 4));
    distinct = 0;
    probes = 0;
  }

  /** Empties so many slots; at most half of them are ever taken. */
  private void makeSlots(int count) {
    if (count > slots.length) {
      slots = new int[count];
      hashesByNumber = Arrays.copyOf(hashesByNumber, count / 2);
    } else {
      Arrays.fill(slots, 0, count, 0);
    }
    mask = count - 1;
  }

  /** Gives equal lines of both texts equal numbers, from 0 on. */
  private int[] numbers(byte[] text, int from, int to, int lines) throws TooCostlyException {
    int[] numbers = new int[lines];
    int numbered = 0;
    int at = from;
    while (at < to) {
      int hashed = hash(text, at, to);
      for (int i = 0; i < hashed; i++) {
        numbers[numbered++] = number(hashes[i]);
      }
      at = hashedUpTo;
    }
    return numbers;
  }

  private int number(long hash) throws TooCostlyException {
    int slot = slot(hash);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    if (2 * distinct > mask) {
      makeSlots(2 * (mask + 1));
      for (int i = 0; i < distinct; i++) {
        slots[slot(hashesByNumber[i])] = i + 1;
      }
      slot = slot(hash);
    }
    hashesByNumber[distinct] = hash;
    slots[slot] = ++distinct;
    return distinct - 1;
  }

  /** Where a hash is, or would be. Lines can be made to meet in one slot, hence the bound. */
  private int slot(long hash) throws TooCostlyException {
    int slot = (int) (hash >>> 17) & mask;
    while (slots[slot] != 0 && hashesByNumber[slots[slot] - 1] != hash) {
      slot = (slot + 1) & mask;
      if (++probes > mostSteps) {
        throw new TooCostlyException("lines made to be hard to tell apart");
      }
    }
    return slot;
  }
}
