package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher's own ends, in an unpacked distribution whose Java is a script: what fails before
 * Nightjar runs is 4, and what Nightjar ends with is passed on.
 */
class LauncherTest {
  private static final Path SOURCES = Path.of("..", "..").toAbsolutePath().normalize();

  @TempDir Path folder;
  private Path jdk;

  @BeforeEach
  void unpack() throws IOException {
    Path lib = Files.createDirectories(folder.resolve("app/lib"));
    Files.createFile(lib.resolve("nightjar-cli-1.jar"));
    Files.createDirectories(folder.resolve("app/ci"));
    for (String script : List.of("nightjar", "ci/find-jdk")) {
      Files.copy(SOURCES.resolve(script), folder.resolve("app").resolve(script));
      assertTrue(folder.resolve("app").resolve(script).toFile().setExecutable(true));
    }
    jdk = Files.createDirectories(folder.resolve("jdk/bin")).getParent();
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
    script("javac", "exit 0");
    java("exit 0", "echo ran");
  }

  /** What Java does when it is only asked whether it starts, and what when it runs Nightjar. */
  private void java(String asked, String running) throws IOException {
    script("java", "case \" $* \" in *' -version '*) " + asked + " ;; *) " + running + " ;; esac");
  }

  private void script(String name, String text) throws IOException {
    Path file = jdk.resolve("bin").resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    assertTrue(file.toFile().setExecutable(true));
  }

  private record Ended(int exitCode, String said) {}

  private Ended launch(String shell, String before, String... args) throws Exception {
    String line = before + " exec " + shell + " app/nightjar \"$@\"";
    List<String> command = new ArrayList<>(List.of(shell, "-c", line, "launch"));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.contains("JAVA") || name.equals("HOME"));
    builder.environment().put("JAVA_HOME", jdk.toString());
    Path said = folder.resolve("said");
    Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return new Ended(process.exitValue(), Files.readString(said));
  }

  @Test
  void whatNightjarStartsFindsTheCallersJava() throws Exception {
    java("exit 0", "echo \"JAVA_HOME=${JAVA_HOME:-none}\"");
    assertEquals("JAVA_HOME=" + jdk + "\n", launch("sh", "", "query").said());
    String own = "JAVA_HOME=/of/the/caller NIGHTJAR_JAVA_HOME=" + jdk;
    assertEquals("JAVA_HOME=/of/the/caller\n", launch("sh", own, "query").said());
    String none = "unset JAVA_HOME; NIGHTJAR_JAVA_HOME=" + jdk;
    assertEquals("JAVA_HOME=none\n", launch("sh", none, "query").said());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 70, 130, 143})
  void whatNightjarEndsWithIsPassedOn(int code) throws Exception {
    java("exit 0", "exit " + code);
    assertEquals(code, launch("sh", "", "gate").exitCode());
  }

  @ParameterizedTest
  @CsvSource({"gate,", "--help,NIGHTJAR_JAVA_OPTS=-XX:+Wrong", "query,JAVA_TOOL_OPTIONS=-Xmx1"})
  void aJavaThatDoesNotStartIsTheEnvironment(String command, String setting) throws Exception {
    java("echo Unrecognized VM option; exit 1", "exit 1");
    Ended ended = launch("sh", setting == null ? "" : "export " + setting + ";", command);
    assertEquals(ExitCode.ENVIRONMENT, ended.exitCode(), ended.said());
    assertTrue(ended.said().contains("Unrecognized VM option"), ended.said());
    assertTrue(ended.said().contains("NIGHTJAR_JAVA_OPTS"), ended.said());
  }

  @Test
  void theUsersOptionsComeAfterNightjarsOwn() throws Exception {
    java("exit 0", "echo \"$*\"");
    String said = launch("sh", "export NIGHTJAR_JAVA_OPTS=-Xmx2g;", "run").said();
    assertTrue(said.contains("-Xmx2g") && said.indexOf("-Xmx1g") < said.indexOf("-Xmx2g"), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash"})
  void tooFewFilesAreSaidAsSuch(String shell) throws Exception {
    Ended ended = launch(shell, "ulimit -n 64;", "config");
    assertEquals(ExitCode.ENVIRONMENT, ended.exitCode(), ended.said());
    assertTrue(ended.said().contains("64 files"), ended.said());
    assertTrue(ended.said().contains("ulimit -n"), ended.said());
  }

  @Test
  void aBuildThatIsGoneIsTheEnvironment() throws Exception {
    Files.delete(folder.resolve("app/lib/nightjar-cli-1.jar"));
    Ended ended = launch("sh", "", "--help");
    assertEquals(ExitCode.ENVIRONMENT, ended.exitCode(), ended.said());
    assertTrue(ended.said().contains("nightjar-cli"), ended.said());
  }

  @Test
  void aToolThatFailsOnTheWayIsTheEnvironment() throws Exception {
    Files.delete(folder.resolve("app/ci/find-jdk"));
    Ended ended = launch("sh", "", "config");
    assertEquals(ExitCode.ENVIRONMENT, ended.exitCode(), ended.said());
  }
}
