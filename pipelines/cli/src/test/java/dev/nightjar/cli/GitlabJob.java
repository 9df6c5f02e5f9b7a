package dev.nightjar.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Runs the job of GitLab's component: its inputs put in, its script, and what a runner would do.
 */
final class GitlabJob {
  private static final String MERGE_REQUEST = "merge_request_event";

  private final CiServer server;
  private final JsonNode job;
  private String status = "";

  GitlabJob(CiServer server) throws Exception {
    this(server, Map.of());
  }

  /** With inputs as a project gives them; each that is used must be there, and the reverse. */
  GitlabJob(CiServer server, Map<String, String> given) throws Exception {
    this.server = server;
    Path file = CiServer.NIGHTJAR.resolve("ci/gitlab/templates/nightjar.yml");
    String[] documents = Files.readString(file).split("\n---\n", 2);
    Map<String, String> inputs = new TreeMap<>();
    new YAMLMapper()
        .readTree(documents[0])
        .at("/spec/inputs")
        .properties()
        .forEach(input -> inputs.put(input.getKey(), input.getValue().get("default").asString()));
    given.forEach((name, value) -> {
      if (inputs.put(name, value) == null) {
        throw new AssertionError("the component has no input " + name);
      }
    });
    String text = documents[1];
    for (Map.Entry<String, String> input : inputs.entrySet()) {
      String mark = "$[[ inputs." + input.getKey() + " ]]";
      if (!text.contains(mark)) {
        throw new AssertionError("the component does not use its input " + input.getKey());
      }
      // GitLab puts values into strings that are read already, so what they hold is no YAML.
      text =
          text.replaceAll(
              "(?m)^(\\s*- )" + Pattern.quote(mark) + "$", "$1'" + input.getValue() + "'");
      text = text.replace(mark, input.getValue());
    }
    if (text.contains("$[[")) {
      throw new AssertionError("an input has no default: " + text);
    }
    job = new YAMLMapper().readTree(text).path(inputs.get("name"));
  }

  CiServer.Ended run(String branch) throws Exception {
    return run(branch, pushed(branch));
  }

  CiServer.Ended runForMergeRequest(String branch) throws Exception {
    return run(
        branch,
        Map.of(
            "CI_PIPELINE_SOURCE",
            MERGE_REQUEST,
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
            "main",
            "CI_MERGE_REQUEST_IID",
            "7"));
  }

  /** What GitLab would say of the last job: success, success with warnings, failed. */
  String status() {
    return status;
  }

  /** Whether a push to a branch makes a job. */
  boolean runsFor(String branch) {
    return isWanted(pushed(branch));
  }

  private static Map<String, String> pushed(String branch) {
    return Map.of("CI_PIPELINE_SOURCE", "push", "CI_COMMIT_BRANCH", branch);
  }

  /** The rules that the template uses, and no others. */
  private boolean isWanted(Map<String, String> given) {
    for (JsonNode rule : job.path("rules")) {
      boolean holds =
          switch (rule.path("if").asString()) {
            case "$CI_PIPELINE_SOURCE == \"merge_request_event\"" ->
                MERGE_REQUEST.equals(given.get("CI_PIPELINE_SOURCE"));
            case "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH" ->
                "main".equals(given.get("CI_COMMIT_BRANCH"));
            default -> throw new AssertionError("this test does not know " + rule);
          };
      if (holds) {
        return true;
      }
    }
    return false;
  }

  private CiServer.Ended run(String branch, Map<String, String> given) throws Exception {
    if (!isWanted(given)) {
      throw new AssertionError("no rule makes a job of " + given);
    }
    Map<String, String> variables = new TreeMap<>(given);
    variables.put("CI_PROJECT_URL", "https://gitlab.example.org/group/project");
    variables.put("CI_DEFAULT_BRANCH", "main");
    variables.put("CI_PROJECT_ID", "5");
    variables.put("CI_JOB_NAME", "nightjar");
    job.path("variables")
        .properties()
        .forEach(variable -> variables.put(variable.getKey(), variable.getValue().asString()));
    if (!"0".equals(variables.get("GIT_DEPTH"))) {
      throw new AssertionError("without its history there is no merge-base");
    }
    variables.put("NIGHTJAR_HOME", CiServer.NIGHTJAR.toString()); // where this runner has it

    Path workspace = server.checkOut(branch);
    JsonNode cache = job.path("cache");
    Path kept = server.cache(cache.path("key").asString());
    CiServer.copy(kept, "**", workspace);
    StringBuilder script = new StringBuilder("set -o pipefail\n");
    job.path("script").forEach(line -> script.append(line.asString()).append('\n'));
    CiServer.Ended ended = server.shell(workspace, variables, script.toString());
    if (ended.exitCode() == 0 || cache.path("when").asString().equals("always")) {
      copyAll(cache.path("paths"), workspace, kept);
    }
    JsonNode artifacts = job.path("artifacts");
    if (ended.exitCode() == 0 || artifacts.path("when").asString().equals("always")) {
      copyAll(artifacts.path("paths"), workspace, server.artifacts(workspace));
    }
    status = status(ended.exitCode());
    return new CiServer.Ended(
        ended.exitCode(), ended.output(), server.artifacts(workspace), ended.summary());
  }

  private static void copyAll(JsonNode paths, Path from, Path to) throws Exception {
    for (JsonNode path : paths) {
      CiServer.copy(from, path.asString(), to);
    }
  }

  private String status(int exitCode) {
    for (JsonNode allowed : job.at("/allow_failure/exit_codes")) {
      if (allowed.asInt() == exitCode) {
        return "success with warnings";
      }
    }
    return exitCode == 0 ? "success" : "failed";
  }
}
