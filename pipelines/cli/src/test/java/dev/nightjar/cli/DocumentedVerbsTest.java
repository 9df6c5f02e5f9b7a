package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents name no verb that is not there. */
class DocumentedVerbsTest {
  private static final Path TOP = Path.of("..", "..").toAbsolutePath().normalize();

  /** In backquotes, or at the begin of a line of an example. */
  private static final Pattern CALL =
      Pattern.compile("(?m)(?:`|^\\$ |^)(?:\\./)?nightjar ([a-z][a-z-]*)(?=[ `\\n])");

  @Test
  void everyVerbInTheDocumentsIsThere() throws IOException {
    List<String> unknown = new ArrayList<>();
    int calls = 0;
    for (Path document : documents()) {
      Matcher call = CALL.matcher(Files.readString(document));
      while (call.find()) {
        calls++;
        if (Commands.named(call.group(1)).isEmpty()) {
          unknown.add(TOP.relativize(document) + ": nightjar " + call.group(1));
        }
      }
    }
    assertEquals(List.of(), unknown);
    assertTrue(calls > 30, "the pattern finds only " + calls);
  }

  private static List<Path> documents() throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path folder : List.of(TOP, TOP.resolve("ci"), TOP.resolve("db"), TOP.resolve("docs"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(file -> file.toString().endsWith(".md"))
            .filter(file -> !file.endsWith("CHANGELOG.md"))
            .forEach(all::add);
      }
    }
    return all;
  }
}
