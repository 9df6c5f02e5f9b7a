package dev.nightjar.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * About how many steps the program of a regular expression has. Repetitions of repetitions
 * multiply, so that a short text such as <code>((a{1000}){1000}){1000}</code> would fill any
 * memory.
 */
final class PatternSize {
  private static final Pattern COUNTED = Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?}");

  private final Deque<Long> outer = new ArrayDeque<>();
  private long sequence;
  private long last;

  private PatternSize() {}

  static long of(String pattern) {
    PatternSize size = new PatternSize();
    Matcher counted = COUNTED.matcher(pattern);
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '{' && counted.region(i, pattern.length()).lookingAt()) {
        size.times(Math.max(most(counted.group(1)), most(counted.group(2))));
        i = counted.end() - 1;
      } else if (c == '[') {
        i = endOfClass(pattern, i);
        size.atom(1);
      } else if (c == '(') {
        size.open();
      } else if (c == ')') {
        size.close();
      } else {
        i += c == '\\' ? 1 : 0;
        size.atom(1);
      }
    }
    return size.sequence;
  }

  private static long most(@Nullable String count) {
    return count == null || count.isEmpty() ? 1 : Long.parseLong(count);
  }

  private static int endOfClass(String pattern, int start) {
    int i = start + 1;
    i += i < pattern.length() && pattern.charAt(i) == '^' ? 1 : 0;
    i += i < pattern.length() && pattern.charAt(i) == ']' ? 1 : 0;
    while (i < pattern.length() && pattern.charAt(i) != ']') {
      i += pattern.charAt(i) == '\\' ? 2 : 1;
    }
    return i;
  }

  private void atom(long size) {
    sequence = bounded(sequence + size);
    last = size;
  }

  private void times(long count) {
    long more = bounded(last * Math.max(1, count));
    sequence = bounded(sequence - last + more);
    last = more;
  }

  private void open() {
    outer.push(sequence);
    sequence = 0;
    last = 0;
  }

  private void close() {
    long inner = sequence + 2;
    sequence = outer.isEmpty() ? 0 : outer.pop();
    atom(inner);
  }

  private static long bounded(long size) {
    return Math.min(size, Integer.MAX_VALUE);
  }
}
