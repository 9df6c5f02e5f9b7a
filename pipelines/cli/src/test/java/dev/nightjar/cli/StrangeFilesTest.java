package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.cli.CommandLineFixture.Ended;
import dev.nightjar.cli.command.ExitCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands under a name that is read or written costs a sentence, no memory and no time. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StrangeFilesTest {
  private static final String RESULT = "{\"results\": [{\"name\": \"parse\", \"values\": [1]}]}";

  @TempDir private Path folder;
  private Path repository;
  private CommandLineFixture nightjar;

  @BeforeEach
  void makeARepository() throws Exception {
    repository = Files.createDirectory(folder.resolve("repository"));
    GitFixture.git(repository, "init", "-q", "-b", "main", ".");
    GitFixture.git(repository, "commit", "-q", "--allow-empty", "-m", "one");
    nightjar = new CommandLineFixture(folder.resolve("home"), repository);
  }

  /** Makes what is strange under a name. */
  interface Strange {
    void make(Path file) throws Exception;
  }

  private static Stream<Arguments> strange() {
    Strange pipe =
        file -> assertEquals(0, new ProcessBuilder("mkfifo", file + "").start().waitFor());
    Strange endless = file -> Files.createSymbolicLink(file, Path.of("/dev/zero"));
    Strange sparse =
        file -> {
          try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(3L << 30);
          }
        };
    Strange kept = file -> Files.createDirectory(file);
    return Stream.of(
        Arguments.of("a pipe", pipe),
        Arguments.of("an endless device", endless),
        Arguments.of("a sparse file", sparse),
        Arguments.of("a folder", kept));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("strange")
  void asSettings(String name, Strange strange) throws Exception {
    strange.make(repository.resolve("nightjar.yaml"));

    refused(nightjar.run("config"), "nightjar.yaml");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("strange")
  void asAcknowledgements(String name, Strange strange) throws Exception {
    strange.make(repository.resolve("nightjar-acknowledged.yaml"));
    Path result = Files.writeString(repository.resolve("result.json"), RESULT);

    refused(
        nightjar.run(
            "gate", "--results", result.toString(), "--history", folder.resolve("runs") + ""),
        "nightjar-acknowledged.yaml");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("strange")
  void asASeries(String name, Strange strange) throws Exception {
    strange.make(repository.resolve("series.json"));

    refused(nightjar.run("changepoints", "series.json"), "series.json");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("strange")
  void inTheHistoryItIsLeftOutAndTold(String name, Strange strange) throws Exception {
    Path runs = Files.createDirectory(folder.resolve("runs"));
    strange.make(runs.resolve("2026.run.json"));
    Path result = Files.writeString(repository.resolve("result.json"), RESULT);

    Ended ended =
        nightjar.run("gate", "--results", result.toString(), "--history", runs.toString());

    assertTrue(ended.out().contains("is left out: "), ended.toString());
    assertTrue(ended.out().contains("2026.run.json"), ended.toString());
  }

  @Test
  void aLinkOutOfTheHistoryTellsNothingOfWhatItLeadsTo() throws IOException {
    Path runs = Files.createDirectory(folder.resolve("runs"));
    Path secret = Files.writeString(folder.resolve("passwd"), "verysecret:x:0:0\n");
    Files.createSymbolicLink(runs.resolve("2026.run.json"), secret);
    Files.createSymbolicLink(repository.resolve("nightjar-acknowledged.yaml"), secret);
    Path result = Files.writeString(repository.resolve("result.json"), RESULT);

    Ended ended =
        nightjar.run("gate", "--results", result.toString(), "--history", runs.toString());

    assertTrue(ended.toString().contains("leads out of"), ended.toString());
    assertFalse(ended.toString().contains("verysecret"), ended.toString());
  }

  private static void refused(Ended ended, String name) {
    assertEquals(ExitCode.USAGE, ended.exitCode(), ended.toString());
    assertTrue(ended.err().contains(name), ended.toString());
    assertEquals(1, ended.err().lines().count(), ended.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"junit", "sarif", "markdown", "json-file"})
  void verdictsGoIntoADeviceAndLeaveItOne(String option) throws IOException {
    Path result = Files.writeString(repository.resolve("result.json"), RESULT);
    String runs = folder.resolve("runs").toString();

    Ended ended =
        nightjar.run(
            "gate", "--results", result.toString(), "--history", runs, "--" + option, "/dev/null");

    assertTrue(ended.exitCode() <= ExitCode.NO_VERDICT, ended.toString());
    assertFalse(Files.isRegularFile(Path.of("/dev/null")), "it was replaced");
  }

  @Test
  void verdictsForStandardOutputStandInIt() throws IOException {
    Path result = Files.writeString(repository.resolve("result.json"), RESULT);
    String runs = folder.resolve("runs").toString();

    Ended ended =
        nightjar.run(
            "gate",
            "--results",
            result.toString(),
            "--history",
            runs,
            "--json-file",
            "/dev/stdout");

    assertTrue(ended.out().startsWith("{"), ended.toString());
    assertTrue(ended.out().contains("Judged: "), ended.toString());
    assertTrue(Files.isSymbolicLink(Path.of("/dev/stdout")), "it was replaced");
  }

  @Test
  void verdictsAndRunsGetTheRightsOfAnyFile() throws IOException {
    Path usual = Files.createFile(folder.resolve("usual"));
    Path result = Files.writeString(repository.resolve("result.json"), RESULT);
    Path runs = folder.resolve("runs");
    Path junit = folder.resolve("out/gate.xml");

    nightjar.run(
        "gate",
        "--results",
        result.toString(),
        "--history",
        runs.toString(),
        "--junit",
        junit.toString());

    try (Stream<Path> kept = Files.list(runs)) {
      Path run = kept.findFirst().orElseThrow();
      assertEquals(Files.getPosixFilePermissions(usual), Files.getPosixFilePermissions(run));
    }
    assertEquals(Files.getPosixFilePermissions(usual), Files.getPosixFilePermissions(junit));
  }
}
