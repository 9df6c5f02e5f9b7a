package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a run at random points of every step and resumes it: the run must complete with nothing
 * lost and nothing twice.
 *
 * <p>{@code -Dnightjar.kills=N} sets how many points of each step (2 by default, to stay quick),
 * {@code -Dnightjar.seed=S} repeats a failed choice of points.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillResumeIT {
  private static final int COMMITS = 3_000;
  private static final int REPETITIONS = 15;
  private static final int MOST_ATTEMPTS = 5;
  private static final List<String> STEPS = List.of("ingest", "bench", "judge", "publish");
  private static final String SETTINGS =
      """
      benchmarks:
        - name: quick
          command: "true"
          warmups: 0
          repetitions: %d
        - name: counted
          command: echo "count 42"
          warmups: 0
          repetitions: %d
          metrics: [{ name: answers, pattern: "count (\\\\d+)", direction: higher }]
      suites: []
      """
          .formatted(REPETITIONS, REPETITIONS);

  private Path folder;

  private final int kills = Integer.getInteger("nightjar.kills", 2);
  private final long seed = Long.getLong("nightjar.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<String, Long> stepMillis = new LinkedHashMap<>();
  private Path home;
  private Path pattern;
  private Stores stores;
  private long changesInGit;

  @BeforeAll
  void measureAnUndisturbedRun(@TempDir Path temporary) throws Exception {
    folder = temporary;
    System.out.println("KillResumeIT: seed " + seed + ", " + kills + " kills in each step");
    home = Files.createDirectories(folder.resolve("home"));
    pattern = GitFixture.linear(folder.resolve("pattern"), COMMITS, seed);
    Files.writeString(pattern.resolve("nightjar.yaml"), SETTINGS);
    changesInGit =
        GitFixture.git(pattern, "log", "--name-only", "--format=")
            .lines()
            .filter(line -> !line.isBlank())
            .count();
    stores = Stores.open(StoreSettings.fromEnvironment(TestHome.environment(home)));

    Path project = project("undisturbed");
    NightjarProcess.Ended ended = NightjarProcess.run(home, project, "run");
    assertEquals(ExitCode.DONE, ended.exitCode(), ended.err());
    checkWhole(project);
    for (String step : STEPS) {
      stepMillis.put(
          step,
          number(
              "select extract(epoch from finished_at - started_at) * 1000 from step where name = ?"
                  + " order by started_at desc limit 1",
              step));
    }
  }

  @AfterAll
  void stopTheStores() {
    if (stores != null) {
      stores.close();
      Stores.embedded(StoreSettings.fromEnvironment(TestHome.environment(home))).stop(true);
    }
  }

  @Test
  void resumesAfterKillWithoutLosingOrDoublingARow() throws Exception {
    List<String> points = new ArrayList<>();
    for (String step : STEPS) {
      for (int kill = 0; kill < kills; kill++) {
        points.add(killAndResume(step, kill));
      }
    }
    System.out.println("KillResumeIT: killed at " + points);
  }

  private String killAndResume(String step, int kill) throws Exception {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Path project = project(step + kill + "-" + attempt);
      long afterMillis = (long) (random.nextDouble() * stepMillis.get(step));
      String at = step + "+" + afterMillis + "ms";
      boolean wasKilled = killWithin(step, project, afterMillis);
      if (wasKilled) {
        NightjarProcess.Ended resumed = NightjarProcess.run(home, project, "run", "--resume");
        assertEquals(
            ExitCode.DONE, resumed.exitCode(), at + ", seed " + seed + ": " + resumed.err());
      }
      checkWhole(project);
      if (wasKilled) {
        return at;
      }
    }
    throw new AssertionError("every run was faster than its kill in " + step + ", seed " + seed);
  }

  /** Whether the run was killed before it completed; a quick one may win the race. */
  private boolean killWithin(String step, Path project, long afterMillis) throws Exception {
    NightjarProcess process = NightjarProcess.start(home, project, Map.of(), "run");
    if (awaitStep(project, step, process)) {
      // The one place where time itself is what is tested: a random moment within the step.
      Thread.sleep(afterMillis);
    }
    process.kill();
    return number(
            "select count(*) from run join repository using (repository_id)"
                + " where repository.location = ? and state = 'completed'",
            location(project))
        == 0;
  }

  /** A repository of its own with the same history, so that everything is new to the database. */
  private Path project(String name) throws IOException, InterruptedException {
    Path project = folder.resolve("projects").resolve(name);
    Files.createDirectories(project.getParent());
    GitFixture.git(folder, "clone", "-q", "--shared", pattern.toString(), project.toString());
    Files.copy(pattern.resolve("nightjar.yaml"), project.resolve("nightjar.yaml"));
    return project;
  }

  private boolean awaitStep(Path project, String step, NightjarProcess process) throws Exception {
    while (process.isAlive()) {
      long seen =
          number(
              "select count(*) from step join run using (run_id) join repository using (repository_id)"
                  + " where repository.location = ? and step.name = '"
                  + step
                  + "'",
              location(project));
      if (seen > 0) {
        return true;
      }
      Thread.onSpinWait();
    }
    return false;
  }

  private static String location(Path project) throws IOException {
    return project.resolve(".git").toRealPath().toString();
  }

  private void checkWhole(Path project) throws Exception {
    String location = location(project);
    String ofRepository = " join repository using (repository_id) where repository.location = ?";
    assertEquals(
        COMMITS, number("select count(*) from git_commit" + ofRepository, location), "commits");
    assertEquals(
        changesInGit,
        number("select count(*) from file_change" + ofRepository, location),
        "file changes");
    assertEquals(
        1,
        number("select count(*) from run" + ofRepository + " and state = 'completed'", location),
        "completed runs");
    assertEquals(1, number("select count(*) from run" + ofRepository, location), "runs");
    long samples =
        number("select count(*) from sample join run using (run_id)" + ofRepository, location);
    assertEquals(
        samples,
        number(
            // A repetition whose output is searched has ten thousand numbers, and takes the first.
            "select sum(whole) from (select case when max(ordinal) >= 10000"
                + " then max(ordinal) / 10000 else max(ordinal) end + 1 as whole from sample"
                + " join run using (run_id)"
                + ofRepository
                + " group by series_id) as series",
            location),
        "repetitions without a gap");
    // Half of the repetitions at most are repeated where the machine disturbed them; a benchmark
    // that is measured twice has as many again.
    assertEquals(
        2,
        number(
            "select count(*) from (select from sample join run using (run_id)"
                + ofRepository
                + " group by series_id having count(*) between %d and %d) as whole"
                    .formatted(REPETITIONS, REPETITIONS + REPETITIONS / 2),
            location),
        "series measured once, with all their repetitions");
    assertEquals(
        2,
        number("select count(*) from verdict join run using (run_id)" + ofRepository, location),
        "verdicts");
    assertEquals(
        0,
        number("select count(*) from dead_letter join run using (run_id)" + ofRepository, location),
        "dead letters");
    assertEquals(
        0,
        number(
            "select count(*) from (select from telemetry_samples where ? <> ''"
                + " group by host_id, name, attributes, read_at having count(*) > 1) as twice",
            location),
        "readings stored twice");
    String report = Files.readString(project.resolve("site/index.html"));
    assertTrue(report.stripTrailing().endsWith("</html>"), "the report is cut");
  }

  private long number(String sql, String parameter) throws SQLException {
    try (Connection connection = stores.database().dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, parameter);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }
}
