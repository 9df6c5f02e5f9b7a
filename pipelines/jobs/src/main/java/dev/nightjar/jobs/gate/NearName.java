package dev.nightjar.jobs.gate;

import dev.nightjar.model.Series;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What stays of a benchmark's name however a tool decorates it: its last part, without case,
 * punctuation and numbers. Equal ones suggest the same benchmark and prove nothing.
 */
final class NearName {
  private static final Pattern NUMBERS = Pattern.compile("0x[0-9a-f]+|[0-9]+");
  private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}#]+");

  private NearName() {}

  static String of(Series series) {
    String name = series.benchmark().name();
    int bracket = name.indexOf('[');
    String bare = bracket > 0 ? name.substring(0, bracket) : name;
    String[] parts = bare.split("[/.:]");
    for (int i = parts.length - 1; i >= 0; i--) {
      String letters = NO_LETTERS.matcher(lower(parts[i])).replaceAll("");
      if (!letters.isBlank() && !letters.matches("#+")) {
        return letters;
      }
    }
    return lower(name);
  }

  private static String lower(String text) {
    return NUMBERS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("#");
  }
}
