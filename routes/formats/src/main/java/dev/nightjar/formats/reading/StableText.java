package dev.nightjar.formats.reading;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one place that decides what of a text is no identity: what changes from run to run though
 * nothing was changed. Addresses, random names in temporary folders, moments, process numbers,
 * random identifiers and ports are shown as {@code …}; numbers and lists keep their text.
 */
public final class StableText {
  private static final int LONGEST = 500;
  private static final int KEPT = 460;
  private static final int HASH_RADIX = 36;

  /** A text without any of these is stable; looked at first, as most texts are. */
  private static final Pattern SUSPECT =
      Pattern.compile(
          "0x|@|\\$\\$Lambda|[/\\\\][Tt](?:e?mp|MP)|/T/|/dev/shm|\\d\\d:\\d\\d|datetime\\(|pid|PID|Pid"
              + "|/proc/|-[0-9a-fA-F]{4}-|localhost:|127\\.0\\.0\\.1:|\\[::1]:");

  private static final List<Map.Entry<Pattern, String>> UNSTABLE =
      List.of(
          // Python's objects, then pointers as user space, Go's heap and kernels have them.
          rule(" at 0x[0-9a-fA-F]+", " at …"),
          rule("0x(?:0000)?(?:7[ef]|5[56])[0-9a-fA-F]{10}\\b", "…"),
          rule("0x(?:c0[0-9a-f]{8}|ffff[0-9a-fA-F]{12})\\b", "…"),
          // Java's lambdas, and objects without a text of their own.
          rule("\\$\\$Lambda(?:\\$[0-9]+)?(?:/(?:0x)?[0-9a-f]+)?(?:@[0-9a-f]+)?", "\\$\\$Lambda"),
          rule("((?:\\b[A-Z][\\w$]*|\\[+[A-Z][\\w.$]*;?))@[0-9a-f]{5,8}\\b", "$1@…"),
          rule(
              "\\b\\d{4}-\\d\\d-\\d\\d[T"
                  + " _]\\d\\d:\\d\\d(?::\\d\\d(?:[.,]\\d+)?)?(?:Z|[+-]\\d\\d:?\\d\\d)?",
              "…"),
          rule(
              "\\b[A-Z][a-z]{2} [A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d(?: [A-Z]+)? \\d{4}",
              "…"),
          rule("datetime\\.datetime\\(\\d{4}(?:, ?\\d+){2,6}", "datetime.datetime(…"),
          rule("\\b((?:[Pp]id|PID)[-=: #]{1,2})\\d+\\b", "$1…"),
          rule("/proc/\\d+", "/proc/…"),
          rule("\\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b", "…"),
          rule("((?:localhost|127\\.0\\.0\\.1|\\[::1]):)(?:3[2-9]|[4-6]\\d)\\d{3}\\b", "$1…"));

  private static final Pattern TEMPORARY =
      Pattern.compile(
          "((?:/private)?(?:/tmp|/var/tmp|/dev/shm|/var/folders/[^/\\s]+/[^/\\s]+/T)"
              + "|[A-Za-z]:[\\\\/]{1,2}Users[\\\\/]{1,2}[^\\\\/]+[\\\\/]{1,2}AppData[\\\\/]{1,2}Local[\\\\/]{1,2}Temp"
              + "|[A-Za-z]:[\\\\/]{1,2}(?:Windows[\\\\/]{1,2})?(?:TEMP|Temp|temp|TMP|tmp))"
              + "((?:[\\\\/]{1,2}[^\\\\/\\s\"'<>|,;:)\\]}]+)+)");

  /** A part of a path that is drawn or counted up for each run. */
  private static final Pattern DRAWN =
      Pattern.compile(
          "pytest-of-.*|pytest-(?:\\d+|current)|tmp[A-Za-z0-9_]{5,}|.*\\d{5,}.*"
              + "|.*[.-](?=[A-Za-z0-9]*[A-Z0-9])(?=[A-Za-z0-9]*[a-zA-Z])[A-Za-z0-9]{6,12}|Rtmp\\w+|go-build\\d+.*");

  private StableText() {}

  private static Map.Entry<Pattern, String> rule(String pattern, String replacement) {
    return Map.entry(Pattern.compile(pattern), replacement);
  }

  /** What stays the same from run to run. */
  public static String of(String text) {
    if (!mayBeSuspect(text) || !SUSPECT.matcher(text).find()) {
      return text;
    }
    String stable = withoutDrawnFolders(text);
    for (Map.Entry<Pattern, String> rule : UNSTABLE) {
      stable = rule.getKey().matcher(stable).replaceAll(rule.getValue());
    }
    return stable;
  }

  /** Whether the longer look is worth its time; most of many thousand names are plain. */
  private static boolean mayBeSuspect(String text) {
    int last = text.length() - 1;
    for (int i = 0; i <= last; i++) {
      char next = i < last ? text.charAt(i + 1) : 0;
      boolean may =
          switch (text.charAt(i)) {
            case '@', '$', '\\', ':' -> true;
            case '0' -> next == 'x';
            case 'p', 'P' -> next == 'i' || next == 'I';
            case '/' -> "tTdp".indexOf(next) >= 0;
            case '-' -> i + 5 <= last && text.charAt(i + 5) == '-';
            case '(' -> i > 0 && text.charAt(i - 1) == 'e';
            default -> false;
          };
      if (may) {
        return true;
      }
    }
    return false;
  }

  private static String withoutDrawnFolders(String text) {
    return TEMPORARY
        .matcher(text)
        .replaceAll(path -> {
          StringBuilder kept = new StringBuilder("…");
          for (String part : path.group(2).split("[\\\\/]+")) {
            if (!part.isEmpty()) {
              kept.append('/').append(DRAWN.matcher(part).matches() ? "…" : part);
            }
          }
          return Matcher.quoteReplacement(kept.toString());
        });
  }

  /**
   * A text that may be shown and stored: names end up in terminals and web pages, where control
   * characters never do. What is longer than the bound ends in a digest of the whole, so that two
   * long names never become one.
   */
  public static String visible(String text) {
    String visible = text;
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        visible = text.replaceAll("\\p{Cntrl}", "?");
        break;
      }
    }
    visible = visible.strip();
    if (visible.length() <= LONGEST) {
      return visible;
    }
    long hash = 0;
    for (int i = 0; i < visible.length(); i++) {
      hash = 1_000_003 * hash + visible.charAt(i);
    }
    return visible.substring(0, KEPT) + "…" + Long.toUnsignedString(hash, HASH_RADIX);
  }
}
