package dev.nightjar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import dev.nightjar.store.embedded.EmbeddedStores;
import dev.nightjar.store.embedded.PostgresAccess;
import dev.nightjar.store.embedded.RedisAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The CI templates, run as far as they can be without their servers: the steps that they name are
 * run in order in fresh clones, and what the server itself does (checkouts, caches, artifacts) is
 * done by {@link CiServer}. A runner has nothing but its clone and what the server gave it.
 */
class CiTemplatesIT {
  @TempDir Path folder;

  private CiServer server;
  private ForgeServer forge;

  @BeforeEach
  void makeAProject() throws Exception {
    server = new CiServer(folder);
    forge = new ForgeServer();
    server.push("main", "echo work 100");
  }

  @AfterEach
  void stopTheStores() {
    server.close();
    forge.close();
  }

  @Test
  void githubsRunnersShareAHistoryByTheCache() throws Exception {
    GithubWorkflow workflow = new GithubWorkflow(server, forge);
    CiServer.Ended first = workflow.run("push", "main");
    assertEquals(ExitCode.DONE, first.exitCode(), first.output());
    assertTrue(first.read("gate/gate.md").contains("1 new"), first.output());
    assertTrue(Files.exists(first.artifact("site/index.html")));

    server.push("main", "echo work 101");
    CiServer.Ended second = workflow.run("push", "main");
    assertEquals(ExitCode.DONE, second.exitCode(), second.output());
    assertTrue(second.read("gate/gate.md").contains("1 inconclusive"), second.output());
    assertEquals(2, CiServer.countOf(second.artifact("results")));

    server.push("topic", "echo work 120");
    CiServer.Ended change = workflow.run("pull_request", "topic");
    assertEquals(ExitCode.FINDINGS, change.exitCode(), change.output());
    assertTrue(change.summary().startsWith("### Benchmarks: regressed or failed"));
    assertTrue(change.read("gate/gate.xml").contains("failures=\"1\""));
    assertTrue(change.read("gate/gate.sarif").contains("nightjar/regressed"));
    assertTrue(change.read("gate/gate.json").contains("\"exit_code\" : 1"));
    assertEquals(2, CiServer.countOf(server.cache("nightjar-results-")), "a pull request is kept");
    JsonNode alerts = JsonMapper.shared().readTree(change.read("alerts.sarif"));
    JsonNode place = alerts.at("/runs/0/results/0/locations/0/physicalLocation");
    assertEquals("program", place.at("/artifactLocation/uri").asString());
    assertEquals(1, place.at("/region/startLine").asInt());
    assertEquals(1, forge.comments().size());
    assertTrue(forge.comments().getFirst().body().contains("### Benchmarks: regressed or failed"));
    assertFalse(change.output().contains(ForgeServer.TOKEN), change.output());

    server.push("topic", "echo work 101");
    CiServer.Ended mended = workflow.run("pull_request", "topic");
    assertEquals(ExitCode.DONE, mended.exitCode(), mended.output());
    assertEquals(1, forge.comments().size(), "the comment is edited");
    assertFalse(forge.comments().getFirst().body().contains("regressed"));
  }

  @Test
  void theActionUsesItsInputs() throws Exception {
    assertEquals(Set.of(), GithubWorkflow.strayInputs());
  }

  @Test
  void jenkinsAgentsShareAHistoryByArtifacts() throws Exception {
    try (EmbeddedStores.Use _ = anotherMachinesStores().use()) {
      // The artifacts carry the history: the database is only spared the time to start.
      server.give("NIGHTJAR_REDIS_URL", redisUrl());
      JenkinsPipeline pipeline = new JenkinsPipeline(server);
      CiServer.Ended first = pipeline.run("main");
      assertEquals("SUCCESS", pipeline.result(), first.output());
      assertTrue(first.read("gate/gate.md").contains("1 new"), first.output());

      pushUndecidable();
      CiServer.Ended second = pipeline.run("main");
      assertEquals("UNSTABLE", pipeline.result(), second.output());
      assertEquals(2, CiServer.countOf(second.artifact("results")));

      pipeline.withoutPlugins();
      server.push("topic", "echo work 120");
      CiServer.Ended change = pipeline.runForChange("topic");
      assertEquals("FAILURE", pipeline.result(), change.output());
      assertTrue(change.read("gate/gate.xml").contains("failures=\"1\""));
    }
  }

  @Test
  void gitlabsRunnersShareAHistoryByTheDatabase() throws Exception {
    EmbeddedStores stores = anotherMachinesStores();
    try (EmbeddedStores.Use _ = stores.use()) {
      server.give("NIGHTJAR_DATABASE_URL", databaseUrl(stores.postgres()));
      server.give("NIGHTJAR_REDIS_URL", redisUrl());
      GitlabJob job = new GitlabJob(server);
      CiServer.Ended first = job.run("main");
      assertEquals("success", job.status(), first.output());
      assertTrue(first.read("gate/gate.md").contains("1 new"), first.output());

      pushUndecidable();
      CiServer.Ended second = job.run("main");
      assertEquals("success with warnings", job.status(), second.output());
      assertTrue(second.read("gate/gate.md").contains("1 inconclusive"), second.output());

      server.push("topic", "echo work 150");
      CiServer.Ended change = job.runForMergeRequest("topic");
      assertEquals("success with warnings", job.status(), change.output());
      assertTrue(change.output().contains("over 2 runs"), change.output());
      assertTrue(Files.exists(change.artifact("site/index.html")));
      assertFalse(job.runsFor("topic"), "a branch is measured by its merge request alone");
    }
  }

