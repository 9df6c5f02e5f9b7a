package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Nothing compared is not green: whatever a CI job's clone, clock or files are like, a run that is
 * slower than its history is found, or it is said why nothing was compared.
 */
class GateComparesTest {
  @TempDir Path folder;

  private Path project;
  private CommandLineFixture nightjar;
  private int judged;

  @BeforeEach
  void makeAProject() throws Exception {
    project = Files.createDirectories(folder.resolve("project"));
    GitFixture.git(project, "init", "-q", "-b", "main", ".");
    nightjar = new CommandLineFixture(folder.resolve("home"), project);
    commit(project);
  }

  private void commit(Path where) throws Exception {
    GitFixture.git(where, "commit", "-q", "--allow-empty", "-m", "change " + judged++);
  }

  /** Values of each name about a level, a little different in each run. */
  private void results(Path where, String unit, String... namesAndLevels) throws IOException {
    StringBuilder json = new StringBuilder("{\"results\": [");
    for (int i = 0; i < namesAndLevels.length; i += 2) {
      double level = Double.parseDouble(namesAndLevels[i + 1]) * (1 + 0.001 * (judged % 3));
      json.append(
          String.format(
              Locale.ROOT,
              "%s{\"name\": \"%s\", \"unit\": \"%s\", \"values\": [%.9f, %.9f, %.9f]}",
              i == 0 ? "" : ", ",
              namesAndLevels[i],
              unit,
              level,
              level * 1.001,
              level * 1.002));
    }
    Files.writeString(where.resolve("bench.json"), json.append("]}").toString());
  }

  private CommandLineFixture.Ended gate(String... more) {
    String[] args = new String[more.length + 5];
    List.of("gate", "--results", "bench.json", "--history", folder.resolve("runs").toString())
        .toArray(args);
    System.arraycopy(more, 0, args, 5, more.length);
    return nightjar.run(args);
  }

  private void history(int runs, String... namesAndLevels) throws Exception {
    for (int i = 0; i < runs; i++) {
      results(project, "s", namesAndLevels);
      CommandLineFixture.Ended ended = gate();
      assertEquals(ExitCode.DONE, ended.exitCode(), ended.toString());
      commit(project);
    }
  }

  private static JsonNode json(CommandLineFixture.Ended ended) {
    return JsonMapper.shared().readTree(ended.out());
  }

  private static String kinds(CommandLineFixture.Ended ended) {
    StringBuilder kinds = new StringBuilder();
    for (JsonNode verdict : json(ended).get("verdicts")) {
      kinds.append(kinds.isEmpty() ? "" : " ").append(verdict.get("verdict").asString());
    }
    return kinds.toString();
  }

  private void assertRegressed(CommandLineFixture.Ended ended) {
    assertEquals(ExitCode.FINDINGS, ended.exitCode(), ended.toString());
    assertEquals("regressed", kinds(ended), ended.toString());
  }

  private static void assertSays(CommandLineFixture.Ended ended, String part) {
    assertTrue(ended.out().contains(part), ended.toString());
  }

  /** A clone of depth 1 with a detached HEAD, as most CI servers make one. */
  private void cloneOfOneCommit() throws Exception {
    Path clone = folder.resolve("clone-" + judged);
    GitFixture.git(
        folder, "clone", "-q", "--depth", "1", project.toUri().toString(), clone.toString());
    GitFixture.git(clone, "checkout", "-q", "--detach");
    GitFixture.git(clone, "branch", "-q", "-D", "main");
    GitFixture.git(clone, "remote", "remove", "origin");
    nightjar = new CommandLineFixture(folder.resolve("home"), clone);
  }

  private Path here() {
    return folder.resolve("clone-" + judged);
  }

  @ParameterizedTest
  @CsvSource({"1980-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2099-01-01T00:00:00Z"})
  void theTimeOfAFileSaysNothingOfTheRun(Instant written) throws Exception {
    history(11, "p", "1.0");
    Path file = project.resolve("bench.json");
    results(project, "s", "p", "1.5");
    Files.setLastModifiedTime(file, FileTime.from(written));
    assertRegressed(gate("--json"));
    commit(project);
    results(project, "s", "p", "1.5");
    Files.setLastModifiedTime(file, FileTime.from(written));
    CommandLineFixture.Ended again = gate("--json");
    assertEquals(ExitCode.FINDINGS, again.exitCode(), again.toString());
    assertEquals("still regressed", kinds(again), again.toString());
    assertEquals(
        ExitCode.FINDINGS,
        nightjar.run("gate", "--history", folder.resolve("runs").toString()).exitCode(),
        "what was judged last is the newest run");
  }

