package dev.nightjar.site.page;

import dev.nightjar.model.Failure;
import dev.nightjar.model.file.InputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was said of runs when they were reported, as their summaries on the site have it. */
public final class ToldRuns {
  private static final int MOST_BYTES = 10_000_000;

  private final Path site;

  public ToldRuns(Path site) {
    this.site = site;
  }

  /** A run's headline. */
  record Told(String sentence, String grounds) {}

  /** What was said of a run; empty where nothing that can be read is left of it. */
  Optional<Told> of(UUID run) {
    Path file = site.resolve("runs").resolve(run.toString()).resolve("summary.json");
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      JsonNode summary = JsonMapper.shared().readTree(InputFile.of(file, MOST_BYTES).text());
      String sentence = summary.path("headline").asString("");
      return sentence.isEmpty()
          ? Optional.empty()
          : Optional.of(new Told(sentence, summary.path("grounds").asString("")));
    } catch (IOException | Failure | JacksonException e) {
      return Optional.empty(); // a damaged summary costs a feed its words, and no report
    }
  }
}
