package dev.nightjar.bench.history;

import dev.nightjar.model.Failure;
import dev.nightjar.model.file.InputFile;
import java.io.IOException;
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

  /** As text and as a tree it takes several times as much of the heap. */
  private static final long MOST_BYTES = 64L << 20;

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
      case "bencher" ->
          BencherHistory.read(json(InputFile.of(path, MOST_BYTES), path, ""), problems);
      case "asv" -> AsvHistory.read(path, problems);
      case "github-action-benchmark" ->
          GithubActionHistory.read(
              json(InputFile.of(path, MOST_BYTES), path, "window.BENCHMARK_DATA = "), problems);
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
  private static JsonNode json(InputFile content, Path file, String prefix) {
    try {
      String text = content.text().strip();
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

  /** The document of a file in a folder, which a link must not lead out of. */
  static JsonNode jsonBelow(Path folder, Path file) {
    return json(InputFile.of(file, MOST_BYTES).below(folder), file, "");
  }

  /** A name without control characters, bounded. */
  static String name(JsonNode node, String fallback) {
    String text = node.isString() ? node.asString().replaceAll("\\p{Cntrl}", "?").strip() : "";
    return text.isEmpty() ? fallback : text.substring(0, Math.min(500, text.length()));
  }
}
