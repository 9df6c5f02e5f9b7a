package dev.nightjar.formats.reading;

import java.util.regex.Pattern;

/**
 * Durations as the JVM's and other tools' locales write them: {@code 0.160}, {@code 0,160}, {@code
 * 1,234.5}. A lone {@code 1,250} may be either; which it is, the other numbers of the file tell.
 */
public final class DurationText {
  /** How a text, or a file, writes its fractions. */
  public enum Style {
    POINT,
    COMMA,
    UNKNOWN
  }

  private static final Pattern SPACES = Pattern.compile("(?<=\\d)[\\s\u00a0\u202f'’](?=\\d{3})");
  private static final Pattern GROUPED_BY_COMMA = Pattern.compile("[1-9]\\d{0,2}(,\\d{3})+");
  private static final Pattern GROUPED_BY_POINT = Pattern.compile("[1-9]\\d{0,2}(\\.\\d{3})+");

  private DurationText() {}

  /** What a text tells of its file's style. */
  public static Style style(String text) {
    String plain = plain(text);
    int comma = plain.lastIndexOf(',');
    int point = plain.lastIndexOf('.');
    if (comma >= 0 && point >= 0) {
      return comma > point ? Style.COMMA : Style.POINT;
    }
    if (comma >= 0) {
      boolean isMany = plain.indexOf(',') != comma;
      return isMany
          ? Style.POINT
          : GROUPED_BY_COMMA.matcher(plain).matches() ? Style.UNKNOWN : Style.COMMA;
    }
    if (point >= 0) {
      boolean isMany = plain.indexOf('.') != point;
      return isMany
          ? Style.COMMA
          : GROUPED_BY_POINT.matcher(plain).matches() ? Style.UNKNOWN : Style.POINT;
    }
    return Style.UNKNOWN;
  }

  /**
   * The number.
   *
   * @param ofFile as its other numbers tell; a point alone is a fraction unless they say otherwise
   */
  public static double parsed(String text, Style ofFile) throws BadRecord {
    String plain = plain(text);
    Style style = style(plain);
    if (style == Style.UNKNOWN) {
      style = ofFile;
    }
    if (style == Style.UNKNOWN && plain.indexOf(',') >= 0) {
      throw new BadRecord(
          "'%s' may be %s or %s, and nothing else in the file tells which"
              .formatted(text, plain.replace(",", ""), plain.replace(',', '.')));
    }
    String number =
        style == Style.COMMA ? plain.replace(".", "").replace(',', '.') : plain.replace(",", "");
    return NumberText.parsed(number);
  }

  /** Whether nothing but digits and points is in it, as in most of the many that a file holds. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '.' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  private static String plain(String text) {
    return isPlain(text) ? text : SPACES.matcher(text.strip()).replaceAll("");
  }
}
