package dev.nightjar.gate.verdict;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names and messages come from outside: commits, result files, other tools. What they may do to a
 * reader is taken out here, what they say is kept.
 */
final class OutsideText {
  private static final int MOST_CHARACTERS = 300;
  private static final String MARKDOWN = "\\`*_{}[]()<>+-!|~=^$";

  /** What stands between blanks and the two marks that end code or a table's cell. */
  private static final Pattern WORD = Pattern.compile("[^\\s|`]+");

  /**
   * Words that servers make something of after all escapes are taken away: mentions, addresses,
   * references to issues, changes and labels, links, pictures of moods.
   */
  private static final Pattern ACTIVE =
      Pattern.compile("@|://|(?i:www\\.)|#\\w|(?i:\\bGH-\\d)|(?<!\\w)[!$%~&]\\w|:[\\w+-]+:");

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

  /** Such a line as code in Markdown: nothing in it is markup but the mark that would end it. */
  static String code(String text) {
    return "`" + line(text).replace('`', '\'').strip() + "`";
  }

  /**
   * Such a line as plain text in Markdown: no markup, HTML, mention, reference or link. What would
   * be one whatever is escaped stands as code, in which nothing is; so what is copied is what was
   * meant, without invisible characters in it.
   */
  static String markdown(String text) {
    String line = line(text);
    StringBuilder escaped = new StringBuilder();
    Matcher word = WORD.matcher(line);
    int end = 0;
    while (word.find()) {
      escape(line.substring(end, word.start()), escaped);
      if (ACTIVE.matcher(word.group()).find()) {
        escaped.append('`').append(word.group()).append('`');
      } else {
        escape(word.group(), escaped);
      }
      end = word.end();
    }
    escape(line.substring(end), escaped);
    return escaped.toString();
  }

  private static void escape(String plain, StringBuilder escaped) {
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        default -> escaped.append(MARKDOWN.indexOf(c) >= 0 ? "\\" : "").append(c);
      }
    }
  }
}
