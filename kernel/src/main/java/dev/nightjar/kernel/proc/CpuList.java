package dev.nightjar.kernel.proc;

import java.util.BitSet;
import java.util.Optional;

/** Lists of CPUs as Linux writes them: {@code 0-3,8}. */
public final class CpuList {
  private static final int MOST_CPUS = 8192;

  private CpuList() {}

  /** The CPUs of a list; empty if the text is no list of at least one CPU. */
  public static Optional<BitSet> parse(String text) {
    BitSet cpus = new BitSet();
    for (String part : text.strip().split(",", -1)) {
      String[] ends = part.strip().split("-", 2);
      int first = number(ends[0]);
      int last = number(ends[ends.length - 1]);
      if (first < 0 || last < first) {
        return Optional.empty();
      }
      cpus.set(first, last + 1);
    }
    return Optional.of(cpus);
  }

  private static int number(String text) {
    if (!text.matches("\\d{1,4}")) {
      return -1;
    }
    int number = Integer.parseInt(text);
    return number < MOST_CPUS ? number : -1;
  }
}
