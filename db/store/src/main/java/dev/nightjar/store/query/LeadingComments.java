package dev.nightjar.store.query;

/** What stands in a statement before its first word. */
final class LeadingComments {
  private LeadingComments() {}

  /** The statement from its first word on, behind white space, comments and opening brackets. */
  static String skip(String sql) {
    int at = 0;
    while (at < sql.length()) {
      int next = behind(sql, at);
      if (next == at) {
        break;
      }
      at = next;
    }
    return sql.substring(at);
  }

  private static int behind(String sql, int at) {
    char first = sql.charAt(at);
    if (Character.isWhitespace(first) || first == '(') {
      return at + 1;
    }
    if (sql.startsWith("--", at)) {
      int end = sql.indexOf('\n', at);
      return end < 0 ? sql.length() : end + 1;
    }
    return sql.startsWith("/*", at) ? behindBlock(sql, at) : at;
  }

  /** Comments of this kind nest in SQL. */
  private static int behindBlock(String sql, int begin) {
    int depth = 0;
    int at = begin;
    while (at < sql.length()) {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
        if (depth == 0) {
          return at;
        }
      } else {
        at++;
      }
    }
    return at;
  }
}
