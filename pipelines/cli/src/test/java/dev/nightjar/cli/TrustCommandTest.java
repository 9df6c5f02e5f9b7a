package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nightjar.cli.CommandLineFixture.Ended;
import dev.nightjar.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose settings count, from the outside. */
class TrustCommandTest {
  private static final int SOMEBODY = 12_345;
  private static final String SETTINGS = "benchmarks: [{ name: quick, command: 'echo ${HOME}' }]\n";

  @TempDir private Path folder;
  private Path repository;
  private CommandLineFixture nightjar;

  @BeforeEach
  void makeARepository() throws Exception {
    repository = Files.createDirectory(folder.toRealPath().resolve("repository"));
    GitFixture.git(repository, "init", "-q", "-b", "main", ".");
    GitFixture.git(repository, "commit", "-q", "--allow-empty", "-m", "one");
    Files.writeString(repository.resolve("nightjar.yaml"), SETTINGS);
    nightjar = new CommandLineFixture(folder.resolve("home"), repository);
  }

  /** Only root gives files away. */
  private void giveAway() throws IOException {
    assumeTrue(
        Files.getAttribute(folder, "unix:uid").equals(0), "only root can make a file another's");
    try (Stream<Path> all = Files.walk(repository)) {
      for (Path each : all.toList()) {
        Files.setAttribute(each, "unix:uid", SOMEBODY);
      }
    }
  }

  @Test
  void anothersSettingsCountOnceTheyAreTrustedAndUntilTheyChange() throws IOException {
    giveAway();

    Ended refused = nightjar.run("config");
    assertEquals(ExitCode.USAGE, refused.exitCode(), refused.toString());
    assertTrue(
        refused.err().contains("nightjar.yaml belongs to user 12345, who could"),
        refused.toString());

    assertEquals(ExitCode.DONE, nightjar.run("trust").exitCode());
    assertEquals(ExitCode.DONE, nightjar.run("config").exitCode());

    Files.writeString(repository.resolve("nightjar.yaml"), SETTINGS + "publish: elsewhere\n");
    Ended changed = nightjar.run("config");
    assertEquals(ExitCode.USAGE, changed.exitCode());
    assertTrue(changed.err().contains("has changed since you trusted it"), changed.toString());

    assertEquals(ExitCode.DONE, nightjar.run("trust").exitCode());
    assertEquals(ExitCode.DONE, nightjar.run("trust", "--forget").exitCode());
    assertEquals(ExitCode.USAGE, nightjar.run("config").exitCode());
    assertEquals(ExitCode.DONE, nightjar.with("NIGHTJAR_TRUST", "1").run("config").exitCode());
  }

  @Test
  void noVerbWorksInWhatIsNotTrusted() throws IOException {
    giveAway();
    for (String verb : new String[] {"run", "ingest", "bench", "gate", "publish", "query latest"}) {
      Ended ended = nightjar.run(verb.split(" "));
      assertEquals(ExitCode.USAGE, ended.exitCode(), verb + ended);
      assertTrue(ended.err().contains("belongs to user"), verb + ended);
    }
    assertFalse(Files.exists(folder.resolve("home/.local/share")), "a store was touched");
  }

  @Test
  void underSudoTheCallersOwnCount() throws IOException {
    giveAway();

    assertEquals(ExitCode.DONE, nightjar.with("SUDO_UID", "" + SOMEBODY).run("config").exitCode());
  }

  @Test
  void onesOwnCommandsAreToldOfOnce() {
    String told = repository + " is new here and has commands of its own run";

    Ended plan = nightjar.run("bisect", "--plan", "--good", "HEAD");
    assertFalse(plan.err().contains(told), plan.toString());
    Ended first = nightjar.run("bisect", "--good", "HEAD");
    assertTrue(first.err().contains(told), first.toString());
    assertTrue(first.err().contains(": quick."), first.toString());
    Ended second = nightjar.run("bisect", "--good", "HEAD");
    assertFalse(second.err().contains(told), second.toString());
  }

  @Test
  void onACiServerNobodyIsTold() {
    Ended ended = nightjar.with("CI", "true").run("bisect", "--good", "HEAD");

    assertFalse(ended.err().contains("is new here"), ended.toString());
    assertFalse(Files.exists(folder.resolve("home/.config")), "something was kept");
  }

  @Test
  void aFileInASharedFolderIsNotFoundFromBelow() throws IOException {
    Path shared = Files.createDirectory(folder.resolve("shared"));
    Files.writeString(shared.resolve("nightjar.yaml"), "publish: evil\n");
    Path mine = Files.createDirectory(shared.resolve("mine"));

    Ended ended = new CommandLineFixture(folder.resolve("home"), mine).run("config");

    assertFalse(ended.out().contains("evil"), ended.toString());
  }

  @Test
  void theSettingsAreShownWithoutWhatVariablesStandFor() {
    Ended ended = nightjar.with("TOKEN", "abcdefgh").with("HOME", folder + "/home").run("config");

    assertTrue(ended.out().contains("echo ${HOME}"), ended.toString());
  }
}
