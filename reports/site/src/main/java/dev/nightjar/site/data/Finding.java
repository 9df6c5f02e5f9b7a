package dev.nightjar.site.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer of research.
 *
 * @param citations what it stands on
 */
public record Finding(String question, String answer, List<Citation> citations) {
  public Finding {
    citations = List.copyOf(citations);
  }

  /**
   * What an answer stands on.
   *
   * @param title for people
   * @param location a commit id, a file and line, or an address; absent when there is only a title
   * @param quote the words themselves
   */
  public record Citation(String title, @Nullable String location, @Nullable String quote) {}
}
