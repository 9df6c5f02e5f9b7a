package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Two homes, as two machines have them: what one has measured comes to the other whole. */
class DatabaseCopyIT {
  private static final String SETTINGS =
      """
      suites: []
      benchmarks:
        - { name: quick, command: "true", warmups: 0, repetitions: 3 }
      """;

  @TempDir Path folder;

  private Path project;
  private Path home;
  private Path otherHome;

  @BeforeEach
  void makeAProject() throws Exception {
    project = GitFixture.linear(folder.resolve("project"), 3, 7);
    Files.writeString(project.resolve("nightjar.yaml"), SETTINGS);
    home = Files.createDirectories(folder.resolve("home"));
    otherHome = Files.createDirectories(folder.resolve("other"));
  }

  @AfterEach
  void stopTheStores() {
    for (Path one : List.of(home, otherHome)) {
      Map<String, String> environment = TestHome.environment(one);
      Stores.embedded(StoreSettings.fromEnvironment(environment)).stop(true);
    }
  }

  @Test
  void whatWasMeasuredHereIsKnownThereAndAsFiles() throws Exception {
    CommandLineFixture here = new CommandLineFixture(home, project);
    CommandLineFixture there = new CommandLineFixture(otherHome, project);
    here.with("NIGHTJAR_REDIS_URL", "redis://:wrong@127.0.0.1:1");
    CommandLineFixture.Ended run = done(here.run("run"));
    assertTrue(run.err().contains("Redis at 127.0.0.1:1 does not answer"), run.toString());
    assertEquals("completed", state(project.resolve("site/summary.json")));
    done(here.run("db", "rename", "parser"));
    String history = done(here.run("query", "history", "--csv")).out();
    assertTrue(history.contains("parser"), history);

    Path all = folder.resolve("all.nightjar");
    assertTrue(
        done(here.run("db", "export", all.toString())).out().contains("exported to"), "exported");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(all)));
    assertEquals(ExitCode.USAGE, here.run("db", "export", all.toString()).exitCode());
    assertEquals(ExitCode.USAGE, here.run("db", "import", all.toString()).exitCode());
    done(there.run("db", "import", all.toString()));
    assertEquals(history, done(there.run("query", "history", "--csv")).out());

    Path files = folder.resolve("results");
    done(there.run("db", "export", "--runs", files.toString()));
    CommandLineFixture.Ended gate = there.run("gate", "--history", files.toString());
    assertTrue(gate.exitCode() == ExitCode.DONE, gate.toString());
    assertTheUrlIsWarnedOf(there);
  }

  private static void assertTheUrlIsWarnedOf(CommandLineFixture nightjar) {
    CommandLineFixture.Ended url = done(nightjar.run("db", "url", "--reader"));
    assertTrue(url.out().startsWith("postgresql://nightjar_reader:"), url.out());
    assertTrue(url.err().contains("password"), url.err());
    assertFalse(url.err().contains(url.out().strip()), url.err());
    CommandLineFixture.Ended status =
        done(
            nightjar
                .with("NIGHTJAR_DATABASE_URL", "postgresql://ada:s3cret@db.example/night")
                .run("db", "status"));
    assertTrue(status.out().contains("db.example:5432"), status.out());
    assertTrue(status.out().contains("not in use, running"), status.out());
    assertFalse(status.out().contains("s3cret"), status.out());
    assertEquals(ExitCode.USAGE, nightjar.run("db", "url").exitCode());
  }

  private static CommandLineFixture.Ended done(CommandLineFixture.Ended ended) {
    assertEquals(ExitCode.DONE, ended.exitCode(), ended.toString());
    return ended;
  }

  private static String state(Path summary) throws Exception {
    return JsonMapper.shared()
        .readTree(Files.readString(summary))
        .path("run")
        .path("state")
        .asString("");
  }
}
