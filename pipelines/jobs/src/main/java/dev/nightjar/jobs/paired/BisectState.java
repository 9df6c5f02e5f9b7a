package dev.nightjar.jobs.paired;

import dev.nightjar.model.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a bisection has found so far: a line of JSON for each commit, written as soon as it is
 * known, so that a call after a kill goes on where the last one was.
 */
final class BisectState {
  private final Path file;
  private final SequencedMap<String, BisectStep> steps = new LinkedHashMap<>();

  /** The state of a question; the same question finds it again. */
  BisectState(Path folder, List<String> question) {
    UUID name =
        UUID.nameUUIDFromBytes(String.join("\u0000", question).getBytes(StandardCharsets.UTF_8));
    file = folder.resolve("bisect").resolve(name + ".jsonl");
    read();
  }

  private void read() {
    if (!Files.exists(file)) {
      return;
    }
    try {
      for (String line : Files.readAllLines(file)) {
        JsonNode node = JsonMapper.shared().readTree(line);
        BisectStep step =
            new BisectStep(
                node.path("commit").asString(),
                BisectStep.Finding.valueOf(
                    node.path("finding").asString().toUpperCase(Locale.ROOT)),
                node.path("effect").asDouble(),
                node.path("pairs").asInt(),
                node.path("detail").asString());
        steps.put(step.commit(), step);
      }
    } catch (JacksonException | IllegalArgumentException e) {
      // A kill can cut the last line; what it told is measured again.
      rewrite();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void rewrite() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw unwritable(e);
    }
    List.copyOf(steps.values()).forEach(this::append);
  }

  Map<String, BisectStep> steps() {
    return steps;
  }

  void add(BisectStep step) {
    steps.put(step.commit(), step);
    append(step);
  }

  private void append(BisectStep step) {
    String line =
        JsonMapper.shared()
            .createObjectNode()
            .put("commit", step.commit())
            .put("finding", step.finding().name().toLowerCase(Locale.ROOT))
            .put("effect", step.effect())
            .put("pairs", step.pairs())
            .put("detail", step.detail())
            .toString();
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private Failure.Unavailable unwritable(IOException cause) {
    return new Failure.Unavailable(
        "What the bisection finds cannot be kept in " + file + ": make its folder writable.",
        cause);
  }

  /** Forgets everything. */
  void clear() {
    steps.clear();
    rewrite();
  }
}
