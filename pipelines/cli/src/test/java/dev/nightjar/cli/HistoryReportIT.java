package dev.nightjar.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the report says of the repository's history, with names and without. */
class HistoryReportIT {
  private static final String SETTINGS =
      "benchmarks: [{name: quick, command: \"true\", warmups: 0, repetitions: 3}]\nsuites: []\n";

  @TempDir Path folder;

  @AfterEach
  void stopTheStores() {
    Stores.embedded(StoreSettings.fromEnvironment(TestHome.environment(home()))).stop(true);
  }

  private Path home() {
    return folder.resolve("home");
  }

  @Test
  void filesThatHangTogetherTheirOwnersAndMergesAreShownAndPeopleHiddenWhenAsked()
      throws Exception {
    Path project = project();
    Files.writeString(project.resolve("nightjar.yaml"), SETTINGS);
    NightjarProcess.Ended first = NightjarProcess.run(home(), project, "run");
    assertEquals(ExitCode.DONE, first.exitCode(), first.err());
    String page = Files.readString(project.resolve("site/index.html"));
    String together = part(page, "Change together");
    assertTrue(together.contains("src/parser.c") && together.contains("src/parser.h"), together);
    String owners = part(page, "Who knows what");
    assertTrue(owners.contains("src/") && owners.contains("Ada Lovelace"), owners);
    assertTrue(part(page, "Hotspots").contains("src/parser.c"), "hotspots");
    assertTrue(page.contains("a merge lists no changes of its own"), "the merge");
    assertFalse(page.contains("+?"), "a count that is not known");

    Files.writeString(project.resolve(".mailmap"), "Countess Lovelace <ada@example.org>\n");
    NightjarProcess.Ended corrected = NightjarProcess.run(home(), project, "publish");
    assertEquals(ExitCode.DONE, corrected.exitCode(), corrected.err());
    owners = part(Files.readString(project.resolve("site/index.html")), "Who knows what");
    assertTrue(owners.contains("Countess Lovelace") && !owners.contains("Ada"), owners);

    Files.writeString(project.resolve("nightjar.yaml"), SETTINGS + "authors: pseudonyms\n");
    NightjarProcess.Ended second = NightjarProcess.run(home(), project, "publish");
    assertEquals(ExitCode.DONE, second.exitCode(), second.err());
    try (var files = Files.walk(project.resolve("site"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertFalse(Files.readString(file, ISO_8859_1).contains("Lovelace"), file.toString());
      }
    }
    assertTrue(
        part(Files.readString(project.resolve("site/index.html")), "Who knows what")
            .contains("Contributor "));
  }

  /** Ten commits that change two files together, ten of others, one from far away, one merge. */
  private Path project() throws Exception {
    Path project = Files.createDirectories(folder.resolve("project"));
    GitFixture.git(project, "init", "-q", "-b", "main", ".");
    Files.createDirectories(project.resolve("src"));
    for (int i = 0; i < 10; i++) {
      Files.writeString(project.resolve("src/parser.c"), "line " + i + "\n".repeat(i + 1));
      Files.writeString(project.resolve("src/parser.h"), "line " + i + "\n");
      commit(project, "Parser " + i, "2026-01-01T00:00:00Z");
      Files.writeString(project.resolve("notes" + i % 3), "note " + i + "\n");
      commit(project, "Note " + i, "2026-01-02T00:00:00Z");
    }
    GitFixture.git(project, "checkout", "-q", "-b", "topic");
    Files.writeString(project.resolve("topic"), "topic\n");
    commit(project, "From far away", "@253402300800 +0000");
    GitFixture.git(project, "checkout", "-q", "main");
    git(project, "merge", "-q", "--no-ff", "-m", "Merge the topic", "topic");
    return project;
  }

  private static void commit(Path project, String message, String date) throws Exception {
    GitFixture.git(project, "add", "-A");
    git(project, "commit", "-q", "-m", message, "--date", date);
  }

  private static void git(Path project, String... args) throws Exception {
    List<String> words =
        List.of("-c", "user.name=Ada Lovelace", "-c", "user.email=ada@example.org");
    GitFixture.git(
        project, Stream.concat(words.stream(), List.of(args).stream()).toArray(String[]::new));
  }

  private static String part(String page, String title) {
    int from = page.indexOf("aria-label=\"" + title + "\"");
    assertTrue(from >= 0, "no part " + title);
    return page.substring(from, page.indexOf("</section>", from));
  }
}
