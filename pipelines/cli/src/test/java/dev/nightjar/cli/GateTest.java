package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code nightjar gate} over result files and a folder of runs, as an ephemeral CI runner calls it:
 * every verdict and every exit code, from the outside.
 */
class GateTest {
  private static final long SEED = 41;
  private static final Instant FIRST = Instant.parse("2026-10-01T02:00:00Z");

  @TempDir Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private Path project;
  private CommandLineFixture nightjar;
  private int night;

  @BeforeEach
  void makeAProject() throws Exception {
    project = Files.createDirectories(folder.resolve("project"));
    GitFixture.git(project, "init", "-q", "-b", "main", ".");
    nightjar = new CommandLineFixture(folder.resolve("home"), project);
    commit();
  }

  private void commit() throws Exception {
    GitFixture.git(project, "commit", "-q", "--allow-empty", "-m", "change " + night);
  }

  /** Result files of a night: each benchmark's ten values about a level. */
  private void results(String... namesAndLevels) throws IOException {
    StringBuilder json = new StringBuilder("{\"results\": [");
    for (int i = 0; i < namesAndLevels.length; i += 2) {
      json.append(i == 0 ? "" : ",\n")
          .append("{\"name\": \"%s\", \"values\": [".formatted(namesAndLevels[i]));
      double level = Double.parseDouble(namesAndLevels[i + 1]) * (1 + 0.002 * noise());
      for (int k = 0; k < 10; k++) {
        json.append(k == 0 ? "" : ", ")
            .append(String.format(Locale.ROOT, "%.9f", level * (1 + 0.002 * noise())));
      }
      json.append("]}");
    }
    write(json.append("]}").toString());
  }

  private double noise() {
    return random.nextGaussian();
  }

