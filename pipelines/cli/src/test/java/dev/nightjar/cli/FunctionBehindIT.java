package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nightjar.cli.command.ExitCode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code nightjar bench --against} names the function behind a change of a C program, by the real
 * compiler and the real valgrind. The program also prints a number, so that the verdict does not
 * hang on this machine's noise.
 */
class FunctionBehindIT {
  private static final String SETTINGS =
      """
      setup: cc -O2 -g work.c -o work
      benchmarks:
        - name: counted
          command: ./work
          warmups: 0
          metrics: [{ name: work, pattern: "work ([0-9.]+)" }]
      """;

  private static final String PROGRAM =
      """
      #include <stdio.h>
      static volatile unsigned long sink;
      static inline void parse(int n) {
        for (int i = 0; i < n; i++) sink += i;
      }
      __attribute__((noinline)) static void print(int n) {
        for (int i = 0; i < n; i++) sink ^= i;
      }
      int main(void) {
        parse(PARSED);
        print(1000000);
        printf("work %d\\n", WORK);
        return 0;
      }
      """;

  @TempDir Path folder;

  private Path project;
  private CommandLineFixture nightjar;

  @BeforeEach
  void makeAProject() throws Exception {
    for (String program : List.of("cc", "valgrind", "addr2line")) {
      assumeTrue(isOnPath(program), "there is no " + program + " here");
    }
    project = Files.createDirectories(folder.resolve("project"));
    GitFixture.git(project, "init", "-q", "-b", "main", ".");
    nightjar = new CommandLineFixture(folder.resolve("home"), project);
    Files.writeString(project.resolve(".gitignore"), "nightjar.yaml\nwork\nout/\n");
    Files.writeString(project.resolve("nightjar.yaml"), SETTINGS);
    commit("1000000", "100");
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }

  private void commit(String parsed, String work) throws Exception {
    Files.writeString(
        project.resolve("work.c"), PROGRAM.replace("PARSED", parsed).replace("WORK", work));
    GitFixture.git(project, "add", ".");
    GitFixture.git(project, "commit", "-q", "-m", "work " + work);
  }

  /** It is inlined into main, and named all the same; the commit changed main, which calls it. */
  @Test
  void anInlinedFunctionIsNamedAndTheFindingStandsAtTheChangedLine() throws Exception {
    Files.writeString(
        project.resolve("work.c"),
        PROGRAM
            .replace("i < n; i++) sink += i;", "i < n; i++) sink += i + sink % 3;")
            .replace("PARSED", "1000000")
            .replace("WORK", "130"));
    GitFixture.git(project, "commit", "-q", "-a", "-m", "work 130");

    CommandLineFixture.Ended ended =
        nightjar.run(
            "bench",
            "--against",
            "HEAD~1",
            "--gate",
            "--pairs",
            "20",
            "--json",
            "--sarif",
            "out/gate.sarif",
            "--markdown",
            "out/gate.md");

    assertEquals(ExitCode.FINDINGS, ended.exitCode(), ended.toString());
    JsonNode profile = JsonMapper.shared().readTree(ended.out()).at("/profiles/0");
    assertEquals("callgrind", profile.path("profiler").asString(), ended.toString());
    assertEquals("parse", profile.at("/functions/0/function").asString(), profile.toString());
    assertTrue(profile.at("/functions/0/share").asDouble() > 0.95, profile.toString());
    JsonNode place =
        JsonMapper.shared()
            .readTree(Files.readString(project.resolve("out/gate.sarif")))
            .at("/runs/0/results/0/locations/0/physicalLocation");
    assertEquals("work.c", place.at("/artifactLocation/uri").asString());
    assertEquals(4, place.at("/region/startLine").asInt());
    assertTrue(
        Files.readString(project.resolve("out/gate.md")).contains("- counted: `parse`"),
        "in Markdown");
  }

  @Test
  void aProfileThatShowsNothingSaysSoAndChangesNoVerdict() throws Exception {
    commit("1000000", "120");

    CommandLineFixture.Ended ended =
        nightjar.run("bench", "--against", "HEAD~1", "--gate", "--pairs", "20");

    assertEquals(ExitCode.FINDINGS, ended.exitCode(), ended.toString());
    assertTrue(ended.out().contains("the profile does not show it"), ended.out());
  }
}
