package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs beside each other, each in a repository of its own, on one embedded store: what a CI host
 * does every minute.
 *
 * <p>{@code -Dnightjar.side-by-side=20} sets how many at once (6 by default, to stay quick), {@code
 * -Dnightjar.rounds=10} how often.
 */
class SideBySideIT {
  private static final int COMMITS = 40;

  private final int atOnce = Integer.getInteger("nightjar.side-by-side", 6);
  private final int rounds = Integer.getInteger("nightjar.rounds", 1);

  @TempDir Path folder;

  @AfterEach
  void stopTheStores() {
    Stores.embedded(StoreSettings.fromEnvironment(TestHome.environment(folder.resolve("home"))))
        .stop(true);
  }

  @Test
  void allOfThemComplete() throws Exception {
    for (int round = 0; round < rounds; round++) {
      long began = System.nanoTime();
      round(folder.resolve("round" + round));
      System.out.printf(
          "SideBySideIT: %d runs at once completed in %.1f s%n",
          atOnce, (System.nanoTime() - began) / 1e9);
    }
  }

  private void round(Path where) throws Exception {
    List<NightjarProcess> runs = new ArrayList<>();
    for (int i = 0; i < atOnce; i++) {
      Path project = GitFixture.linear(where.resolve("project" + i), COMMITS, i);
      Files.writeString(
          project.resolve("nightjar.yaml"),
          "suites: []\nbenchmarks: [{name: quick, command: 'true', warmups: 0, repetitions: 3}]\n");
      runs.add(NightjarProcess.start(folder.resolve("home"), project, Map.of(), "run", "--resume"));
    }
    List<String> failures = new ArrayList<>();
    for (NightjarProcess run : runs) {
      NightjarProcess.Ended ended = run.await();
      if (ended.exitCode() != ExitCode.DONE) {
        failures.add("exit " + ended.exitCode() + ": " + ended.err());
      }
    }
    assertEquals(List.of(), failures);
  }
}
