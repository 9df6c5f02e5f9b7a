package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.model.DeadLetter;
import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.model.telemetry.TelemetryMetric;
import dev.nightjar.store.Database;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import dev.nightjar.store.telemetry.TelemetryText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code nightjar db dead-letters}: letters are listed, and replayed where that is possible. */
class DeadLetterListIT {
  private static final TelemetryBatch READINGS =
      new TelemetryBatch(
          new TelemetryMetric("nightjar.test", "", "1"),
          new long[] {1_790_000_000_000L, 1_790_000_000_100L},
          new double[] {17, 18.5});

  @TempDir Path folder;

  private Path home;
  private CommandLineFixture nightjar;

  @BeforeEach
  void makeAProject() throws Exception {
    home = Files.createDirectories(folder.resolve("home"));
    Path project = GitFixture.linear(folder.resolve("project"), 3, 7);
    nightjar = new CommandLineFixture(home, project);
    assertEquals(ExitCode.DONE, nightjar.run("ingest").exitCode());
  }

  private StoreSettings settings() {
    return StoreSettings.fromEnvironment(TestHome.environment(home));
  }

  @AfterEach
  void stopTheStores() {
    Stores.embedded(settings()).stop(true);
  }

  @Test
  void lettersAreListedAndWhatTheyHoldIsTakenIn() {
    CommandLineFixture.Ended none = nightjar.run("db", "dead-letters");
    assertEquals(ExitCode.DONE, none.exitCode(), none.toString());
    assertTrue(none.out().contains("There are no dead letters."), none.out());

    try (Stores stores = Stores.open(settings())) {
      write(stores.database());
    }
    CommandLineFixture.Ended listed = nightjar.run("db", "dead-letters", "--json");
    JsonNode letters = JsonMapper.shared().readTree(listed.out());
    assertEquals(3, letters.size(), listed.out());
    assertEquals("telemetry", letters.get(0).get("route").asString());
    assertEquals("project", letters.get(2).get("repository").asString());
    assertEquals("abc", letters.get(2).get("subject").asString());
    CommandLineFixture.Ended table = nightjar.run("db", "dead-letters");
    assertTrue(table.out().contains("git: abc"), table.out());

    CommandLineFixture.Ended replayed = nightjar.run("db", "dead-letters", "--replay");
    assertEquals(ExitCode.ENVIRONMENT, replayed.exitCode(), replayed.toString());
    assertTrue(replayed.out().contains("2 letters replayed, 1 left"), replayed.out());
    assertTrue(replayed.out().contains("holds no readings, only their number"), replayed.out());
    assertEquals("2", only("select count(*) from telemetry_samples where name = 'nightjar.test'"));
    assertEquals("2", only("select count(*) from run_history where pipeline = 'ingest'"));
  }

  private static void write(Database database) {
    UUID run =
        database.read(
            "looking for the run",
            connection -> {
              try (var statement = connection.createStatement();
                  var row = statement.executeQuery("select run_id from run")) {
                row.next();
                return row.getObject(1, UUID.class);
              }
            });
    long machine =
        database
            .machines()
            .seen(
                database.runs().host(HostPlatform.current().host()),
                HostPlatform.current().machine());
    String readings = TelemetryText.write(machine, List.of(READINGS));
    database.deadLetters().put(run, new DeadLetter("telemetry", "1 metrics", readings, "refused"));
    database
        .deadLetters()
        .put(run, new DeadLetter("telemetry", "9 metrics", "9 metrics", "refused"));
    database.deadLetters().put(run, new DeadLetter("git", "abc", "abc", "unreadable"));
  }

  private String only(String sql) {
    try (Stores stores = Stores.open(settings())) {
      return String.valueOf(
          stores
              .database()
              .queries()
              .run(sql, Duration.ofSeconds(10), 10)
              .rows()
              .getFirst()
              .getFirst());
    }
  }
}
