package dev.nightjar.gate.history;

import dev.nightjar.model.Series;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What stays of a benchmark's name however a tool decorates it: its last part, without case,
 * punctuation and numbers. Equal ones suggest the same benchmark and prove nothing.
 */
final class NearName {
  /**
   * How it was run: {@code /threads:8}, {@code /min_time:2.000}, {@code /real_time}, {@code
   * /n:1024}.
   */
  private static final Pattern MODIFIER =
      Pattern.compile("/(?:real_time|process_time|manual_time|\\w+:[0-9][0-9.]*[a-z]?)(?=/|$)");

  private static final Pattern TYPES = Pattern.compile("<[^<>]*>");
  private static final Pattern OPTION = Pattern.compile("\\s--?[A-Za-z]\\S*");
  private static final Pattern NUMBERS = Pattern.compile("0x[0-9a-f]+|[0-9]+");
  private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}#]+");

  private NearName() {}

  static String of(Series series) {
    String whole = series.benchmark().name();
    String name = undecorated(whole);
    int bracket = name.indexOf('[');
    String bare = bracket > 0 ? name.substring(0, bracket) : name;
    String[] parts = bare.split("[/.:]");
    for (int i = parts.length - 1; i >= 0; i--) {
      String letters = NO_LETTERS.matcher(lower(parts[i])).replaceAll("");
      if (!letters.isBlank() && !letters.matches("#+")) {
        return letters;
      }
    }
    return lower(whole);
  }

  private static String undecorated(String name) {
    String bare = name;
    String before;
    do {
      before = bare;
      bare = TYPES.matcher(bare).replaceAll("");
    } while (!bare.equals(before));
    return OPTION.matcher(MODIFIER.matcher(bare).replaceAll("")).replaceAll("");
  }

  private static String lower(String text) {
    return NUMBERS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("#");
  }
}
