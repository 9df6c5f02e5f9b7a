package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A regression stays one from the outside, with the database as with a folder of runs. */
class FindingsIT {
  enum Source {
    DATABASE,
    FOLDER
  }

  @TempDir Path folder;

  private Path home;
  private Path project;
  private CommandLineFixture nightjar;
  private Source source = Source.DATABASE;
  private int judged;

  @BeforeEach
  void makeAProject() throws Exception {
    home = Files.createDirectories(folder.resolve("home"));
    project = Files.createDirectories(folder.resolve("project"));
    GitFixture.git(project, "init", "-q", "-b", "main", ".");
    nightjar = new CommandLineFixture(home, project);
    commit();
  }

  @AfterEach
  void stopTheStores() {
    Stores.embedded(StoreSettings.fromEnvironment(TestHome.environment(home))).stop(true);
  }

  private void commit() throws Exception {
    GitFixture.git(project, "commit", "-q", "--allow-empty", "-m", "change " + judged);
  }

  private void results(double seconds) throws IOException {
    double level = seconds * (1 + 0.001 * (judged++ % 3));
    Files.writeString(
        project.resolve("bench.json"),
        String.format(
            Locale.ROOT,
            "{\"results\": [{\"name\": \"p\", \"unit\": \"s\", \"values\": [%.9f, %.9f, %.9f]}]}",
            level,
            level * 1.001,
            level * 1.002));
  }

  private CommandLineFixture.Ended gate(String... more) {
    List<String> args = new ArrayList<>(List.of("gate", "--results", "bench.json"));
    if (source == Source.FOLDER) {
      args.addAll(List.of("--history", folder.resolve("runs").toString()));
    }
    args.addAll(List.of(more));
    return nightjar.run(args.toArray(String[]::new));
  }

  private JsonNode judged(double seconds, String verdict, int exitCode) throws Exception {
    results(seconds);
    return judgedAgain(verdict, exitCode);
  }

  private JsonNode judgedAgain(String verdict, int exitCode) {
    CommandLineFixture.Ended ended = gate("--json");
    assertEquals(exitCode, ended.exitCode(), ended.toString());
    JsonNode first = JsonMapper.shared().readTree(ended.out()).get("verdicts").get(0);
    assertEquals(verdict, first.get("verdict").asString(), ended.toString());
    return first;
  }

  private void good() throws Exception {
    for (int i = 0; i < 6; i++) {
      results(1);
      assertEquals(ExitCode.DONE, gate().exitCode());
      commit();
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void redStillAgainElsewhereAndMended(Source of) throws Exception {
    source = of;
    good();
    GitFixture.git(project, "branch", "early");
    commit();
    JsonNode red = judged(1.15, "regressed", ExitCode.FINDINGS);
    judgedAgain("regressed", ExitCode.FINDINGS); // the same files are the same run
    JsonNode again = judged(1.15, "still regressed", ExitCode.FINDINGS); // the same commit
    assertEquals(red.get("suspected_cause"), again.get("suspected_cause"));
    for (int i = 0; i < 3; i++) {
      commit();
      JsonNode still = judged(1.15, "still regressed", ExitCode.FINDINGS);
      assertEquals(red.get("suspected_cause"), still.get("suspected_cause"));
      assertTrue(still.get("evidence").asString().contains(i + 2 + " runs ago"), still.toString());
    }
    elsewhere();
    GitFixture.git(project, "checkout", "-q", "main");
    commit();
    JsonNode mended = judged(1, "pass", ExitCode.DONE);
    assertTrue(mended.get("evidence").asString().contains("mended"), mended.toString());
    commit();
    judged(1, "pass", ExitCode.DONE);
    commit();
    judged(1.15, "regressed", ExitCode.FINDINGS);
  }

  private void elsewhere() throws Exception {
    GitFixture.git(project, "checkout", "-q", "early");
    commit();
    judged(1, "pass", ExitCode.DONE);
    GitFixture.git(project, "checkout", "-q", "-b", "late", "main");
    commit();
    judged(1.15, "still regressed", ExitCode.DONE);
    CommandLineFixture.Ended inWords = gate("--markdown", folder.resolve("gate.md").toString());
    assertTrue(
        inWords.out().contains("p is slow since an earlier run, which this gate lets pass"),
        inWords.toString());
    String markdown = Files.readString(folder.resolve("gate.md"));
    assertTrue(markdown.contains("no new regression, 1 still regressed"), markdown);
    Files.writeString(project.resolve("nightjar.yaml"), "gate: { on_open: fail }\n");
    judgedAgain("still regressed", ExitCode.FINDINGS);
    Files.delete(project.resolve("nightjar.yaml"));
    commit();
    judged(1.4, "regressed", ExitCode.FINDINGS);
  }

  private CommandLineFixture.Ended findings(String... more) {
    List<String> args = new ArrayList<>(List.of("findings"));
    args.addAll(List.of(more));
    if (source == Source.FOLDER) {
      args.addAll(List.of("--history", folder.resolve("runs").toString()));
    }
    return nightjar.run(args.toArray(String[]::new));
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void isListedAndAccepted(Source of) throws Exception {
    source = of;
    CommandLineFixture.Ended before = findings();
    assertTrue(
        of == Source.DATABASE
            ? before.out().contains("Nothing is known")
            : before.exitCode() == ExitCode.USAGE && before.err().contains("There is no folder"),
        before.toString());
    good();
    judged(1.15, "regressed", ExitCode.FINDINGS);
    CommandLineFixture.Ended listed = findings();
    assertTrue(listed.out().contains("open: p/time on cpu, +14.9 % since "), listed.toString());
    JsonNode rows = JsonMapper.shared().readTree(findings("--json").out());
    String id = rows.findValue("finding_id").asString();
    CommandLineFixture.Ended without = findings("accept", id);
    assertEquals(ExitCode.USAGE, without.exitCode(), without.toString());
    CommandLineFixture.Ended accepted = findings("accept", id, "--reason", "checks more");
    assertEquals(ExitCode.DONE, accepted.exitCode(), accepted.toString());
    CommandLineFixture.Ended twice = findings("accept", id, "--reason", "checks more");
    assertEquals(ExitCode.USAGE, twice.exitCode(), twice.toString());
    assertFalse(findings().out().contains("p/time"));
    assertTrue(findings("--all").out().contains("accepted: p/time"));
    for (int i = 0; i < 3; i++) {
      commit();
      results(1.15);
      CommandLineFixture.Ended after = gate();
      assertEquals(ExitCode.DONE, after.exitCode(), after.toString());
    }
    commit();
    judged(1.4, "regressed", ExitCode.FINDINGS);
  }
}
