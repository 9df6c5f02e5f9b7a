package dev.nightjar.bench.history;

import dev.nightjar.model.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the histories that other tools have kept. */
public final class HistoryFiles {
  /** The tools, as they are named on the command line. */
  public static final List<String> TOOLS = List.of("bencher", "asv", "github-action-benchmark");

  private static final long MOST_BYTES = 512L << 20;

  /** Python writes NaN and Infinity, which are no JSON: asv does, where a value was skipped. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private HistoryFiles() {}

  /**
   * Reads what a tool has kept.
   *
   * @param tool one of {@link #TOOLS}
   * @param path a file; of asv, the folder of its results
   * @param problems takes a sentence for each thing that is left out
   * @throws Failure.Misuse when it is no such history
   */
  public static List<HistoryPoint> read(String tool, Path path, Consumer<String> problems) {
    return switch (tool) {
      case "bencher" -> BencherHistory.read(json(path, ""), problems);
      case "asv" -> AsvHistory.read(path, problems);
      case "github-action-benchmark" ->
          GithubActionHistory.read(json(path, "window.BENCHMARK_DATA = "), problems);
      default ->
          throw new Failure.Misuse(
              "'"
                  + tool
                  + "' is no tool whose history can be read: "
                  + String.join(", ", TOOLS)
                  + ".");
    };
  }

  /**
   * The document of a file.
   *
   * @param prefix what may stand before it
   */
  static JsonNode json(Path file, String prefix) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new Failure.Misuse(file + " is larger than " + (MOST_BYTES >> 20) + " MiB.");
      }
      String text = Files.readString(file).strip();
      if (text.isEmpty()) {
        throw new Failure.Misuse(file + " is empty.");
      }
      return JSON.readTree(
          !prefix.isEmpty() && text.startsWith(prefix.strip())
              ? text.substring(text.indexOf('{')).replaceFirst(";\\s*$", "")
              : text);
    } catch (JacksonException e) {
      throw new Failure.Misuse(
          "%s is no JSON: line %d: %s"
              .formatted(
                  file,
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new Failure.Misuse("The file " + file + " cannot be read: check its name.", e);
    }
  }

  /** A name without control characters, bounded. */
  static String name(JsonNode node, String fallback) {
    String text = node.isString() ? node.asString().replaceAll("\\p{Cntrl}", "?").strip() : "";
    return text.isEmpty() ? fallback : text.substring(0, Math.min(500, text.length()));
  }
}
