package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.kernel.HostOffer;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real C program of which the instructions are counted, by the command line. */
class CountsIT {
  private static final String SOURCE =
      """
      #include <stdint.h>
      #include <stdio.h>
      #include "steps.h"
      int main(void) {
        uint64_t x = 88172645463325252ull;
        for (uint64_t i = 0; i < STEPS; i++) { x ^= x << 13; x ^= x >> 7; x ^= x << 17; }
        printf("%lu\\n", (unsigned long)x);
        return 0;
      }
      """;

  /** About eleven million instructions. */
  private static final int STEPS = 1_000_000;

  @TempDir Path folder;

  private Path project;

  @BeforeEach
  void makeAProject() throws Exception {
    assumeTrue(isOnPath("cc"), "there is no C compiler: install gcc and libc6-dev");
    boolean isCounted =
        HostPlatform.current().instructionCounter().state() == HostOffer.State.THERE;
    assumeTrue(isCounted || isOnPath("valgrind"), "nothing counts here: install valgrind");
    project = Files.createDirectories(folder.resolve("project"));
    GitFixture.git(project, "init", "-q", "-b", "main", ".");
    Files.writeString(project.resolve(".gitignore"), "work\nsite/\n");
    Files.writeString(project.resolve("work.c"), SOURCE);
    settings("[instructions]");
    commit(STEPS, "base");
  }

  @AfterEach
  void stopTheStores() {
    Stores.embedded(StoreSettings.fromEnvironment(TestHome.environment(home()))).stop(true);
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private void settings(String measure) throws Exception {
    Files.writeString(
        project.resolve("nightjar.yaml"),
        """
        setup: cc -O2 -o work work.c
        suites: []
        benchmarks:
          - { name: work, command: ./work, warmups: 0, measure: %s }
        """
            .formatted(measure));
  }

  private void commit(int steps, String message) throws Exception {
    Files.writeString(project.resolve("steps.h"), "#define STEPS " + steps + "ull\n");
    GitFixture.git(project, "add", ".");
    GitFixture.git(project, "commit", "-q", "--allow-empty", "-m", message);
  }

  private Path home() {
    return folder.resolve("home");
  }

  private CommandLineFixture.Ended run(String... args) {
    return new CommandLineFixture(home(), project)
        .with("XDG_CACHE_HOME", home().resolve("cache").toString())
        .run(args);
  }

  private static JsonNode verdict(CommandLineFixture.Ended ended, String metric) {
    for (JsonNode verdict : JsonMapper.shared().readTree(ended.out()).at("/verdicts")) {
      if (verdict.path("metric").asString().equals(metric)) {
        return verdict;
      }
    }
    throw new AssertionError("no verdict on " + metric + ": " + ended);
  }

  @Test
  void onePercentMoreInstructionsIsFoundInOneRun() throws Exception {
    commit(STEPS, "the same");
    CommandLineFixture.Ended same = run("bench", "--against", "HEAD~1", "--gate", "--json");
    assertEquals(ExitCode.DONE, same.exitCode(), same.toString());
    assertEquals("pass", verdict(same, "instructions").path("verdict").asString());

    commit(STEPS + STEPS / 100, "slower");
    CommandLineFixture.Ended slower = run("bench", "--against", "HEAD~1", "--gate", "--json");
    assertEquals(ExitCode.FINDINGS, slower.exitCode(), slower.toString());
    JsonNode verdict = verdict(slower, "instructions");
    assertEquals("regressed", verdict.path("verdict").asString());
    assertEquals(0.01, verdict.path("effect").asDouble(), 0.001);
    assertTrue(
        verdict.path("evidence").asString().matches("\\+[01]\\.\\d\\d % over \\d pairs by .*"),
        verdict.toString());
    assertTrue(verdict.path("parameters").has("counter"), "by what it was counted");
  }

  @Test
  void bisectFindsTheCommitByItsInstructions() throws Exception {
    for (int i = 0; i < 3; i++) {
      commit(STEPS, "before " + i);
    }
    commit(STEPS + STEPS / 50, "slower");
    String culprit = GitFixture.git(project, "rev-parse", "HEAD").strip();
    for (int i = 0; i < 3; i++) {
      commit(STEPS + STEPS / 50, "after " + i);
    }
    CommandLineFixture.Ended ended = run("bisect", "--good", "HEAD~7", "--bad", "HEAD");
    assertEquals(ExitCode.DONE, ended.exitCode(), ended.toString());
    assertTrue(ended.out().contains(culprit), ended.toString());
  }

  @Test
  void theHistoryOfNightsDecidesAfterOneEarlierRun() throws Exception {
    settings("[time, instructions]");
    commit(STEPS, "with time");
    assertEquals(ExitCode.DONE, run("run").exitCode());
    commit(STEPS, "the same");
    CommandLineFixture.Ended same = run("run", "--gate", "--json");
    assertEquals(ExitCode.DONE, same.exitCode(), same.toString());
    assertEquals("pass", verdict(same, "instructions").path("verdict").asString());

    commit(STEPS + STEPS / 50, "slower");
    CommandLineFixture.Ended slower = run("run", "--gate", "--json");
    assertEquals(ExitCode.FINDINGS, slower.exitCode(), slower.toString());
    assertEquals("regressed", verdict(slower, "instructions").path("verdict").asString());
  }
}
