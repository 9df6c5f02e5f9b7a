package dev.nightjar.site.section.research;

import dev.nightjar.store.report.FindingLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer of research.
 *
 * @param citations what it stands on
 */
public record Finding(String question, String answer, List<Citation> citations) {
  public Finding {
    citations = List.copyOf(citations);
  }

  /** What the database holds. */
  static Finding of(FindingLine line) {
    List<Citation> citations = new ArrayList<>();
    for (JsonNode citation : JsonMapper.shared().readTree(line.citations())) {
      citations.add(
          new Citation(
              Objects.requireNonNullElse(text(citation, "title"), ""),
              text(citation, "location"),
              text(citation, "quote")));
    }
    return new Finding(line.question(), line.finding(), citations);
  }

  private static @Nullable String text(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return value.isString() ? value.asString() : null;
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
