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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every verdict and every exit code of {@code nightjar gate}, by a process of its own as a CI
 * server starts it: what counts is what the process ended with and printed.
 */
class VerdictProcessTest {
  private static final Instant FIRST = Instant.parse("2026-10-01T02:00:00Z");
  private static final int NIGHTS = 12;

  @TempDir Path folder;

  private final SplittableRandom random = new SplittableRandom(43);
  private Path project;
  private Path home;
  private int night;

  @BeforeEach
  void makeAProjectWithAHistory() throws Exception {
    project = Files.createDirectories(folder.resolve("project"));
    home = folder.resolve("home");
    GitFixture.git(project, "init", "-q", "-b", "main", ".");
    CommandLineFixture nightjar = new CommandLineFixture(home, project);
    for (int i = 0; i < NIGHTS; i++) {
      commit();
      measure(Map.of("parse", 1.0, "print", 2.0, "scan", 3.0, "send", 4.0), List.of());
      CommandLineFixture.Ended ended =
          nightjar.run("gate", "--results", "bench.json", "--history", "results");
      assertEquals(ExitCode.DONE, ended.exitCode(), ended.toString());
    }
    commit();
  }

  private void commit() throws Exception {
    GitFixture.git(project, "commit", "-q", "--allow-empty", "-m", "change " + night);
  }

  /** What Google Benchmark would write: repetitions about a level, and benchmarks that failed. */
  private void measure(Map<String, Double> levels, List<String> failing) throws IOException {
    List<String> records = new ArrayList<>();
    new TreeMap<>(levels)
        .forEach((name, level) -> {
          double ofRun = level * (1 + 0.002 * random.nextGaussian());
          for (int i = 0; i < 10; i++) {
            records.add(
                String.format(
                    Locale.ROOT,
                    "{\"name\": \"%s\", \"run_name\": \"%s\", \"run_type\": \"iteration\","
                        + " \"repetition_index\": %d, \"real_time\": %.9f, \"time_unit\": \"us\"}",
                    name,
                    name,
                    i,
                    ofRun * (1 + 0.002 * random.nextGaussian())));
          }
        });
    for (String name : failing) {
      records.add(
          "{\"name\": \"%s\", \"run_name\": \"%s\", \"error_occurred\": true, \"error_message\": \"no device\"}"
              .formatted(name, name));
    }
    Path file = project.resolve("bench.json");
    Files.writeString(
        file, "{\"context\": {}, \"benchmarks\": [\n" + String.join(",\n", records) + "\n]}\n");
    Files.setLastModifiedTime(file, FileTime.from(FIRST.plusSeconds(86_400L * night++)));
  }

  private NightjarProcess.Ended gate(String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("gate", "--results", "bench.json", "--history", "results"));
    arguments.addAll(List.of(more));
    return NightjarProcess.run(home, project, arguments.toArray(String[]::new));
  }

  private static Map<String, String> kinds(NightjarProcess.Ended ended) {
    Map<String, String> kinds = new TreeMap<>();
    for (JsonNode verdict : JsonMapper.shared().readTree(ended.out()).get("verdicts")) {
      if (verdict.get("metric").asString().equals("time")) {
        kinds.put(verdict.get("benchmark").asString(), verdict.get("verdict").asString());
      }
    }
    return kinds;
  }

  @Test
  void passedImprovedAndNewAreZero() throws Exception {
    measure(Map.of("parse", 1.0, "print", 1.6, "scan", 3.0, "send", 4.0, "fresh", 1.0), List.of());
    NightjarProcess.Ended ended = gate("--json");
    assertEquals(ExitCode.DONE, ended.exitCode(), ended.err());
    assertEquals(
        Map.of(
            "parse", "pass", "print", "improved", "scan", "pass", "send", "pass", "fresh", "new"),
        kinds(ended));
  }

  @Test
  void regressedOrFailedIsOneWhateverElseIsMissing() throws Exception {
    measure(Map.of("parse", 1.2, "print", 2.0, "scan", 3.0), List.of());
    NightjarProcess.Ended slower = gate("--json");
    assertEquals(ExitCode.FINDINGS, slower.exitCode(), slower.err());
    assertEquals("regressed", kinds(slower).get("parse"));
    assertEquals("missing", kinds(slower).get("send"));

    measure(Map.of("parse", 1.0, "print", 2.0, "scan", 3.0), List.of("send"));
    NightjarProcess.Ended failed = gate("--json", "--junit", "gate.xml");
    assertEquals(ExitCode.FINDINGS, failed.exitCode(), failed.err());
    assertEquals(
        Map.of("parse", "pass", "print", "pass", "scan", "pass", "send", "failed"), kinds(failed));
    assertTrue(failed.out().contains("no device"), failed.out());
    assertTrue(Files.readString(project.resolve("gate.xml")).contains("message=\"failed: "));

    measure(Map.of(), List.of("send"));
    assertEquals(ExitCode.FINDINGS, gate().exitCode(), "a file with nothing but failures");
  }

  @Test
  void missingIsThreeAndInconclusiveWhereThePolicySaysSo() throws Exception {
    measure(Map.of("parse", 1.0, "print", 2.0, "scan", 3.0), List.of());
    NightjarProcess.Ended missing = gate("--json");
    assertEquals(ExitCode.NO_VERDICT, missing.exitCode(), missing.err());
    assertEquals("missing", kinds(missing).get("send"));

    Files.writeString(project.resolve("nightjar.yaml"), "gate: { on_inconclusive: fail }\n");
    measure(Map.of("parse", 1.0, "print", 2.0, "scan", 3.0, "send", 4.0), List.of());
    // Too few earlier runs to say anything of a change that small.
    Path few = Files.createDirectories(project.resolve("few"));
    try (var runs = Files.list(project.resolve("results"))) {
      Path one = runs.sorted().findFirst().orElseThrow();
      Files.copy(one, few.resolve(one.getFileName()));
    }
    NightjarProcess.Ended undecided =
        NightjarProcess.run(
            home, project, "gate", "--results", "bench.json", "--history", "few", "--json");
    assertEquals(ExitCode.NO_VERDICT, undecided.exitCode(), undecided.err());
    assertTrue(kinds(undecided).containsValue("inconclusive"), undecided.out());
  }

  @Test
  void mistakesAreTwoAndAFailedEnvironmentIsFour() throws Exception {
    NightjarProcess.Ended absent =
        NightjarProcess.run(home, project, "gate", "--results", "none.json");
    assertEquals(ExitCode.USAGE, absent.exitCode());
    assertTrue(absent.err().contains("none.json"), absent.err());
    measure(Map.of("parse", 1.0), List.of());
    Files.writeString(project.resolve("in-the-way"), "");
    NightjarProcess.Ended unwritable = gate("--sarif", "in-the-way/gate.sarif");
    assertEquals(ExitCode.ENVIRONMENT, unwritable.exitCode());
    assertFalse(unwritable.err().contains("\tat "), "a stack trace is no sentence");
  }
}
