package dev.nightjar.bench.profile;

import dev.nightjar.bench.profile.symbols.TextLines;
import dev.nightjar.model.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of callgrind, one a process, written with {@code --dump-instr=yes} and {@code
 * --separate-callers}: what each instruction costs in each context of callers. What calls cost in
 * all is passed over, as it is the sum of what the called cost.
 */
final class CallgrindReader {
  private static final int MOST_SPOTS = 2_000_000;

  private final Map<Spot, long[]> costs = new HashMap<>();
  private final Map<String, String> strings = new HashMap<>();
  private String object = "";
  private String file = "";
  private String context = "";
  private long address;
  private long line;

  /**
   * An instruction in a context.
   *
   * @param object the program or library, as it was loaded
   * @param context the function and those that called it, the innermost first, parted by {@code '}
   * @param file of the function
   * @param line the source line of the instruction, 0 where it is not known
   */
  record Spot(String object, String context, String file, long address, int line) {}

  /** What all files so far say. */
  Map<Spot, long[]> costs() {
    return costs;
  }

  /** Adds what a process cost. */
  void read(Path out) throws ProfileFailed {
    strings.clear();
    try (TextLines lines = new TextLines(out)) {
      for (String text = lines.next(); text != null; text = lines.next()) {
        if (text.startsWith("calls=")) {
          String cost = lines.next();
          move(cost == null ? "" : cost);
        } else if (!text.isEmpty()) {
          read(text);
        }
      }
    } catch (IOException | Failure | NumberFormatException | IndexOutOfBoundsException e) {
      throw new ProfileFailed("what callgrind wrote cannot be read (" + e.getMessage() + ")");
    }
  }

  private void read(String text) throws ProfileFailed {
    char first = text.charAt(0);
    if (first == '+' || first == '-' || first == '*' || Character.isDigit(first)) {
      add(move(text));
      return;
    }
    int equals = text.indexOf('=');
    if (equals < 0) {
      return; // a head line or a comment
    }
    String value = text.substring(equals + 1);
    switch (text.substring(0, equals)) {
      case "ob" -> object = string("ob", value);
      case "fl" -> file = string("fl", value);
      case "fi", "fe", "cfi", "cfl" -> string("fl", value);
      case "fn" -> context = string("fn", value);
      case "cob" -> string("ob", value);
      case "cfn" -> string("fn", value);
      default -> {} // of other versions
    }
  }

  /** {@code (12) text} where it is first named, {@code (12)} from then on. */
  private String string(String kind, String value) {
    int close = value.indexOf(')');
    if (!value.startsWith("(") || close < 0) {
      return value;
    }
    String key = kind + value.substring(0, close + 1);
    if (close + 2 < value.length()) {
      strings.put(key, value.substring(close + 2));
    }
    return strings.getOrDefault(key, "");
  }

  /** Takes the place that a cost is of, and gives the rest of the line, its first number. */
  private long move(String text) {
    String[] words = text.split(" ", 4);
    address = position(words[0], address);
    line = position(words[1], line);
    return words.length < 3 ? 0 : Long.parseLong(words[2]);
  }

  private static long position(String word, long before) {
    return switch (word.charAt(0)) {
      case '*' -> before;
      case '+', '-' -> before + Long.parseLong(word);
      default ->
          word.startsWith("0x")
              ? Long.parseUnsignedLong(word.substring(2), 16)
              : Long.parseLong(word);
    };
  }

  private void add(long cost) throws ProfileFailed {
    int known = line >= 0 && line <= Integer.MAX_VALUE ? (int) line : 0;
    Spot spot = new Spot(object, context, file, address, known);
    long @Nullable [] sum = costs.get(spot);
    if (sum == null) {
      if (costs.size() == MOST_SPOTS) {
        throw new ProfileFailed(
            "its callgrind profile has more than %,d places".formatted(MOST_SPOTS));
      }
      sum = new long[1];
      costs.put(spot, sum);
    }
    sum[0] += cost;
  }
}
