package dev.nightjar.doors.comment;

import java.util.Locale;
import java.util.Optional;

/** A comment that replaces itself: the first run adds it, later ones edit it. */
public final class ReviewComment {
  private static final int MOST_CHARACTERS = 60_000;
  private static final int MOST_KEY_CHARACTERS = 100;

  private ReviewComment() {}

  /**
   * What became of it.
   *
   * @param address where people read it; empty where the server does not say
   */
  public record Put(boolean isNew, String address) {}

  /**
   * Puts the text into the thread.
   *
   * @param key tells the comments of several jobs apart
   * @param link leads to the run behind the text; empty for none
   */
  public static Put put(ReviewThread thread, String key, String markdown, Optional<String> link)
      throws InterruptedException {
    String mark = mark(key);
    String body =
        mark
            + "\n"
            + cut(markdown.strip())
            + link.map(address -> "\n\n[The run and its report](" + address + ")").orElse("")
            + "\n";
    Optional<String> earlier = thread.own(mark);
    return earlier.isPresent()
        ? new Put(false, thread.edit(earlier.get(), body))
        : new Put(true, thread.add(body));
  }

  /** A comment of HTML, which nobody sees; what would end it is no part of a key. */
  private static String mark(String key) {
    String plain = key.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-");
    return "<!-- nightjar: "
        + plain.substring(0, Math.min(plain.length(), MOST_KEY_CHARACTERS))
        + " -->";
  }

  /** Servers refuse what is longer; a table is cut between its rows. */
  private static String cut(String markdown) {
    if (markdown.length() <= MOST_CHARACTERS) {
      return markdown;
    }
    int end = markdown.lastIndexOf('\n', MOST_CHARACTERS);
    return markdown.substring(0, end < 0 ? MOST_CHARACTERS : end)
        + "\n\nWhat is cut here stands in the files of the run.";
  }
}
