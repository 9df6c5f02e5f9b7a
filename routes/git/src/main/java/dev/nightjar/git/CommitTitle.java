package dev.nightjar.git;

/**
 * What people know a commit by. Whoever made it chose the words.
 *
 * @param subject the first line of its message
 * @param author their name
 */
public record CommitTitle(String subject, String author) {
  private static final int MOST_CHARACTERS = 100;

  /** Such as {@code "Parse faster" by Ada}. */
  public String words() {
    return '"' + cut(subject) + "\" by " + cut(author);
  }

  private static String cut(String text) {
    int end = Math.min(text.length(), MOST_CHARACTERS);
    return text.length() == end ? text : text.substring(0, end) + "…";
  }
}
