package dev.nightjar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The step that all CI templates call, run as they run it, but for their servers. */
class GateStepIT {
  private static final Path CI = Path.of("..", "..", "ci").toAbsolutePath().normalize();

  @TempDir Path folder;

  private final Map<String, String> environment = new TreeMap<>();
  private Path home;
  private Path project;

  @BeforeEach
  void makeAProject() throws Exception {
    home = Files.createDirectories(folder.resolve("home"));
    project = Files.createDirectories(folder.resolve("project"));
    Path launcher = folder.resolve("nightjar");
    Files.writeString(
        launcher,
        "#!/bin/sh\nexec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:disable --illegal-native-access=allow -cp '%s' %s \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Nightjar.class.getName()));
    assertTrue(launcher.toFile().setExecutable(true));
    environment.put("NIGHTJAR", launcher.toString());
    environment.put("HOME", home.toString());
    environment.put("CI", "true");
    GitFixture.git(project, "init", "-q", "-b", "main", ".");
    Files.writeString(project.resolve(".gitignore"), "results/\ngate/\nsite/\n");
    Files.writeString(
        project.resolve("nightjar.yaml"),
        "benchmarks: [{ name: counted, command: sh ./program, warmups: 0, repetitions: 3,"
            + " metrics: [{ name: work, pattern: 'work (\\d+)' }] }]\nsuites: []\n");
    commit("echo work 100");
  }

  @AfterEach
  void stopTheStores() {
    Stores.embedded(StoreSettings.fromEnvironment(Map.of("HOME", home.toString()))).stop(true);
  }

  private void commit(String program) throws IOException, InterruptedException {
    Files.writeString(project.resolve("program"), program + "\n");
    GitFixture.git(project, "add", ".");
    GitFixture.git(
        project, "-c", "user.name=Ada", "-c", "user.email=a@b", "commit", "-q", "-m", program);
  }

  private int step() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(CI.resolve("gate-step").toString())
            .directory(project.toFile())
            .redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name ->
            name.startsWith("XDG_")
                || name.startsWith("NIGHTJAR_")
                || name.startsWith("GITHUB_")
                || name.startsWith("CI_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    System.out.print(new String(process.getInputStream().readAllBytes(), UTF_8));
    return process.waitFor();
  }

  private String written(String name) throws IOException {
    return Files.readString(project.resolve("gate").resolve(name));
  }

  @Test
  void aPullRequestIsMeasuredInTurnsWithItsBase() throws Exception {
    GitFixture.git(project, "checkout", "-q", "-b", "topic");
    commit("echo work 120");
    Path summary = folder.resolve("summary.md");
    environment.put("GITHUB_BASE_REF", "main");
    environment.put("GITHUB_STEP_SUMMARY", summary.toString());
    assertEquals(ExitCode.FINDINGS, step());
    assertTrue(written("gate.xml").contains("failures=\"1\""));
    assertTrue(written("gate.sarif").contains("nightjar/regressed"));
    assertTrue(written("gate.json").contains("\"exit_code\" : 1"), written("gate.json"));
    assertTrue(Files.readString(summary).startsWith("### Benchmarks: regressed or failed"));
    commit("echo work 100");
    assertEquals(ExitCode.DONE, step());
  }

  @Test
  void aBranchIsComparedWithTheRunsThatTravel() throws Exception {
    assertEquals(ExitCode.DONE, step());
    assertTrue(written("gate.md").contains("1 new"), written("gate.md"));
    commit("echo work 101");
    assertEquals(ExitCode.DONE, step());
    assertTrue(written("gate.md").contains("1 inconclusive"), written("gate.md"));
    String[] runs = project.resolve("results").toFile().list();
    assertEquals(2, runs == null ? 0 : runs.length);
    assertTrue(Files.exists(project.resolve("site/index.html")));
  }

  @Test
  void mistakesAreTwo() throws Exception {
    environment.put("NIGHTJAR_MODE", "sometimes");
    assertEquals(ExitCode.USAGE, step());
    environment.put("NIGHTJAR_MODE", "against");
    assertEquals(ExitCode.USAGE, step());
    environment.put("NIGHTJAR_MODE", "history");
    Files.writeString(project.resolve("nightjar.yaml"), "gate: { baseline: never }\n");
    assertEquals(ExitCode.USAGE, step());
  }

  @Test
  void theTemplatesCallTheStepThatIsThere() throws Exception {
    for (String template :
        new String[] {"github/nightjar.yml", "gitlab/nightjar.yml", "Jenkinsfile"}) {
      assertTrue(Files.readString(CI.resolve(template)).contains("ci/gate-step"), template);
    }
  }
}
