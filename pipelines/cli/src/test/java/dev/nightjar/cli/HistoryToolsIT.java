package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gate, backfill and import over a real database, from the outside. */
class HistoryToolsIT {
  private static final String SETTINGS =
      """
      setup: test ! -e broken
      benchmarks:
        - name: counted
          command: sh ./program
          warmups: 0
          repetitions: 4
          metrics: [{ name: work, pattern: "work ([0-9.]+)" }]
      suites: []
      """;

  @TempDir Path folder;

  private Path home;
  private Path project;
  private CommandLineFixture nightjar;

  @BeforeEach
  void makeAProject() throws Exception {
    home = Files.createDirectories(folder.resolve("home"));
    project = Files.createDirectories(folder.resolve("project"));
    GitFixture.git(project, "init", "-q", "-b", "main", ".");
    Files.writeString(project.resolve("nightjar.yaml"), SETTINGS);
    nightjar = new CommandLineFixture(home, project);
    commit("echo work 100.0");
  }

  @AfterEach
  void stopTheStores() {
    Stores.embedded(StoreSettings.fromEnvironment(TestHome.environment(home))).stop(true);
  }

  private void commit(String program) throws IOException, InterruptedException {
    Files.writeString(project.resolve("program"), program + "\n");
    GitFixture.git(project, "add", ".");
    GitFixture.git(project, "commit", "-q", "--allow-empty", "-m", program);
  }

  private String only(String sql) {
    CommandLineFixture.Ended ended = nightjar.run("query", sql, "--csv");
    assertEquals(ExitCode.DONE, ended.exitCode(), ended.toString());
    return ended.out().lines().skip(1).findFirst().orElse("");
  }

  private void done(CommandLineFixture.Ended ended, String part) {
    assertEquals(ExitCode.DONE, ended.exitCode(), ended.toString());
    assertTrue(ended.out().contains(part), ended.toString());
  }

  @Test
  void backfillMeasuresWhatIsNotMeasuredAndTheGateUsesIt() throws Exception {
    for (int i = 1; i <= 8; i++) {
      commit("echo work 100." + i);
    }
    Files.writeString(project.resolve("broken"), "");
    commit("echo work 100.9");
    Files.delete(project.resolve("broken"));
    commit("echo work 100.5");

    CommandLineFixture.Ended plan = nightjar.run("backfill", "HEAD~10..HEAD", "--plan");
    done(plan, "10 commits, 0 measured before, 10 to measure");
    assertEquals("0", only("select count(*) as runs from run_history"));

    CommandLineFixture.Ended first = nightjar.run("backfill", "HEAD~10..HEAD~6");
    done(first, "4 commits, 0 measured before, 4 measured now");
    CommandLineFixture.Ended second = nightjar.run("backfill", "HEAD~10..HEAD");
    done(second, "10 commits, 4 measured before, 5 measured now");
    assertTrue(second.out().contains("Not measured: "), second.out());
    // Those that the settings ask for; what the machine disturbed is measured once more.
    String samples = "select count(*) as samples from samples where ordinal < 4 * 10000";
    assertEquals("36", only(samples));
    nightjar.run("backfill", "HEAD~8..HEAD~7");
    assertEquals("36", only(samples), "a commit that is measured is left alone");
    done(nightjar.run("backfill", "HEAD", "--again"), "1 measured now");
    assertEquals("40", only(samples));

    commit("echo work 130.0");
    CommandLineFixture.Ended run = nightjar.run("bench", "--gate");
    assertEquals(ExitCode.FINDINGS, run.exitCode(), run.toString());
    CommandLineFixture.Ended gate = nightjar.run("gate", "--json");
    assertEquals(ExitCode.FINDINGS, gate.exitCode(), gate.toString());
    JsonNode verdict = JsonMapper.shared().readTree(gate.out()).at("/verdicts/0");
    assertEquals("regressed", verdict.get("verdict").asString());
    assertTrue(verdict.get("baseline").asString().startsWith("10 runs up to "), gate.out());
  }

  @Test
  void backfillMeasuresASuspectAgainAsEveryRunDoes() throws Exception {
    for (int i = 1; i <= 6; i++) {
      commit("echo work 100." + i);
    }
    commit("echo work 130.0");
    CommandLineFixture.Ended ended = nightjar.run("backfill", "HEAD~7..HEAD");
    done(ended, "7 measured now");
    assertTrue(ended.err().contains("counted looks regressed: measuring it again"), ended.err());
    assertEquals("16", only("select count(*) as samples from samples where value = 130"));
    assertEquals(
        "true",
        only("select count(*) > 0 as is_watched from telemetry_samples"),
        "the machine is watched meanwhile");
  }

