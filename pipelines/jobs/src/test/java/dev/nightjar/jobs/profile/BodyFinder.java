package dev.nightjar.jobs.profile;

/** Finds where a function's body begins in a source of C, C++ or Java. */
final class BodyFinder {
  private BodyFinder() {}

  /**
   * Behind the brace that opens it; -1 where there is none that is clearly it.
   *
   * @param line one of its lines, from 1; of several of that name it is the last that begins by
   *     then
   */
  static int bodyOf(String name, String text, int line) {
    int found = -1;
    for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      int body = isWord(text, at, name.length()) ? bodyBehind(text, at + name.length()) : -1;
      if (body >= 0 && lineOf(text, at) <= line + 1) {
        found = body;
      }
    }
    return found;
  }

  private static boolean isWord(String text, int at, int length) {
    return (at == 0 || !Character.isJavaIdentifierPart(text.charAt(at - 1)))
        && at + length < text.length()
        && !Character.isJavaIdentifierPart(text.charAt(at + length));
  }

  /** Parameters in parentheses, then words that are no statement, then a brace. */
  private static int bodyBehind(String text, int from) {
    int at = blanks(text, from);
    if (at >= text.length() || text.charAt(at) != '(') {
      return -1;
    }
    int depth = 0;
    do {
      depth += text.charAt(at) == '(' ? 1 : text.charAt(at) == ')' ? -1 : 0;
      at++;
    } while (depth > 0 && at < text.length());
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '{') {
        return at + 1;
      }
      if (!Character.isJavaIdentifierPart(c)
          && !Character.isWhitespace(c)
          && "->,.:<>&*".indexOf(c) < 0) {
        return -1;
      }
    }
    return -1;
  }

  private static int blanks(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int lineOf(String text, int at) {
    return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
  }
}
