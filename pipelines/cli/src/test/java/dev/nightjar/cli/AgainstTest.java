package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.nightjar.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code nightjar bench --against} and {@code bisect}, over real work trees. The programs print a
 * number, so that what is tested is the way to the verdict and not this machine's noise.
 */
class AgainstTest {
  private static final String SETTINGS =
      """
      setup: sh build.sh
      gate: { profile: never }
      benchmarks:
        - name: counted
          command: ./program
          warmups: 0
          metrics: [{ name: work, pattern: "work ([0-9.]+)" }]
      """;

  @TempDir Path folder;

  private Path project;
  private Path home;
  private CommandLineFixture nightjar;

  @BeforeEach
  void makeAProject() throws Exception {
    project = Files.createDirectories(folder.resolve("project"));
    home = folder.resolve("home");
    GitFixture.git(project, "init", "-q", "-b", "main", ".");
    nightjar = new CommandLineFixture(home, project).with("XDG_CACHE_HOME", cache());
    Files.writeString(project.resolve(".gitignore"), "nightjar.yaml\nprogram\nout/\n");
    Files.writeString(project.resolve("nightjar.yaml"), SETTINGS);
    commit("100", true);
  }

  /** A cache of its own, to see that nothing is left in it. */
  private String cache() {
    return home.resolve("cache").toString();
  }

  /** A commit whose program needs so much work; one that does not build when told so. */
  private void commit(String work, boolean builds) throws Exception {
    String program = "#!/bin/sh\\necho work " + work + "\\n";
    Files.writeString(
        project.resolve("build.sh"),
        builds
            ? "printf '%s' >program && chmod +x program\n".formatted(program)
            : "echo no rule to make >&2; exit 3\n");
    GitFixture.git(project, "add", ".");
    GitFixture.git(project, "commit", "-q", "--allow-empty", "-m", "work " + work);
  }

