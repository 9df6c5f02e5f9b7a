package dev.nightjar.jobs.paired;

import dev.nightjar.model.Failure;
import dev.nightjar.model.file.InputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a bisection has measured so far: a line of JSON for each pair, written as soon as it is
 * done, so that a call after a kill, or with a larger budget, goes on from the pairs that are
 * there. What the pairs mean is worked out anew each time.
 */
final class BisectState {
  /** Of the lines; those of another form are another question. */
  private static final String FORM = "pairs";

  /** Some hundred thousand pairs. */
  private static final long BYTES_MAX = 64 << 20;

  private final Path file;
  private final SequencedMap<String, MeasuredCommit> commits = new LinkedHashMap<>();

  /** The state of a question; the same question finds it again. */
  static BisectState of(Path folder, List<String> question) {
    BisectState state = new BisectState(folder, question);
    state.read();
    return state;
  }

  /** That of a question of which nothing is to be known, whatever stands in its place. */
  static BisectState afresh(Path folder, List<String> question) {
    BisectState state = new BisectState(folder, question);
    try {
      Files.deleteIfExists(state.file);
    } catch (IOException e) {
      throw state.unwritable(e);
    }
    return state;
  }

  private BisectState(Path folder, List<String> question) {
    List<String> asked = new ArrayList<>(question);
    asked.add(FORM);
    UUID name =
        UUID.nameUUIDFromBytes(String.join("\u0000", asked).getBytes(StandardCharsets.UTF_8));
    file = folder.resolve("bisect").resolve(name + ".jsonl");
  }

  private void read() {
    if (!Files.exists(file)) {
      return;
    }
    try {
      // What is no text ends a line's reading as a cut does.
      String text = new String(InputFile.of(file, BYTES_MAX).bytes(), StandardCharsets.UTF_8);
      List<String> whole = text.lines().takeWhile(this::isRead).toList();
      if (!text.equals(String.join("", whole.stream().map(line -> line + "\n").toList()))) {
        rewrite(whole); // a kill can cut the last line; what it told is measured again
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private boolean isRead(String line) {
    try {
      JsonNode node = JsonMapper.shared().readTree(line);
      of(node.path("commit").asString()).read(node);
      return true;
    } catch (JacksonException | IllegalArgumentException e) {
      return false;
    }
  }

  private void rewrite(List<String> lines) {
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private MeasuredCommit of(String commit) {
    return commits.computeIfAbsent(commit, MeasuredCommit::new);
  }

  /** What was measured, in the order in which it was first. */
  SequencedMap<String, MeasuredCommit> commits() {
    return commits;
  }

  /** What is known of a commit; of one that was not asked for yet, nothing. */
  MeasuredCommit commit(String commit) {
    return commits.getOrDefault(commit, new MeasuredCommit(commit));
  }

  void skip(String commit, String reason) {
    of(commit).skip(reason);
    append(line(commit).put("skipped", reason));
  }

  void add(String commit, MeasuredCommit.Pair pair) {
    of(commit).add(pair);
    append(pair.into(line(commit)));
  }

  private static ObjectNode line(String commit) {
    return JsonMapper.shared().createObjectNode().put("commit", commit);
  }

  private void append(ObjectNode line) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(
          file, line.toString() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private Failure.Unavailable unwritable(IOException cause) {
    return new Failure.Unavailable(
        "What the bisection finds cannot be kept in " + file + ": make its folder writable.",
        cause);
  }
}