  @Test
  void gitlabsMergeRequestsAreMeasuredInTurnsWithoutADatabase() throws Exception {
    server.give("CI_API_V4_URL", forge.address());
    server.give("NIGHTJAR_GITLAB_TOKEN", ForgeServer.TOKEN);
    GitlabJob job =
        new GitlabJob(
            server,
            Map.of("prepare", "touch prepared", "arguments", "--benchmark counted --pairs 16"));
    server.push(
        "topic",
        "test -z \"$NIGHTJAR_GITLAB_TOKEN\" && test -f $HOME/../*/prepared && echo work 150");
    CiServer.Ended change = job.runForMergeRequest("topic");
    assertEquals("failed", job.status(), change.output());
    assertEquals(1, forge.comments().size(), change.output());
    assertTrue(forge.comments().getFirst().body().startsWith("<!-- nightjar: nightjar -->"));
    JsonNode issue = JsonMapper.shared().readTree(change.read("gate/gate-quality.json")).path(0);
    assertEquals("program", issue.at("/location/path").asString());
    assertEquals("nightjar/regressed", issue.path("check_name").asString());
    assertTrue(change.output().contains("interleaved with"), change.output());
    assertTrue(change.read("gate/gate.md").startsWith("### Benchmarks: regressed or failed"));
  }

  /** A launcher that says how it was called, in place of Nightjar. */
  private void giveLauncher(String script) throws Exception {
    Path launcher = folder.resolve("launcher");
    Files.writeString(launcher, "#!/bin/sh\n" + script);
    assertTrue(launcher.toFile().setExecutable(true));
    server.give("NIGHTJAR", launcher.toString());
  }

  @Test
  void theStepHandsItsArgumentsOnAndTheBenchmarksSeeNoToken() throws Exception {
    giveLauncher(
        """
        echo "called $1 with '${GITHUB_TOKEN:-}'"
        [ "$1" = run ] || exit 4
        mkdir -p gate && echo text >gate/gate.md
        printf '%s|' "$@"
        exit 1
        """);
    String step = "\"" + CiServer.NIGHTJAR.resolve("ci/gate-step") + "\" --base 'a b'";
    Map<String, String> variables =
        Map.of("GITHUB_TOKEN", "secret", "GITHUB_BASE_REF", "main", "NIGHTJAR_MODE", "history");
    CiServer.Ended ended = server.shell(server.checkOut("main"), variables, step);
    assertEquals(ExitCode.FINDINGS, ended.exitCode(), "no comment changes the verdict");
    assertTrue(ended.output().contains("called run with ''"), ended.output());
    assertTrue(ended.output().contains("|--base|a b|--history|results|"), ended.output());
    assertTrue(ended.output().contains("called comment with 'secret'"), ended.output());
    assertTrue(ended.output().contains("there is no comment"), ended.output());
  }

  @Test
  void mistakesOfTheStepAreTwo() throws Exception {
    Path workspace = server.checkOut("main");
    String step = "\"" + CiServer.NIGHTJAR.resolve("ci/gate-step") + "\"";
    Map<String, String> no = Map.of();
    assertEquals(
        ExitCode.USAGE,
        server.shell(workspace, Map.of("NIGHTJAR_MODE", "sometimes"), step).exitCode());
    assertEquals(
        ExitCode.USAGE,
        server.shell(workspace, Map.of("NIGHTJAR_MODE", "against"), step).exitCode());
    Files.writeString(workspace.resolve("nightjar.yaml"), "gate: { baseline: never }\n");
    assertEquals(ExitCode.USAGE, server.shell(workspace, no, step).exitCode());
  }

  /** A commit that so few runs decide nothing about, and whose gate does not let that pass. */
  private void pushUndecidable() throws Exception {
    server.push("main", "echo work 101");
    server.write("main", "nightjar.yaml", CiServer.SETTINGS + "gate: { on_inconclusive: fail }\n");
  }

  private EmbeddedStores anotherMachinesStores() {
    return Stores.embedded(
        StoreSettings.fromEnvironment(TestHome.environment(server.home("stores"))));
  }

  private static String databaseUrl(PostgresAccess access) {
    return "postgresql://%s:%s@127.0.0.1:%d/nightjar"
        .formatted(PostgresAccess.OWNER, access.ownerPassword(), access.port());
  }

  private String redisUrl() {
    RedisAccess access = anotherMachinesStores().redis();
    return "redis://:%s@127.0.0.1:%d".formatted(access.password(), access.port());
  }
}