  @Test
  void equalNumbersOfElevenRunsAreElevenRuns() throws Exception {
    Path file = project.resolve("bench.json");
    for (int i = 0; i < 11; i++) {
      Files.writeString(file, "{\"results\":[{\"name\":\"p\",\"values\":[1.0,1.0,1.0]}]}");
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(86_400L * i)));
      gate();
    }
    Files.writeString(file, "{\"results\":[{\"name\":\"p\",\"values\":[1.5,1.5,1.5]}]}");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("1980-01-01T00:00:00Z")));
    assertRegressed(gate("--json"));
  }

  @ParameterizedTest
  @CsvSource({
    "CI_COMMIT_BRANCH, main",
    "CI_COMMIT_REF_NAME, main",
    "BRANCH_NAME, main",
    "GIT_BRANCH, origin/main",
    "BUILD_SOURCEBRANCH, refs/heads/main",
    "BUILD_SOURCEBRANCHNAME, main",
    "BUILDKITE_BRANCH, main",
    "CIRCLE_BRANCH, main",
    "GITHUB_REF, refs/heads/main",
    "GITHUB_REF_NAME, main",
    "FORGEJO_REF, refs/heads/main",
    "BITBUCKET_BRANCH, main",
    "TRAVIS_BRANCH, main",
    "DRONE_BRANCH, main",
    "TEAMCITY_BUILD_BRANCH, refs/heads/main",
    "NIGHTJAR_BRANCH, main",
    "NOTHING_AT_ALL, x"
  })
  void aCloneOfOneCommitIsComparedWithItsBranch(String variable, String value) throws Exception {
    history(10, "p", "1.0");
    cloneOfOneCommit();
    nightjar.with(variable, value);
    results(here(), "s", "p", "1.3");
    CommandLineFixture.Ended ended = gate("--json");
    assertRegressed(ended);
    assertSays(ended, "This clone is shallow: 10 earlier runs lie beyond its cut");
  }

  @Test
  void everyJobOfItsOwnCloneHasAHistory() throws Exception {
    for (int i = 0; i < 10; i++) {
      cloneOfOneCommit();
      nightjar.with("GITHUB_HEAD_REF", "topic");
      results(here(), "s", "p", "1.0");
      assertEquals(ExitCode.DONE, gate().exitCode());
      commit(project);
    }
    cloneOfOneCommit();
    nightjar.with("GITHUB_HEAD_REF", "topic");
    results(here(), "s", "p", "1.3");
    assertRegressed(gate("--json"));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aRewrittenBranchIsComparedByTime(boolean isGone) throws Exception {
    history(10, "p", "1.0");
    GitFixture.git(project, "checkout", "-q", "--orphan", "again");
    commit(project);
    GitFixture.git(project, "branch", "-q", "-M", "main");
    if (isGone) {
      GitFixture.git(project, "reflog", "expire", "--expire=now", "--all");
      GitFixture.git(project, "gc", "-q", "--prune=now");
    }
    results(project, "s", "p", "1.3");
    for (String[] how : new String[][] {{"--json"}, {"--json", "--baseline", "history"}}) {
      CommandLineFixture.Ended ended = gate(how);
      assertRegressed(ended);
      assertSays(
          ended,
          isGone
              ? "10 earlier runs are of commits that this clone does not have"
              : "10 earlier runs are of commits that are no longer part of the branch");
    }
  }

  @Test
  void runsFurtherOnDoNotCount() throws Exception {
    results(project, "s", "p", "1.0");
    gate();
    commit(project);
    history(9, "p", "2.0");
    GitFixture.git(project, "reset", "-q", "--hard", "HEAD~9");
    results(project, "s", "p", "2.0");
    assertEquals("inconclusive", kinds(gate("--json")), "one run of this commit is all its past");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s|By|a/parse|a/parse|in 's', not in 'By'",
        "s|s|a/parse|b/parse|by the name 'a/parse'",
        "s|s|parse|x/parse|by the name 'parse'",
        "s|s|parse 0x7f01|parse 0x7f02|by the name 'parse 0x7f01'"
      })
  void aSeriesThatGoesByAnotherKeyIsNoVerdict(
      String before, String now, String oldName, String newName, String why) throws Exception {
    for (int i = 0; i < 6; i++) {
      results(project, before, oldName, "1.0");
      gate();
      commit(project);
    }
    results(project, now, newName, "9.0");
    CommandLineFixture.Ended ended = gate("--json");
    assertEquals(ExitCode.NO_VERDICT, ended.exitCode(), ended.toString());
    assertEquals("new missing", kinds(ended), ended.toString());
    assertSays(ended, "earlier runs have it " + why);
  }

  @Test
  void onMissingAloneDoesNotLetARunOfOtherNamesPass() throws Exception {
    Files.writeString(project.resolve("nightjar.yaml"), "gate: { on_missing: pass }\n");
    history(6, "g/a", "1", "g/b", "1", "g/c", "1");
    results(project, "s", "h/a", "9", "h/b", "9", "g/c", "1");
    CommandLineFixture.Ended ended = gate("--json");
    assertEquals(ExitCode.NO_VERDICT, ended.exitCode(), ended.toString());
    assertSays(ended, "2 series are new, and earlier runs have them by another name: of 'h/a'");
    assertSays(ended, "Most of this run was compared with nothing: 2 series are new");
    Files.writeString(
        project.resolve("nightjar.yaml"), "gate: { on_missing: pass, on_uncompared: pass }\n");
    results(project, "s", "i/a", "9", "i/b", "9", "g/c", "1");
    assertEquals(ExitCode.DONE, gate().exitCode());
  }

  @Test
  void aRunThatHasNothingInCommonWithItsHistorySaysSo() throws Exception {
    history(2, "p", "1.0", "q", "1.0");
    results(project, "s", "other", "1.3");
    CommandLineFixture.Ended ended = gate("--json");
    assertEquals(ExitCode.DONE, ended.exitCode(), ended.toString());
    assertSays(ended, "1 series is new, and earlier runs have nothing of a like name");
  }

  @Test
  void aRunWhoseNamesHaveAllChangedIsNoVerdictWhereTheHistoryIsOfOneKind() throws Exception {
    history(4, "p", "1.0", "q", "1.0");
    results(project, "s", "lib::read", "2.0", "lib::write", "2.0");
    CommandLineFixture.Ended ended = gate("--json");
    assertEquals(ExitCode.NO_VERDICT, ended.exitCode(), ended.toString());
    assertSays(ended, "2 series are new, and earlier runs have nothing of a like name");
    assertSays(ended, "gate.on_uncompared: pass lets it pass");
  }

  @Test
  void aRunThatHasNoTimesIsNoVerdict() throws Exception {
    history(4, "p", "1.0", "q", "1.0");
    results(project, "s", "p", "0", "q", "0");
    CommandLineFixture.Ended ended = gate("--json");
    assertEquals(ExitCode.NO_VERDICT, ended.exitCode(), ended.toString());
    results(project, "s", "p", "0", "q", "1.0");
    assertEquals(ExitCode.DONE, gate().exitCode(), "one of them was compared");
  }

  @Test
  void aDamagedFileOfWhichNothingCanBeReadIsNoVerdict() throws Exception {
    history(4, "p", "1.0");
    Files.writeString(project.resolve("bench.json"), "{\"results\":[{\"name\":\"p\",\"val");
    CommandLineFixture.Ended ended = gate("--json");
    assertEquals(ExitCode.NO_VERDICT, ended.exitCode(), ended.toString());
    assertTrue(ended.toString().contains("hold no value"), ended.toString());
  }

  @Test
  void sixtyKindsOfFilesInOneFolderEachHaveTheirHistory() throws Exception {
    for (int night = 0; night < 4; night++) {
      for (int module = 0; module < 20; module++) {
        results(project, "s", "module" + (char) ('a' + module), night == 3 ? "1.5" : "1.0");
        String kinds = kinds(gate("--json"));
        assertEquals(
            night == 0 ? "new" : night == 1 ? "inconclusive" : night == 2 ? "pass" : "regressed",
            kinds);
      }
      commit(project);
    }
  }

  @Test
  void otherMachinesAreNamedOnceAndOnlyWhereTheyMatter() throws Exception {
    history(6, "p", "1.0", "q", "2.0");
    results(project, "s", "p", "1.0", "q", "2.0");
    CommandLineFixture.Ended other = gate("--machine", "another");
    String sentence = "6 runs of other machines are not compared with";
    assertEquals(2, other.out().split(sentence, -1).length, other.out());
    results(project, "s", "p", "1.0", "q", "2.001");
    CommandLineFixture.Ended here = gate();
    assertTrue(!here.out().contains("other machines"), here.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // what becomes of the whole file, and of one that is damaged
        "results| {\"results\":[{\"name\":\"n\",\"value\":1},{\"name\":\"o\",\"va",
        "results| {\"results\":[{\"name\":\"n\",\"value\":1},{\"name\":\"o\"},{\"name\":\"q\"}]}",
        "results| {\"resul",
        "xml| <testsuite><testcase name=\"n\" time=\"1\"/><testcase na",
        "go| BenchmarkN 1 5 ns/op\\nBenchmarkO 1 6",
        "csv| name,value\\nn,\"1",
        "empty| ``"
      })
  void ofADamagedFileThatHasNothingInCommonWithEarlierOnesThereIsNoVerdict(
      String kind, String damaged) throws Exception {
    history(6, "p", "1.0");
    results(project, "s", "p", "1.0");
    Files.writeString(project.resolve("other." + kind), damaged.replace("\\n", "\n"));
    CommandLineFixture.Ended ended = gate("--json", "other." + kind);
    assertEquals(ExitCode.NO_VERDICT, ended.exitCode(), ended.toString());
    assertSays(ended, "Nobody knows what was not read of a result file");
    Files.writeString(project.resolve("nightjar.yaml"), "gate: { on_uncompared: pass }\n");
    commit(project);
    results(project, "s", "p", "1.0");
    assertEquals(ExitCode.DONE, gate("other." + kind).exitCode());
  }

  @Test
  void aDamagedFileIsComparedAsFarAsItGoes() throws Exception {
    Files.writeString(project.resolve("nightjar.yaml"), "gate: { on_missing: pass }\n");
    history(6, "p", "1.0", "q", "1.0");
    results(project, "s", "p", "1.0", "q", "1.0");
    Path file = project.resolve("bench.json");
    String whole = Files.readString(file);
    Files.writeString(file, whole.substring(0, whole.length() - 1)); // all is there but the end
    assertEquals(ExitCode.DONE, gate().exitCode());
    commit(project);
    Files.writeString(file, whole.substring(0, whole.indexOf("\"q\"")));
    CommandLineFixture.Ended ended = gate("--json");
    assertEquals(ExitCode.NO_VERDICT, ended.exitCode(), ended.toString());
    assertEquals("pass missing", kinds(ended));
    commit(project);
    results(project, "s", "p", "1.5", "q", "1.0");
    whole = Files.readString(file);
    Files.writeString(file, whole.substring(0, whole.indexOf("\"q\"")));
    assertEquals(ExitCode.FINDINGS, gate().exitCode());
  }

  @ParameterizedTest
  @CsvSource({
    "hits/op, '', inconclusive",
    "hits/op, Unit hits/op better=higher, inconclusive",
    "hits/op, Unit hits/op better=lower, regressed",
    "allocs/op, '', regressed",
    "errors/op, '', regressed"
  })
  void aChangeFromZeroIsRedWhereItIsKnownThatLowerIsBetter(
      String unit, String said, String expected) throws Exception {
    Path file = project.resolve("bench.json");
    for (int night = 0; night < 5; night++) {
      String line = "BenchmarkA 1 %d %s\n".formatted(night < 4 ? 0 : 3, unit);
      Files.writeString(file, "goos: linux\n" + said + "\n" + line + "PASS\n");
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(night)));
      CommandLineFixture.Ended ended = gate("--json");
      if (night == 4) {
        assertEquals(expected, kinds(ended), ended.toString());
      }
      commit(project);
    }
    String again =
        kinds(nightjar.run("gate", "--history", folder.resolve("runs").toString(), "--json"));
    assertEquals(expected, again, "judged again it is the same");
  }
}