  private CommandLineFixture.Ended against(String... more) {
    return nightjar.run(
        Stream.concat(
                Stream.of("bench", "--against", "HEAD~1", "--gate", "--pairs", "40"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static String kind(CommandLineFixture.Ended ended) {
    return JsonMapper.shared().readTree(ended.out()).at("/verdicts/0/verdict").asString();
  }

  private void assertNoTreeIsLeft() throws Exception {
    assertEquals(
        1, GitFixture.git(project, "worktree", "list").lines().count(), "work trees of git");
    Path trees = Path.of(cache(), "nightjar", "worktrees");
    try (Stream<Path> left = Files.walk(trees)) {
      assertFalse(left.anyMatch(path -> path.endsWith("build.sh")), "files are left in " + trees);
    }
  }

  @Test
  void aSlowerHeadIsRegressedAndItsCommitsAreNamed() throws Exception {
    commit("110", true);
    CommandLineFixture.Ended ended = against("--markdown", "out/gate.md");
    assertEquals(ExitCode.FINDINGS, ended.exitCode(), ended.toString());
    assertTrue(ended.out().matches("(?s).*\\+10\\.0 % over \\d+ pairs by work.*"), ended.out());
    assertTrue(ended.out().contains("suspected: commits "), ended.out());
    assertTrue(
        ended
            .out()
            .contains("between +10.0 and +10.0 % at 99 %; beyond the smallest effect of 5 %"),
        ended.out());
    assertTrue(Files.readString(project.resolve("out/gate.md")).contains("regressed or failed"));
    assertNoTreeIsLeft();
  }

  @Test
  void theSameAndTheBetterPass() throws Exception {
    commit("100", true);
    CommandLineFixture.Ended same = against("--json");
    assertEquals(ExitCode.DONE, same.exitCode(), same.toString());
    assertEquals("pass", kind(same));
    commit("80", true);
    assertEquals("improved", kind(against("--json")));
  }

  @Test
  void bothVersionsRunOnTheCpusThatTheSettingsName() throws Exception {
    Path seen = folder.resolve("cpus");
    Files.writeString(
        project.resolve("nightjar.yaml"),
        SETTINGS.replace(
                "command: ./program",
                "command: grep Cpus_allowed_list /proc/self/status >>" + seen + "; ./program")
            + "quiet: { cpus: '0' }\n");
    commit("100", true);
    assertEquals(ExitCode.DONE, against("--pairs", "16").exitCode());
    assertEquals(Set.of("Cpus_allowed_list:\t0"), new TreeSet<>(Files.readAllLines(seen)));
  }

  @Test
  void withoutGateTheVerdictIsNoExitCode() throws Exception {
    commit("110", true);
    CommandLineFixture.Ended ended = nightjar.run("bench", "--against", "HEAD~1", "--json");
    assertEquals(ExitCode.DONE, ended.exitCode(), ended.toString());
    assertEquals("regressed", kind(ended));
  }

  @Test
  void aHeadThatDoesNotBuildHasFailedAndABaseThatDoesNotIsTheEnvironment() throws Exception {
    commit("100", false);
    CommandLineFixture.Ended broken = against("--json");
    assertEquals(ExitCode.FINDINGS, broken.exitCode(), broken.toString());
    assertEquals("failed", kind(broken));
    assertTrue(broken.out().contains("no rule to make"), broken.out());
    commit("100", true);
    CommandLineFixture.Ended mended = against();
    assertEquals(ExitCode.ENVIRONMENT, mended.exitCode(), mended.toString());
    assertTrue(mended.err().contains("The base HEAD~1 cannot be measured"), mended.err());
    assertNoTreeIsLeft();
  }

  @Test
  void aBaseThatFailsIsNoVerdict() throws Exception {
    commit("$(cat absent && echo 1)", true);
    commit("100", true);
    CommandLineFixture.Ended ended = against("--json");
    assertEquals(ExitCode.NO_VERDICT, ended.exitCode(), ended.toString());
    assertEquals("missing", kind(ended));
    assertTrue(ended.out().contains("in the base version it"), ended.out());
    commit("$(cat absent && echo 2)", true);
    assertEquals(ExitCode.FINDINGS, against().exitCode(), "the head fails");
    commit("$(cat absent && echo 3)", true);
    assertEquals(ExitCode.FINDINGS, against().exitCode(), "both fail");
  }

  @Test
  void aBenchmarkThatTheBasesSettingsDoNotNameIsNew() throws Exception {
    Files.writeString(project.resolve(".gitignore"), "program\n");
    Files.writeString(project.resolve("nightjar.yaml"), SETTINGS.replace("counted", "other"));
    commit("$(cat absent && echo 1)", true);
    Files.writeString(project.resolve("nightjar.yaml"), SETTINGS);
    commit("100", true);
    CommandLineFixture.Ended ended = against("--json");
    assertEquals(ExitCode.DONE, ended.exitCode(), ended.toString());
    assertEquals("new", kind(ended));
  }

  @Test
  void whatIsLeftOutAloneLeavesNoVerdict() throws Exception {
    Files.writeString(
        project.resolve("nightjar.yaml"),
        SETTINGS.replace("warmups: 0", "warmups: 0\n    on_failure: skip"));
    commit("$(cat absent && echo 1)", true);
    commit("100", true);
    CommandLineFixture.Ended ended = against();
    assertEquals(ExitCode.NO_VERDICT, ended.exitCode(), ended.toString());
    assertTrue(ended.out().contains("counted is left out"), ended.out());
  }

  /** Has the program count its runs in a file outside, and do so much with the count. */
  private String countedRuns(String then) {
    Path runs = folder.resolve("runs");
    return "$(n=$(cat %s || echo 0); echo $((n+1)) >%s; %s)".formatted(runs, runs, then);
  }

  @ParameterizedTest
  @CsvSource({"74, head", "75, base"})
  void aFlakeIsToldAndTakesOnePairAndNoVerdict(int run, String side) throws Exception {
    // Values so scattered that 60 pairs decide nothing; 74 and 75 are the runs of pair 37.
    String program =
        countedRuns("[ $n = %d ] && kill -9 $$; echo $((100 + n * 37 %%%% 199))".formatted(run));
    commit(program, true);
    commit(program, true);
    CommandLineFixture.Ended ended = against("--pairs", "60");
    assertEquals(ExitCode.DONE, ended.exitCode(), ended.toString());
    assertTrue(
        ended.out().contains("Note: counted: the " + side + " failed 1 times beside"), ended.out());
    assertFalse(ended.out().contains("missing"), ended.out());
  }

  @Test
  void aHeadThatBreaksForGoodHasFailedWhateverItsPairsBeforeWere() throws Exception {
    commit(countedRuns("echo $((100 + n * 37 %% 199))"), true);
    commit(countedRuns("[ $n -gt 50 ] && kill -9 $$; echo $((100 + n * 37 %% 199))"), true);
    CommandLineFixture.Ended ended = against("--pairs", "400", "--json");
    assertEquals(ExitCode.FINDINGS, ended.exitCode(), ended.toString());
    assertEquals("failed", kind(ended));
    assertTrue(ended.out().contains("then the head failed"), ended.out());
  }

  @Test
  void aBaseThatBreaksForGoodLeavesWhatThePairsBeforeDecide() throws Exception {
    commit(countedRuns("[ $n -ge 90 ] && kill -9 $$; echo $((100 + n * 37 %% 41))"), true);
    commit(countedRuns("echo $((120 + n * 37 %% 41))"), true);
    assertEquals("regressed", kind(against("--pairs", "1000", "--json")));
  }

  @Test
  void aSlowBenchmarkGetsTheFewestPairsThatDecideOrSaysWhatItNeeds() throws Exception {
    commit("$(sleep 0.15; echo 100)", true);
    commit("$(sleep 0.15; echo 150)", true);
    CommandLineFixture.Ended beyond = against("--budget", "2");
    assertEquals(ExitCode.FINDINGS, beyond.exitCode(), beyond.toString());
    assertTrue(beyond.out().contains("have room for too few: the 9 are measured"), beyond.out());
    commit("$(sleep 2; echo 100)", true);
    CommandLineFixture.Ended refused = against("--budget", "1");
    assertEquals(ExitCode.NO_VERDICT, refused.exitCode(), refused.toString());
    assertTrue(
        refused.out().contains("9 pairs are the fewest that decide anything"), refused.out());
    assertTrue(refused.out().contains("--budget "), refused.out());
  }

  /** What Google Benchmark would write; of a name without a value, that it failed. */
  private void commitResults(String... namesAndValues) throws Exception {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      records.add(
          "{\"name\": \"%s\", %s}"
              .formatted(
                  namesAndValues[i],
                  namesAndValues[i + 1].isEmpty()
                      ? "\"error_occurred\": true, \"error_message\": \"no device\""
                      : "\"real_time\": " + namesAndValues[i + 1]));
    }
    Files.writeString(
        project.resolve("google.json"),
        "{\"context\": {}, \"benchmarks\": [" + String.join(",", records) + "]}");
    commit("100", true);
  }

  @Test
  void whatTheHeadLacksIsMissingAndWhatItsToolCallsAFailureHasFailed() throws Exception {
    Files.writeString(
        project.resolve("nightjar.yaml"),
        "benchmarks: [{ name: suite, command: cp google.json out.json, results: out.json }]\n");
    Files.writeString(project.resolve(".gitignore"), "nightjar.yaml\nout.json\n");
    commitResults("a", "5.25", "b", "5.25");
    commitResults("a", "5.25");
    CommandLineFixture.Ended missing = against("--json");
    assertEquals(ExitCode.NO_VERDICT, missing.exitCode(), missing.toString());
    assertEquals(Map.of("suite/a", "pass", "suite/b", "missing"), kinds(missing));
    commitResults("a", "5.25", "b", "5.25");
    commitResults("a", "5.25", "b", "");
    CommandLineFixture.Ended failed = against("--json");
    assertEquals(ExitCode.FINDINGS, failed.exitCode(), failed.toString());
    assertEquals(Map.of("suite/a", "pass", "suite/b", "failed"), kinds(failed));
    assertTrue(failed.out().contains("no device"), failed.out());
  }

  private static Map<String, String> kinds(CommandLineFixture.Ended ended) {
    Map<String, String> kinds = new TreeMap<>();
    for (JsonNode verdict : JsonMapper.shared().readTree(ended.out()).get("verdicts")) {
      kinds.put(verdict.get("benchmark").asString(), verdict.get("verdict").asString());
    }
    return kinds;
  }

  @Test
  void mistakesAreNamed() throws Exception {
    assertUsage(nightjar.run("bench", "--against", "nowhere"), "'nowhere' names no commit");
    assertUsage(nightjar.run("bench", "--pairs", "20"), "--pairs needs --against");
    assertUsage(against("--benchmark", "conted"), "Did you mean 'counted'?");
    assertUsage(against("--history", "x"), "--history and --against exclude each other");
    assertUsage(nightjar.run("bisect"), "--good REV");
    assertUsage(nightjar.run("bisect", "--good", "HEAD"), "is no commit after HEAD");
  }

  private static void assertUsage(CommandLineFixture.Ended ended, String part) {
    assertEquals(ExitCode.USAGE, ended.exitCode(), ended.toString());
    assertTrue(ended.err().contains(part), ended.toString());
  }

  @Test
  void whatAKilledProcessLeftIsRemovedByTheNext() throws Exception {
    Files.writeString(
        project.resolve("nightjar.yaml"),
        SETTINGS.replace("sh build.sh", "touch " + folder.resolve("began") + "; sleep 100"));
    commit("110", true);
    NightjarProcess process =
        NightjarProcess.start(
            home, project, Map.of("XDG_CACHE_HOME", cache()), "bench", "--against", "HEAD~1");
    while (!Files.exists(folder.resolve("began"))) {
      assertTrue(process.isAlive(), "it ended before its set-up began");
      Thread.onSpinWait();
    }
    process.kill();
    assertEquals(3, GitFixture.git(project, "worktree", "list").lines().count());
    Files.writeString(project.resolve("nightjar.yaml"), SETTINGS);
    assertEquals(ExitCode.FINDINGS, against().exitCode());
    assertNoTreeIsLeft();
  }

  /** Ctrl-C sends SIGINT, and a CI server that cancels a job SIGTERM. */
  @ParameterizedTest
  @CsvSource({"INT, 130, --against", "TERM, 143, --good"})
  void aSignalEndsWhatRunsAndRemovesTheWorkTrees(String signal, int exitCode, String option)
      throws Exception {
    assumeFalse(
        signal.equals("INT") && isInterruptIgnored(),
        "who started this ignores SIGINT, as shells do in the background, and so does what this"
            + " starts");
    Path running = folder.resolve("running");
    Files.writeString(
        project.resolve("nightjar.yaml"),
        SETTINGS.replace(
            "sh build.sh",
            "echo $$ > %s.part; mv %s.part %s; exec sleep 1000"
                .formatted(running, running, running)));
    commit("110", true);
    NightjarProcess process =
        NightjarProcess.start(
            home,
            project,
            Map.of("XDG_CACHE_HOME", cache()),
            option.equals("--good") ? "bisect" : "bench",
            option,
            "HEAD~1");
    while (!Files.exists(running)) {
      assertTrue(process.isAlive(), "it ended before its set-up began");
      Thread.onSpinWait();
    }
    process.signal(signal);
    NightjarProcess.Ended ended = process.await();
    assertEquals(exitCode, ended.exitCode(), ended.err());
    assertTrue(ended.err().contains("nightjar: interrupted."), ended.err());
    assertNoTreeIsLeft();
    long setUp = Long.parseLong(Files.readString(running).strip());
    assertFalse(ProcessHandle.of(setUp).isPresent(), "the set-up runs on");
  }

  private static boolean isInterruptIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    for (String line : Files.exists(status) ? Files.readAllLines(status) : List.<String>of()) {
      if (line.startsWith("SigIgn:")) {
        return (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0; // signal 2
      }
    }
    return false;
  }

  /** By the time that a program really takes, as everywhere else a number is printed. */
  @Test
  void aProgramThatTakesThreeTenthsLongerIsFoundByItsTime() throws Exception {
    Files.writeString(
        project.resolve("nightjar.yaml"),
        "setup: sh build.sh\nbenchmarks: [{ name: timed, command: ./program }]\n");
    String loop = "i=0; while [ $i -lt %d ]; do i=$((i+1)); done; echo";
    commit("; " + loop.formatted(40_000), true);
    commit("; " + loop.formatted(40_000), true);
    CommandLineFixture.Ended same =
        nightjar.run("bench", "--against", "HEAD~1", "--gate", "--json");
    assertEquals(ExitCode.DONE, same.exitCode(), same.toString());
    commit("; " + loop.formatted(52_000), true);
    CommandLineFixture.Ended slower =
        nightjar.run("bench", "--against", "HEAD~1", "--gate", "--json");
    assertEquals(ExitCode.FINDINGS, slower.exitCode(), slower.toString());
    assertEquals("regressed", kind(slower));
    double effect = JsonMapper.shared().readTree(slower.out()).at("/verdicts/0/effect").asDouble();
    assertEquals(0.3, effect, 0.1);
    assertNoTreeIsLeft();
  }

  @Test
  void bisectFindsTheCommitAmongSomeThatDoNotBuild() throws Exception {
    for (int i = 1; i <= 20; i++) {
      commit(i < 14 ? "100" : "105", i % 5 != 3);
    }
    String culprit = GitFixture.git(project, "rev-parse", "HEAD~6").strip();
    CommandLineFixture.Ended plan = nightjar.run("bisect", "--good", "HEAD~20", "--plan");
    assertEquals(ExitCode.DONE, plan.exitCode(), plan.toString());
    assertTrue(plan.out().contains("20 commits along first parents"), plan.out());
    assertTrue(plan.out().contains("At most 6 commits are built"), plan.out());

    CommandLineFixture.Ended ended =
        nightjar.run("bisect", "--good", "HEAD~20", "--pairs", "16", "--json");
    assertEquals(ExitCode.DONE, ended.exitCode(), ended.toString());
    JsonNode found = JsonMapper.shared().readTree(ended.out());
    // The commit before the culprit does not build, so either may be it.
    assertEquals(2, found.get("suspects").size(), ended.out());
    assertEquals(culprit, found.at("/suspects/1").asString());
    assertEquals(0.05, found.get("effect").asDouble(), 1e-3);
    assertNoTreeIsLeft();

    CommandLineFixture.Ended again =
        nightjar.run("bisect", "--good", "HEAD~20", "--pairs", "16", "--json");
    assertEquals(ended.out(), again.out(), "what is known is not measured again");
  }

  @Test
  void bisectGoesOnAfterAKillAndWithACutState() throws Exception {
    for (int i = 1; i <= 8; i++) {
      commit(i < 3 ? "100" : "90", true);
    }
    String culprit = GitFixture.git(project, "rev-parse", "HEAD~5").strip();
    CommandLineFixture.Ended ended = nightjar.run("bisect", "--good", "HEAD~8", "--pairs", "16");
    assertEquals(ExitCode.DONE, ended.exitCode(), ended.toString());
    String title = GitFixture.git(project, "log", "-1", "--format=\"%s\" by %an", culprit).strip();
    assertTrue(ended.out().contains("Suspect: " + culprit + " " + title), ended.out());
    assertTrue(ended.out().contains("Found: " + culprit + " " + title + " made"), ended.out());
    Path state = stateFile();
    String whole = Files.readString(state);
    Files.writeString(state, whole.substring(0, whole.length() - 30));
    CommandLineFixture.Ended resumed = nightjar.run("bisect", "--good", "HEAD~8", "--pairs", "16");
    assertEquals(ended.out(), resumed.out());
    assertEquals(1, resumed.err().lines().filter(line -> line.contains(" pairs by ")).count());
  }

  @Test
  void bisectGoesOnFromItsPairsWithMoreOfABudgetAndSaysWhatItKnows() throws Exception {
    for (int i = 1; i <= 6; i++) {
      commit(countedRuns("echo $((" + (i < 4 ? 100 : 108) + " + n * n * 37 %% 43))"), true);
    }
    String culprit = GitFixture.git(project, "rev-parse", "HEAD~2").strip();
    String[] question = {"bisect", "--good", "HEAD~5", "--json", "--pairs"};
    CommandLineFixture.Ended little = bisect(question, "16");
    assertEquals(ExitCode.NO_VERDICT, little.exitCode(), little.toString());
    JsonNode known = JsonMapper.shared().readTree(little.out());
    assertTrue(known.get("conclusion").asString().contains("more --budget"), little.out());
    assertFalse(known.get("conclusion").asString().contains(" made the change of +8.0"));
    List<String> before = Files.readAllLines(stateFile());

    CommandLineFixture.Ended more = bisect(question, "1000");
    assertEquals(ExitCode.DONE, more.exitCode(), more.toString());
    JsonNode found = JsonMapper.shared().readTree(more.out());
    assertEquals(culprit, found.at("/suspects/0").asString(), more.out());
    assertEquals(1, found.get("suspects").size(), more.out());
    assertTrue(found.at("/chances/0").asDouble() >= 0.95, more.out());
    List<String> after = Files.readAllLines(stateFile());
    assertEquals(before, after.subList(0, before.size()), "what is there is not measured again");
    assertTrue(after.size() > before.size());
    assertNoTreeIsLeft();
  }

  private CommandLineFixture.Ended bisect(String[] question, String pairs) {
    return nightjar.run(
        Stream.concat(Stream.of(question), Stream.of(pairs)).toArray(String[]::new));
  }

  private Path stateFile() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve(".local/share/nightjar/bisect"))) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void bisectOfEqualEndsHasNoVerdict() throws Exception {
    commit("100", true);
    commit("100", true);
    CommandLineFixture.Ended ended = nightjar.run("bisect", "--good", "HEAD~2", "--pairs", "16");
    assertEquals(ExitCode.NO_VERDICT, ended.exitCode(), ended.toString());
    assertTrue(ended.out().contains("good and bad do not differ"), ended.out());
  }
}