  private void write(String text) throws IOException {
    Path file = project.resolve("bench.json");
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(FIRST.plusSeconds(86_400L * night++)));
  }

  private CommandLineFixture.Ended gate(String... more) {
    String[] args = new String[more.length + 5];
    List.of("gate", "--results", "bench.json", "--history", "results").toArray(args);
    System.arraycopy(more, 0, args, 5, more.length);
    return nightjar.run(args);
  }

  /** Twelve nights on main with a commit each. */
  private void history(String... namesAndLevels) throws Exception {
    for (int i = 0; i < 12; i++) {
      results(namesAndLevels);
      CommandLineFixture.Ended ended = gate();
      assertEquals(ExitCode.DONE, ended.exitCode(), ended.toString());
      commit();
    }
  }

  private static JsonNode json(CommandLineFixture.Ended ended) {
    return JsonMapper.shared().readTree(ended.out());
  }

  private static String kind(CommandLineFixture.Ended ended, String benchmark) {
    for (JsonNode verdict : json(ended).get("verdicts")) {
      if (verdict.get("benchmark").asString().equals(benchmark)) {
        return verdict.get("verdict").asString();
      }
    }
    return "none";
  }

  @Test
  void newThenPass() throws Exception {
    results("parse", "1");
    CommandLineFixture.Ended first = gate();
    assertEquals(ExitCode.DONE, first.exitCode(), first.toString());
    assertTrue(first.out().contains("Verdict: 1 new (nothing to compare with yet)"), first.out());
    commit();
    history("parse", "1");
    results("parse", "1");
    CommandLineFixture.Ended passed = gate("--json");
    assertEquals(ExitCode.DONE, passed.exitCode(), passed.toString());
    assertEquals("pass", kind(passed, "parse"), passed.out());
    assertTrue(
        json(passed).at("/verdicts/0/baseline").asString().contains("the branch's history"),
        passed.out());
  }

  @Test
  void regressedIsOneAndNamesTheCommitsAndWritesEveryFile() throws Exception {
    history("parse", "1", "print", "2");
    String before = GitFixture.git(project, "rev-parse", "HEAD~1").strip().substring(0, 12);
    results("parse", "1.2", "print", "2");
    CommandLineFixture.Ended ended =
        gate(
            "--junit",
            "out/gate.xml",
            "--sarif",
            "out/gate.sarif",
            "--markdown",
            "out/gate.md",
            "--json-file",
            "out/gate.json");
    assertEquals(ExitCode.FINDINGS, ended.exitCode(), ended.toString());
    assertTrue(ended.out().contains("suspected: commits " + before + ".."), ended.out());
    Path out = project.resolve("out");
    assertTrue(Files.readString(out.resolve("gate.xml")).contains("failures=\"1\""));
    assertTrue(Files.readString(out.resolve("gate.sarif")).contains("nightjar/regressed"));
    assertTrue(
        Files.readString(out.resolve("gate.md")).startsWith("### Benchmarks: regressed or failed"));
    JsonNode written = JsonMapper.shared().readTree(Files.readString(out.resolve("gate.json")));
    assertEquals(1, written.get("exit_code").asInt());
    assertEquals(0.2, written.at("/verdicts/0/effect").asDouble(), 0.02);
  }

  @Test
  void improvedIsZero() throws Exception {
    history("parse", "1");
    results("parse", "0.8");
    CommandLineFixture.Ended ended = gate("--json");
    assertEquals(ExitCode.DONE, ended.exitCode(), ended.toString());
    assertEquals("improved", kind(ended, "parse"));
  }

  @Test
  void inconclusiveIsWhatThePolicySays() throws Exception {
    results("parse", "1");
    gate();
    commit();
    results("parse", "1.01");
    CommandLineFixture.Ended ended = gate("--json");
    assertEquals(ExitCode.DONE, ended.exitCode(), ended.toString());
    assertEquals("inconclusive", kind(ended, "parse"));
    Files.writeString(project.resolve("nightjar.yaml"), "gate: { on_inconclusive: fail }\n");
    results("parse", "1.01");
    CommandLineFixture.Ended strict = gate();
    assertEquals(ExitCode.NO_VERDICT, strict.exitCode(), strict.toString());
  }

  @Test
  void missingIsThreeUnlessThePolicyLetsItPass() throws Exception {
    history("parse", "1", "print", "2");
    results("parse", "1");
    CommandLineFixture.Ended ended = gate("--json");
    assertEquals(ExitCode.NO_VERDICT, ended.exitCode(), ended.toString());
    assertEquals("missing", kind(ended, "print"));
    Files.writeString(
        project.resolve("nightjar.yaml"),
        "gate: { rules: [{ benchmark: 'pri*', on_missing: pass }] }\n");
    results("parse", "1");
    assertEquals(ExitCode.DONE, gate().exitCode());
  }

  @Test
  void anInventoryNamesWhatNoRunHasGivenAndForgetsWhatItDoesNotName() throws Exception {
    history("parse", "1", "print", "2");
    Files.writeString(project.resolve("nightjar.yaml"), "gate: { inventory: [parse, scan] }\n");
    results("parse", "1");
    CommandLineFixture.Ended ended = gate("--json");
    assertEquals(ExitCode.NO_VERDICT, ended.exitCode(), ended.toString());
    assertEquals("missing", kind(ended, "scan"));
    assertEquals("none", kind(ended, "print"));
  }

  @Test
  void otherKindsOfResultFilesAreNotMissed() throws Exception {
    history("parse", "1");
    results("render", "3");
    assertEquals(ExitCode.NO_VERDICT, gate().exitCode(), "it may be all of 'parse', renamed");
    commit();
    results("paint", "3");
    CommandLineFixture.Ended ended = gate("--json");
    assertEquals(ExitCode.DONE, ended.exitCode(), "there are several kinds by now: " + ended);
    assertEquals("new", kind(ended, "paint"));
    assertEquals("none", kind(ended, "parse"));
    assertEquals("none", kind(ended, "render"));
  }

  @Test
  void aTruncatedFileIsNamedAndTheRestIsKept() throws Exception {
    history("parse", "1", "print", "2");
    results("parse", "1", "print", "2");
    String text = Files.readString(project.resolve("bench.json"));
    night--;
    write(text.substring(0, text.indexOf("print") + 30));
    CommandLineFixture.Ended ended = gate("--json");
    assertEquals(ExitCode.NO_VERDICT, ended.exitCode(), ended.toString());
    assertEquals("pass", kind(ended, "parse"), ended.out());
    assertEquals("missing", kind(ended, "print"), ended.out());
    assertTrue(json(ended).at("/notes/0").asString().contains("bench.json:"), ended.out());
  }

  @Test
  void mistakesAreTwo() throws Exception {
    results("parse", "1");
    assertUsage(
        nightjar.run("gate", "--results", "none.json", "--history", "results"), "none.json");
    assertUsage(nightjar.run("gate", "--history", "results"), "There is no run in");
    assertUsage(gate("--baseline", "histroy"), "Did you mean 'history'?");
    assertUsage(gate("--acknowledgements", "none.yaml"), "none.yaml");
    assertUsage(gate("--run", "7"), "exclude each other");
    assertUsage(
        nightjar.run("gate", "--history", "results", "--run", "7"),
        "--run takes a run's identifier");
    assertUsage(nightjar.run("gate", "--history", "results", "--name", "x"), "--name is about");
    write("[]");
    assertUsage(gate(), "hold no value");
    Files.writeString(project.resolve("nightjar.yaml"), "gate: { rules: [{ metric: x }] }\n");
    assertUsage(gate(), "'gate.rules[0].benchmark' is missing");
  }

  private static void assertUsage(CommandLineFixture.Ended ended, String part) {
    assertEquals(ExitCode.USAGE, ended.exitCode(), ended.toString());
    assertTrue(ended.err().contains(part), ended.toString());
    assertEquals("", ended.out());
  }

  @Test
  void anEnvironmentThatFailsIsFour() throws Exception {
    results("parse", "1");
    Files.writeString(project.resolve("in-the-way"), "");
    CommandLineFixture.Ended ended = gate("--junit", "in-the-way/gate.xml");
    assertEquals(ExitCode.ENVIRONMENT, ended.exitCode(), ended.toString());
    CommandLineFixture.Ended elsewhere =
        nightjar
            .with("NIGHTJAR_DATABASE_URL", "postgresql://ada:s3cret@127.0.0.1:1/night")
            .run("gate", "--results", "bench.json");
    assertEquals(ExitCode.ENVIRONMENT, elsewhere.exitCode(), elsewhere.toString());
    assertFalse(elsewhere.err().contains("s3cret"), "a password is shown");
  }

  @Test
  void aRuleSetsThresholdAndDirection() throws Exception {
    Files.writeString(
        project.resolve("nightjar.yaml"),
        "gate: { rules: [{ benchmark: parse, smallest_effect: 50% },"
            + " { benchmark: rate, direction: higher }] }\n");
    history("parse", "1", "rate", "1");
    results("parse", "1.2", "rate", "1.2");
    CommandLineFixture.Ended ended = gate("--json");
    assertEquals(ExitCode.DONE, ended.exitCode(), ended.toString());
    assertEquals("pass", kind(ended, "parse"));
    assertEquals("improved", kind(ended, "rate"));
  }

  @Test
  void anAcknowledgementHoldsUntilItsDayAndThenSaysSo() throws Exception {
    history("parse", "1");
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    Path file = project.resolve("nightjar-acknowledged.yaml");
    String word = "acknowledged: [{ benchmark: par*, reason: new checks, expires: %s }]\n";
    Files.writeString(file, word.formatted(today.plusDays(1)));
    results("parse", "1.2");
    CommandLineFixture.Ended held = gate();
    assertEquals(ExitCode.DONE, held.exitCode(), held.toString());
    assertTrue(held.out().contains("acknowledged until " + today.plusDays(1)), held.out());
    Files.writeString(file, word.formatted(today.minusDays(2)));
    results("parse", "1.2");
    CommandLineFixture.Ended expired = gate();
    assertEquals(ExitCode.FINDINGS, expired.exitCode(), expired.toString());
    assertTrue(
        expired.out().contains("'par*' expired on " + today.minusDays(2) + " and holds no longer"),
        expired.out());
    Files.writeString(file, "acknowledged: [{ benchmark: parse, expires: soon }]\n");
    assertUsage(gate(), "'acknowledged[0].reason' is missing");
    Files.writeString(file, "acknowledged: [{ benchmark: parse, reason: x, expires: soon }]\n");
    assertUsage(gate(), "'expires' must be a day such as");
  }

  @Test
  void aPullRequestIsHeldAgainstItsMergeBase() throws Exception {
    history("parse", "1");
    GitFixture.git(project, "checkout", "-q", "-b", "topic");
    commit();
    GitFixture.git(project, "checkout", "-q", "main");
    for (int i = 0; i < 8; i++) {
      commit();
      results("parse", "0.5"); // main has become twice as fast meanwhile
      gate();
    }
    GitFixture.git(project, "checkout", "-q", "topic");
    nightjar.with("GITHUB_BASE_REF", "main");
    results("parse", "1");
    CommandLineFixture.Ended same = gate("--json");
    assertEquals("pass", kind(same, "parse"), same.toString());
    assertTrue(json(same).at("/verdicts/0/baseline").asString().contains("with main"), same.out());
    results("parse", "1.2");
    assertEquals(ExitCode.FINDINGS, gate().exitCode());
    nightjar.without("GITHUB_BASE_REF");
    results("parse", "1");
    assertEquals("pass", kind(gate("--json", "--baseline", "merge-base"), "parse"));
    CommandLineFixture.Ended unknown = gate("--baseline", "merge-base", "--base", "nowhere");
    assertEquals(ExitCode.ENVIRONMENT, unknown.exitCode(), unknown.toString());
    assertTrue(unknown.err().contains("fetch-depth 0"), unknown.err());
  }

  @Test
  void unlikeMachinesAreNotComparedAndThatIsSaid() throws Exception {
    history("parse", "1");
    results("parse", "1.5");
    CommandLineFixture.Ended other = gate("--json", "--machine", "runner of another kind");
    assertEquals(ExitCode.DONE, other.exitCode(), other.toString());
    assertEquals("new", kind(other, "parse"));
    assertTrue(
        json(other)
            .at("/verdicts/0/evidence")
            .asString()
            .contains("12 runs of other machines are not compared with"),
        other.out());
  }

  @Test
  void theSameFilesAreTheSameRun() throws Exception {
    history("parse", "1");
    results("parse", "1");
    String first = gate("--json").out();
    int runs = runsInFolder();
    assertEquals(first, gate("--json").out());
    assertEquals(runs, runsInFolder());
    CommandLineFixture.Ended newest = nightjar.run("gate", "--history", "results", "--json");
    assertEquals(first, newest.out(), "the newest run of the folder is judged alike");
  }

  private int runsInFolder() {
    String[] names = project.resolve("results").toFile().list();
    return names == null ? 0 : names.length;
  }

  @Test
  void aRunThatCannotBeReadIsNamedAndLeftOut() throws Exception {
    history("parse", "1");
    Files.writeString(project.resolve("results/2026-broken.run.json"), "{\"nightjar_run\": 1");
    results("parse", "1");
    CommandLineFixture.Ended ended = gate();
    assertEquals(ExitCode.DONE, ended.exitCode(), ended.toString());
    assertTrue(ended.out().contains("2026-broken.run.json is left out"), ended.out());
  }
}
