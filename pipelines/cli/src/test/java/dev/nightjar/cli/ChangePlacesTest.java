package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.gate.verdict.FilePlace;
import dev.nightjar.jobs.gate.ChangePlaces;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Series;
import dev.nightjar.model.Verdict;
import dev.nightjar.model.VerdictKind;
import dev.nightjar.settings.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where findings are shown, told by a real repository. */
class ChangePlacesTest {
  @TempDir Path folder;

  private Path project;
  private String first = "";

  @BeforeEach
  void makeAProject() throws Exception {
    project = Files.createDirectories(folder.resolve("project/sub")).getParent();
    GitFixture.git(project, "init", "-q", "-b", "main", ".");
    Files.writeString(
        project.resolve("sub/nightjar.yaml"),
        "benchmarks:\n  - name: other\n    command: x\n  - name: parser\n    command: y\n");
    first = commit("src/parser.c", "a\nb\n");
    commit("src/über uns.c", "a\n");
    commit("src/lexer.c", "a\n");
  }

  private String commit(String file, String text) throws Exception {
    Files.createDirectories(project.resolve(file).getParent());
    Files.writeString(project.resolve(file), text);
    GitFixture.git(project, "add", ".");
    GitFixture.git(project, "commit", "-q", "-m", file);
    return GitFixture.git(project, "rev-parse", "HEAD").strip();
  }

  private List<FilePlace> places(String benchmark, String cause, Optional<String> base) {
    Series series =
        new Series(
            new Benchmark(benchmark, null, "time", "s", Direction.LOWER_IS_BETTER),
            new TreeMap<>(),
            Device.CPU);
    return ChangePlaces.of(
            () ->
                Workspace.find(
                    project.resolve("sub"),
                    Optional.empty(),
                    TestHome.environment(folder.resolve("home"))),
            base)
        .of(
            new Verdict(
                series, VerdictKind.REGRESSED, null, null, null, null, null, "grounds", cause));
  }

  private static List<String> files(List<FilePlace> places) {
    return places.stream().map(FilePlace::file).toList();
  }

  @Test
  void suspectedCommitsTellTheFiles() {
    assertEquals(
        List.of("src/lexer.c", "src/über uns.c"),
        files(places("parser", "commits " + first.substring(0, 12) + "..HEAD", Optional.of(first))),
        "what is no range of commits leaves what was compared");
    String second = first.substring(0, 12);
    assertEquals(
        List.of("src/lexer.c", "src/über uns.c"),
        files(places("parser", "commits " + second + ".." + head().substring(0, 12), none())));
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private String head() {
    try {
      return GitFixture.git(project, "rev-parse", "HEAD").strip();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void withoutSuspicionTheCommitsOwnFilesAreShown() {
    assertEquals(
        List.of(new FilePlace("src/lexer.c", 1, 1)), places("parser", "the machine", none()));
  }

  @Test
  void whatTheCloneLacksLeavesTheNext() {
    assertEquals(
        List.of("src/lexer.c"),
        files(places("parser", "commits 00000000000a..00000000000b", Optional.of("nowhere"))));
  }

  @Test
  void withoutAnyChangeTheLineOfTheSettingsIsShown() throws Exception {
    GitFixture.git(project, "commit", "-q", "--allow-empty", "-m", "nothing");
    assertEquals(
        List.of(new FilePlace("sub/nightjar.yaml", 4, 4)), places("parser/deep", "?", none()));
    Files.delete(project.resolve("sub/nightjar.yaml"));
    assertEquals(List.of(), places("parser", "?", none()));
  }
}
