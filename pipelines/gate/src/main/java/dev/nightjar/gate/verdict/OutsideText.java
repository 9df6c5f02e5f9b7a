package dev.nightjar.gate.verdict;

/**
 * Names and messages come from outside: commits, result files, other tools. What they may do to a
 * reader is taken out here, what they say is kept.
 */
final class OutsideText {
  private static final int MOST_CHARACTERS = 300;
  private static final String MARKDOWN = "\\`*_{}[]()<>#+-!|~=^$:";
  private static final String BREAK = "\u200b";

  private OutsideText() {}

  /** One line without control, bidirectional or unpaired surrogate characters, bounded. */
  static String line(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints().limit(MOST_CHARACTERS).forEach(point -> appendClean(clean, point));
    if (text.codePointCount(0, text.length()) > MOST_CHARACTERS) {
      clean.append('…');
    }
    return clean.toString();
  }

  private static void appendClean(StringBuilder clean, int point) {
    switch (Character.getType(point)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          clean.append(' ');
      case Character.FORMAT, Character.SURROGATE -> clean.append('\ufffd');
      default -> clean.appendCodePoint((point & 0xfffe) == 0xfffe ? 0xfffd : point);
    }
  }

  /** Elsewhere a point makes no link; a break there would be copied with hashes and numbers. */
  private static boolean endsWithWww(StringBuilder text) {
    int from = text.length() - 3;
    return from >= 0 && text.substring(from).equalsIgnoreCase("www");
  }

  /** Such a line as code in Markdown: nothing in it is markup but the mark that would end it. */
  static String code(String text) {
    return "`" + line(text).replace('`', '\'').strip() + "`";
  }

  /** Such a line as plain text in Markdown: no markup, HTML, mention, reference or link. */
  static String markdown(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : line(text).toCharArray()) {
      if (c == '&') {
        escaped.append("&amp;");
      } else if (c == '<') {
        escaped.append("&lt;");
      } else if (c == '>') {
        escaped.append("&gt;");
      } else if (c == '@' || (c == '.' && endsWithWww(escaped))) {
        escaped.append(c).append(BREAK); // a mention or a link is made of what follows
      } else if (MARKDOWN.indexOf(c) >= 0) {
        escaped.append('\\').append(c).append(c == '#' || c == ':' ? BREAK : "");
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
