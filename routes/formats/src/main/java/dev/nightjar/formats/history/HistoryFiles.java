package dev.nightjar.formats.history;

import dev.nightjar.formats.reading.ResultText;
import dev.nightjar.formats.reading.StableText;
import dev.nightjar.model.Failure;
import dev.nightjar.model.file.InputFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads the histories that other tools have kept. */
public final class HistoryFiles {
  /** The tools, as they are named on the command line. */
  public static final List<String> TOOLS = List.of("bencher", "asv", "github-action-benchmark");

  /** As text and as a tree it takes several times as much of the heap. */
  private static final long MOST_BYTES = 64L << 20;

  /** What stands before the document in a script. */
  private static final Pattern ASSIGNED =
      Pattern.compile("(?:window\\.|(?:const|let|var)\\s+)?[A-Za-z_$][\\w$]*\\s*=\\s*(?=[{\\[])");

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
      case "bencher" -> BencherHistory.read(json(path, BencherHistory.LAYOUT, problems), problems);
      case "asv" -> AsvHistory.read(path, problems);
      case "github-action-benchmark" ->
          GithubActionHistory.read(json(path, GithubActionHistory.LAYOUT, problems), problems);
      default ->
          throw new Failure.Misuse(
              "'"
                  + tool
                  + "' is no tool whose history can be read: "
                  + String.join(", ", TOOLS)
                  + ".");
    };
  }

  /** The document of a file; of a script, what it assigns. */
  private static JsonNode json(Path file, Layout layout, Consumer<String> problems) {
    return json(InputFile.of(file, MOST_BYTES), file, layout, problems);
  }

  private static JsonNode json(
      InputFile content, Path file, Layout layout, Consumer<String> problems) {
    String text;
    try {
      text = ResultText.of(content, file).whole((int) MOST_BYTES, problems).strip();
    } catch (IOException e) {
      throw new Failure.Misuse("The file " + file + " cannot be read: check its name.", e);
    }
    if (text.isEmpty()) {
      throw new Failure.Misuse(file + " is empty.");
    }
    Matcher assigned = ASSIGNED.matcher(text);
    boolean isScript = assigned.lookingAt();
    DamagedJson document = new DamagedJson(layout.recordDepth());
    @Nullable JacksonException damage =
        document.read(isScript ? withoutEnd(text.substring(assigned.end())) : text);
    if (damage == null) {
      return document.root();
    }
    int line = damage.getLocation() == null ? 1 : damage.getLocation().getLineNr();
    if (!layout.hasRecords(document.root())) {
      throw new Failure.Misuse(
          "%s is no JSON: line %d: %s".formatted(file, line, damage.getOriginalMessage()), damage);
    }
    problems.accept(
        "The rest of %s from line %d is left out, and what stands before is kept: %s."
            .formatted(file, line, reason(damage)));
    return document.root();
  }

  private static String reason(JacksonException damage) {
    String message = String.valueOf(damage.getOriginalMessage()).split("\n", 2)[0];
    return message.replaceFirst(" \\(start marker at \\[Source: .*", ""); // it names no place
  }

  /** The document of a file in a folder, which a link must not lead out of. */
  static JsonNode jsonBelow(Path folder, Path file, Layout layout, Consumer<String> problems) {
    return json(InputFile.of(file, MOST_BYTES).below(folder), file, layout, problems);
  }

  private static String withoutEnd(String text) {
    int end = text.length();
    while (end > 0
        && (text.charAt(end - 1) == ';' || Character.isWhitespace(text.charAt(end - 1)))) {
      end--;
    }
    return text.substring(0, end);
  }

  /** A text without control characters, bounded. */
  static String text(JsonNode node, String fallback) {
    String text = node.isString() ? StableText.visible(node.asString()) : "";
    return text.isEmpty() ? fallback : text;
  }

  /** A name as results of files have it: stable, visible, bounded. */
  static String name(JsonNode node, String fallback) {
    String text = node.isString() ? StableText.visible(StableText.of(node.asString())) : "";
    return text.isEmpty() ? fallback : text;
  }
}
