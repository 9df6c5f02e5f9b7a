package dev.nightjar.bench.profile;

import dev.nightjar.bench.profile.symbols.TextLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code perf script -F ip,sym,symoff,dso} prints: samples, parted by empty lines. */
final class PerfReader {
  private static final int MOST_STACKS = 500_000;
  private static final Pattern FRAME =
      Pattern.compile("\\s+([0-9a-f]{1,16}) (.+?)(?:\\+0x[0-9a-f]+)? \\((.*)\\)");

  private final Map<List<Frame>, long[]> samples = new HashMap<>();

  /**
   * A function that was running, or had called one that was.
   *
   * @param address within the object, of the instruction or of the one after the call
   */
  record Frame(String object, String symbol, long address) {}

  /** How often each stack was seen, the innermost first. */
  Map<List<Frame>, long[]> samples() {
    return samples;
  }

  void read(Path text) throws IOException {
    try (TextLines lines = new TextLines(text)) {
      List<Frame> stack = new ArrayList<>();
      for (String line = lines.next(); line != null; line = lines.next()) {
        Matcher frame = FRAME.matcher(line);
        if (frame.matches()) {
          long address = Long.parseUnsignedLong(frame.group(1), 16);
          stack.add(new Frame(frame.group(3), frame.group(2), address));
        } else if (line.isBlank()) {
          take(stack);
          stack = new ArrayList<>();
        }
      }
      take(stack);
    }
  }

  private void take(List<Frame> stack) {
    if (!stack.isEmpty() && (samples.size() < MOST_STACKS || samples.containsKey(stack))) {
      samples.computeIfAbsent(stack, one -> new long[1])[0]++;
    }
  }
}
