package dev.nightjar.cli.terminal;

/** Text for a terminal. */
public final class Text {
  private Text() {}

  /**
   * The text without anything a terminal would act on: control characters and Unicode's
   * bidirectional overrides become visible escapes. Names and messages come from repositories that
   * anyone may have written.
   */
  public static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          if (point == '\n' || !isActed(point)) {
            printable.appendCodePoint(point);
          } else {
            printable.append("\\u%04x".formatted(point));
          }
        });
    return printable.toString();
  }

  /** Likewise, and on one line. */
  public static String oneLine(String text) {
    return printable(text.replace("\r\n", " ").replace('\n', ' ').replace('\t', ' '));
  }

  private static boolean isActed(int point) {
    int type = Character.getType(point);
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || (point >= 0x202a && point <= 0x202e)
        || (point >= 0x2066 && point <= 0x2069)
        || point == 0x200e
        || point == 0x200f;
  }
}
