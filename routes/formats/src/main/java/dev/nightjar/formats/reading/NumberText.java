package dev.nightjar.formats.reading;

import java.util.regex.Pattern;

/** Numbers that tools write as text. */
public final class NumberText {
  /** Java alone would take "0x1p3" and "1d", which no tool means. */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?");

  private static final int LONGEST = 100;
  private static final int SHOWN = 40;

  private NumberText() {}

  public static boolean isNumber(String text) {
    return text.length() <= LONGEST && NUMBER.matcher(text).matches();
  }

  public static double parsed(String text) throws BadRecord {
    String plain = text.strip();
    if (isNumber(plain)) {
      return Double.parseDouble(plain);
    }
    String shown = plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + "…";
    throw new BadRecord("'" + shown.replaceAll("\\p{Cntrl}", "?") + "' is no number");
  }
}
