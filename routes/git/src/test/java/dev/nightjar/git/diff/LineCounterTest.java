package dev.nightjar.git.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.nightjar.git.diff.LineCounter.Counts;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever two files hold, counting takes bounded memory and time, or says that it would not. */
class LineCounterTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final LineCounter counter = new LineCounter();

  @Test
  void linesOfOneSideAloneAreCountedHoweverManyAndTakeNoMemory() throws Exception {
    byte[] blank = blankLines(30_000_000);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertEquals(new Counts(30_000_000, 0), counter.count(new byte[0], blank));
    assertEquals(new Counts(0, 28_000_000), counter.count(blank, blankLines(2_000_000)));
    assertTrue(THREADS.getCurrentThreadAllocatedBytes() - before < 3_000_000);
  }

  @Test
  void tooManyLinesAreRefusedBeforeTheyTakeMemory() {
    byte[] blank = blankLines(30_000_000);
    byte[] numbered = numbered(2_000_000, 0);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertThrows(TooCostlyException.class, () -> counter.count(blank, numbered));
    assertTrue(THREADS.getCurrentThreadAllocatedBytes() - before < 1_000_000);
  }

  @Test
  void asManyLinesAsAreComparedTakeBoundedMemory() throws Exception {
    byte[] a = numbered(LineCounter.MOST_LINES / 2, 0);
    byte[] b = numbered(LineCounter.MOST_LINES / 2, 1_000_000);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertEquals(new Counts(1_000_000, 1_000_000), counter.count(a, b));
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(
        allocated < 320L << 20, allocated + " bytes, all that was let go meanwhile included");
  }

  /** Git's own limits of patience leave millions of such lines to take minutes. */
  @Test
  void linesOfAFewKindsInAnyOrderAreGivenUpAfterABoundedNumberOfSteps() throws Exception {
    Random random = new Random(1);
    byte[] a = letters(20_000, random);
    byte[] b = letters(20_000, random);
    assertThrows(TooCostlyException.class, () -> new LineCounter(1 << 20).count(a, b));
    Counts counts = counter.count(a, b);
    assertEquals(counts.added(), counts.deleted());
    assertTrue(counts.added() > 8_000 && counts.added() < 15_000, counts.toString());
  }

  /** Some slots are taken whatever the lines; an attacker's lines would all meet in one. */
  @Test
  void linesThatAreHardToTellApartAreGivenUpToo() {
    byte[] a = numbered(20_000, 0);
    byte[] b = numbered(20_000, 100_000);
    assertThrows(TooCostlyException.class, () -> new LineCounter(1_000).count(a, b));
  }

  @Test
  void countsStayRightAfterOneThatWasGivenUp() throws Exception {
    assertThrows(
        TooCostlyException.class,
        () -> counter.count(blankLines(5_000_000), numbered(1_000_000, 0)));
    assertEquals(new Counts(1, 2), counter.count(ascii("a\nb\nc\nd\n"), ascii("a\nx\nd\n")));
    assertEquals(new Counts(1000, 1000), counter.count(numbered(5000, 0), numbered(5000, 1000)));
  }

  private static byte[] blankLines(int count) {
    byte[] lines = new byte[count];
    Arrays.fill(lines, (byte) '\n');
    return lines;
  }

  private static byte[] numbered(int count, int first) {
    StringBuilder text = new StringBuilder(count * 8);
    for (int i = first; i < first + count; i++) {
      text.append(i).append('\n');
    }
    return ascii(text.toString());
  }

  private static byte[] letters(int count, Random random) {
    byte[] text = new byte[2 * count];
    for (int i = 0; i < count; i++) {
      text[2 * i] = (byte) ('a' + random.nextInt(26));
      text[2 * i + 1] = '\n';
    }
    return text;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