  @Test
  void withoutNumbersItIsRepeatedUntilItsMedianIsKnownAndPinned() throws Exception {
    Path seen = folder.resolve("cpus");
    Files.writeString(
        project.resolve("nightjar.yaml"),
        SETTINGS.replace("    warmups: 0\n    repetitions: 4\n", "") + "quiet: { cpus: '0' }\n");
    commit("grep Cpus_allowed_list /proc/self/status >>" + seen + "; echo work 100.0");
    CommandLineFixture.Ended bench = nightjar.run("bench");
    done(bench, "1 new");
    // The fewest, and one for each that the machine disturbed, which is told.
    Matcher more = Pattern.compile("were disturbed: (\\d+) more").matcher(bench.toString());
    int expected = 10 + (more.find() ? Integer.parseInt(more.group(1)) : 0);
    assertEquals("" + expected, only("select count(*) as samples from samples"), bench.toString());
    List<String> runs = Files.readAllLines(seen);
    assertTrue(runs.size() > 10, "it was not warmed up");
    assertEquals(Set.of("Cpus_allowed_list:\t0"), Set.copyOf(runs));
  }

  @Test
  void aFailedBenchmarkIsOneAndStaysSo() throws Exception {
    commit("echo no number; exit 3");
    CommandLineFixture.Ended run = nightjar.run("bench", "--gate");
    assertEquals(ExitCode.FINDINGS, run.exitCode(), run.toString());
    CommandLineFixture.Ended gate = nightjar.run("gate");
    assertEquals(ExitCode.FINDINGS, gate.exitCode(), gate.toString());
    assertTrue(gate.out().contains("failed counted"), gate.out());
  }

  @Test
  void anEmptyMachineHasTheHistoryOfTheFolder() throws Exception {
    done(nightjar.run("bench", "--gate", "--history", "results"), "1 new");
    commit("echo work 100.1");
    done(nightjar.run("bench", "--gate", "--history", "results"), "1 inconclusive");
    Path other = Files.createDirectories(folder.resolve("other"));
    CommandLineFixture elsewhere = new CommandLineFixture(other, project);
    try {
      commit("echo work 100.2");
      CommandLineFixture.Ended third =
          elsewhere.run("bench", "--gate", "--history", "results", "--json");
      assertEquals(ExitCode.DONE, third.exitCode(), third.toString());
      assertTrue(third.out().contains("2 runs up to "), third.out());
      CommandLineFixture.Ended folderOnly = elsewhere.run("gate", "--history", "results", "--json");
      assertTrue(folderOnly.out().contains("2 runs up to "), folderOnly.out());
    } finally {
      Stores.embedded(StoreSettings.fromEnvironment(TestHome.environment(other))).stop(true);
    }
  }

  @Test
  void resultFilesAreStoredOnce() throws Exception {
    Files.writeString(
        project.resolve("r.json"), "{\"results\": [{\"name\": \"parse\", \"values\": [1, 2, 3]}]}");
    done(nightjar.run("gate", "--results", "r.json", "--name", "jmh"), "1 new");
    done(nightjar.run("gate", "--results", "r.json", "--name", "jmh"), "1 new");
    assertEquals(
        "3", only("select count(*) as samples from samples where benchmark = 'jmh/parse'"));
    assertEquals("results", only("select pipeline from run_history"));
  }

  @Test
  void aHistoryIsTakenInOnce() throws Exception {
    String commit = GitFixture.git(project, "rev-parse", "HEAD").strip();
    Files.writeString(
        project.resolve("data.js"),
        ("window.BENCHMARK_DATA = {\"entries\": {\"Go\": [{\"commit\": {\"id\": \"%s\"},"
                + " \"date\": 1700000000000, \"tool\": \"go\","
                + " \"benches\": [{\"name\": \"P\", \"value\": 5, \"unit\": \"ns/op\"}]}]}}")
            .formatted(commit));
    String[] command = {"import", "--from", "github-action-benchmark", "data.js"};
    done(nightjar.run(command), "1 runs with 1 values taken in, 0 were known");
    done(nightjar.run(command), "0 runs with 1 values taken in, 1 were known");
    assertEquals(
        "github-action-benchmark: Go," + commit + ",1",
        only("select host, head_commit, samples from run_history"));
    Path second = folder.resolve("second");
    GitFixture.git(folder, "clone", "-q", project.toString(), second.toString());
    Files.copy(project.resolve("data.js"), second.resolve("data.js"));
    CommandLineFixture there = new CommandLineFixture(home, second);
    done(there.run(command), "1 runs with 1 values taken in, 0 were known");
    done(there.run(command), "0 runs with 1 values taken in, 1 were known");
    assertEquals("2,2", only("select count(*), sum(samples) from run_history"));
    CommandLineFixture.Ended wrong = nightjar.run("import", "--from", "asw", "x");
    assertEquals(ExitCode.USAGE, wrong.exitCode());
    assertTrue(wrong.err().contains("Did you mean 'asv'?"), wrong.err());
  }
}
