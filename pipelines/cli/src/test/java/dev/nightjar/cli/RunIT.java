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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs, from a repository to the page that people open. */
class RunIT {
  private static final String SETTINGS =
      """
      benchmarks:
        - { name: quick, command: "true", warmups: 0, repetitions: 3 }
        - { name: foreign, command: "cp results.csv out.csv", results: out.csv, warmups: 0, repetitions: 3 }
      suites: []
      """;

  @TempDir Path folder;

  @AfterEach
  void stopTheStores() {
    Stores.embedded(StoreSettings.fromEnvironment(TestHome.environment(home()))).stop(true);
  }

  @Test
  void aSecondRunBringsInOnlyWhatIsNewAndComparesWithTheFirst() throws Exception {
    Path project = GitFixture.linear(folder.resolve("project"), 30, 7);
    prepare(project, "name,value,unit\nparse,12.5,ms\n");
    NightjarProcess.Ended first = run(project, "run");
    assertEquals(ExitCode.DONE, first.exitCode(), first.err());
    assertTrue(first.err().contains("30 new commits"), first.err());

    GitFixture.git(project, "commit", "-q", "--allow-empty", "-m", "new");
    NightjarProcess.Ended second = run(project, "run");
    assertEquals(ExitCode.DONE, second.exitCode(), second.err());
    assertTrue(second.err().contains("1 new commit"), second.err());
    assertFalse(second.out().contains("nothing to compare with yet"), second.out());
    assertTrue(first.out().contains("Not measured: "), first.out());
    assertFalse(second.out().contains("Not measured: "), second.out());
    assertTrue(second.out().contains("Not measured, as before: "), second.out());
    assertEquals("31", ask(project, "select sum(commits) from commit_activity"));
    assertEquals("2", ask(project, "select count(*) from run_history where state = 'completed'"));
    assertEquals(
        ask(project, "select count(*) from samples"),
        ask(
            project,
            "select count(*) from (select distinct run_id, series_id, ordinal from samples) as s"));

    String telemetry = data(project).get("telemetry.csv");
    NightjarProcess.Ended published = run(project, "publish");
    assertEquals(ExitCode.DONE, published.exitCode(), published.err());
    Map<String, String> before = data(project);
    assertEquals(telemetry, before.get("telemetry.csv"), "the machine is watched no longer");
    assertEquals(ExitCode.DONE, run(project, "ingest").exitCode());
    assertEquals(ExitCode.DONE, run(project, "publish").exitCode());
    assertEquals(before, data(project), "the report of a run changes with what comes later");
    String page = Files.readString(project.resolve("site/index.html"));
    assertTrue(page.contains("parse"));
  }

  @Test
  void whatAttackersWriteIsShownAsTextOnAQuietPage() throws Exception {
    Path project = HostileRepository.make(folder.resolve("hostile"));
    prepare(
        project,
        "name,value,unit\n" + HostileRepository.ATTACK.replace("\"", "\"\"") + ",12.5,ms\n");
    NightjarProcess.Ended ended = run(project, "run");
    assertEquals(ExitCode.DONE, ended.exitCode(), ended.err());
    assertFalse(ended.out().contains("\u001b"), "an escape sequence reached the terminal");

    PageInChromium page = PageInChromium.open(project.resolve("site/index.html"), folder);
    assertEquals(List.of(), page.console());
    assertFalse(page.rootElement().contains("data-owned"), page.rootElement());
    assertTrue(
        page.html().contains("&lt;script&gt;document.documentElement"), "the message is not shown");
  }

  /** The data files of the newest report, by name. */
  private static Map<String, String> data(Path project) throws IOException {
    try (Stream<Path> runs = Files.list(project.resolve("site/runs"))) {
      Path newest = runs.filter(Files::isDirectory).max(Comparator.naturalOrder()).orElseThrow();
      try (Stream<Path> files = Files.list(newest.resolve("data"))) {
        Map<String, String> texts = new TreeMap<>();
        for (Path file : files.toList()) {
          texts.put(file.getFileName().toString(), Files.readString(file));
        }
        return texts;
      }
    }
  }

  private Path home() {
    return folder.resolve("home");
  }

  private void prepare(Path project, String results) throws IOException {
    Files.writeString(project.resolve("nightjar.yaml"), SETTINGS);
    Files.writeString(project.resolve("results.csv"), results);
  }

  private NightjarProcess.Ended run(Path project, String... args)
      throws IOException, InterruptedException {
    return NightjarProcess.run(home(), project, args);
  }

  private String ask(Path project, String sql) throws IOException, InterruptedException {
    NightjarProcess.Ended answer = run(project, "query", sql, "--csv");
    assertEquals(ExitCode.DONE, answer.exitCode(), answer.err());
    return answer.out().lines().skip(1).findFirst().orElse("");
  }
}
