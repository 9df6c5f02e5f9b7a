package dev.nightjar.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Runs the job of ci/github/nightjar.yml and the action that it uses: their commands, and what the
 * actions of others would do.
 */
final class GithubWorkflow {
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{\\s*(.*?)\\s*}}");
  private static final Pattern INPUT = Pattern.compile("inputs\\.([a-z-]+)");
  private static final Set<String> KEYS_OF_A_STEP =
      Set.of(
          "name",
          "id",
          "if",
          "uses",
          "run",
          "shell",
          "env",
          "with",
          "working-directory",
          "continue-on-error");

  private final CiServer server;
  private final ForgeServer forge;
  private final JsonNode job;
  private final JsonNode action;
  private int runs;

  GithubWorkflow(CiServer server, ForgeServer forge) throws Exception {
    this.server = server;
    this.forge = forge;
    job = yaml("ci/github/nightjar.yml").at("/jobs/nightjar");
    action = yaml("ci/github/action.yml");
  }

  private static JsonNode yaml(String file) throws Exception {
    return new YAMLMapper().readTree(Files.readString(CiServer.NIGHTJAR.resolve(file)));
  }

  CiServer.Ended run(String event, String branch) throws Exception {
    return new Run(event, branch).run();
  }

  /** The inputs that the action names and does not have, or has and does not use. */
  static Set<String> strayInputs() throws Exception {
    Set<String> named = new TreeSet<>();
    Matcher matcher =
        INPUT.matcher(Files.readString(CiServer.NIGHTJAR.resolve("ci/github/action.yml")));
    while (matcher.find()) {
      named.add(matcher.group(1));
    }
    Set<String> stray = new TreeSet<>(named);
    yaml("ci/github/action.yml")
        .path("inputs")
        .properties()
        .forEach(input -> {
          if (!named.contains(input.getKey()) || !input.getValue().has("description")) {
            stray.add(input.getKey());
          }
          stray.remove(input.getKey());
        });
    return stray;
  }

  /** One run of the job. */
  private final class Run {
    private final String event;
    private final String branch;
    private final String id = String.valueOf(1000 + runs++);
    private final Map<String, String> variables = new TreeMap<>();
    private final Map<String, String> inputs = new TreeMap<>();
    private final List<String> outputs = new ArrayList<>();
    private @Nullable Path workspace;
    private int exitCode;

    Run(String event, String branch) {
      this.event = event;
      this.branch = branch;
    }

    private boolean isPullRequest() {
      return event.equals("pull_request");
    }

    CiServer.Ended run() throws Exception {
      Path summary = Files.createTempFile("summary", ".md");
      variables.put("GITHUB_ACTIONS", "true");
      variables.put("GITHUB_API_URL", forge.address());
      variables.put("GITHUB_SERVER_URL", "https://git.example");
      variables.put("GITHUB_REPOSITORY", "o/r");
      variables.put("GITHUB_RUN_ID", id);
      variables.put("GITHUB_EVENT_NAME", event);
      variables.put("GITHUB_BASE_REF", isPullRequest() ? "main" : "");
      variables.put("GITHUB_REF", isPullRequest() ? "refs/pull/7/merge" : "refs/heads/" + branch);
      variables.put("GITHUB_STEP_SUMMARY", summary.toString());
      List<Path> files = new ArrayList<>();
      for (String file : List.of("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH")) {
        files.add(Files.createTempFile(file, ".txt"));
        variables.put(file, files.getLast().toString());
      }
      variables.put("JAVA_HOME", "/the/own/java");
      actAll(job.path("steps"));
      if (!told("GITHUB_ENV").equals(List.of("JAVA_HOME=/the/own/java"))) {
        throw new AssertionError("the job loses its own Java: " + told("GITHUB_ENV"));
      }
      for (Path file : files) {
        Files.delete(file);
      }
      String written = Files.readString(summary);
      Files.delete(summary);
      return new CiServer.Ended(
          exitCode, String.join("\n", outputs), server.artifacts(workspace()), written);
    }

    private void actAll(JsonNode steps) throws Exception {
      for (JsonNode step : steps) {
        step.propertyNames().stream()
            .filter(key -> !KEYS_OF_A_STEP.contains(key))
            .forEach(key -> {
              throw new AssertionError("a step has no " + key);
            });
        if (isWanted(step.path("if").asString("success()"))) {
          int before = exitCode;
          act(step);
          exitCode = step.path("continue-on-error").asBoolean(false) ? before : exitCode;
        }
      }
    }

    private Path workspace() {
      if (workspace == null) {
        throw new AssertionError("the template has not checked out yet");
      }
      return workspace;
    }

    /** All of the conditions that the templates use, and no others. */
    private boolean isWanted(String condition) {
      boolean isWanted = condition.contains("always()") || exitCode == 0;
      for (String part : condition.split(" && ")) {
        isWanted &=
            switch (part) {
              case "success()", "always()" -> true;
              case "github.event_name != 'pull_request'" -> !isPullRequest();
              case "github.base_ref != ''" -> isPullRequest();
              case "inputs.prepare != ''" -> !inputs.getOrDefault("prepare", "").isEmpty();
              case "inputs.token != ''" -> !inputs.getOrDefault("token", "").isEmpty();
              case "inputs.sarif == 'true'" -> inputs.getOrDefault("sarif", "").equals("true");
              case "hashFiles(format('{0}/gate/gate.sarif', inputs.folder)) != ''" ->
                  Files.exists(folder().resolve("gate/gate.sarif"));
              case "hashFiles(format('{0}/gate/gate.md', inputs.folder)) != ''" ->
                  Files.exists(folder().resolve("gate/gate.md"));
              default -> throw new AssertionError("this test does not know '" + part + "'");
            };
      }
      return isWanted;
    }

    private Path folder() {
      return workspace().resolve(inputs.getOrDefault("folder", ".")).normalize();
    }

    private String text(JsonNode node) {
      Matcher matcher = EXPRESSION.matcher(node.asString());
      return matcher.replaceAll(found -> Matcher.quoteReplacement(value(found.group(1))));
    }

    private String value(String expression) {
      if (expression.startsWith("inputs.")) {
        String value = inputs.get(expression.substring("inputs.".length()));
        if (value == null) {
          throw new AssertionError("the action has no input '" + expression + "'");
        }
        return value;
      }
      return switch (expression) {
        case "secrets.NIGHTJAR_DATABASE_URL" -> server.given("NIGHTJAR_DATABASE_URL");
        case "vars.NIGHTJAR_REPOSITORY" -> "example/nightjar";
        case "github.run_id" -> id;
        case "github.action_ref" -> "";
        case "github.token" -> ForgeServer.TOKEN;
        case "runner.os" -> "Linux";
        case "steps.own.outputs.home", "steps.own.outputs.bin" ->
            output(expression.substring("steps.own.outputs.".length()));
        case "steps.java.outputs.path" -> System.getProperty("java.home");
        default -> throw new AssertionError("this test does not know '" + expression + "'");
      };
    }

    /** What a step said last by this name. */
    private String output(String name) {
      return told("GITHUB_OUTPUT").stream()
          .filter(line -> line.startsWith(name + "="))
          .map(line -> line.substring(name.length() + 1))
          .reduce((_, last) -> last)
          .orElseThrow(() -> new AssertionError("no step says '" + name + "'"));
    }

    /** The lines that commands have added to one of the server's files. */
    private List<String> told(String file) {
      try {
        return Files.readAllLines(Path.of(variables.getOrDefault(file, "none")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void act(JsonNode step) throws Exception {
      JsonNode with = step.path("with");
      switch (step.path("uses").asString("run").replaceFirst("@v[0-9]+$", "")) {
        case "run" -> runCommand(step);
        case "./.nightjar/ci/github" -> runAction(with);
        case "actions/checkout" -> checkOut(with);
        case "actions/setup-java" -> {
          if (Runtime.version().feature() != with.path("java-version").asInt()) {
            throw new AssertionError("Java " + with.path("java-version") + " is asked for");
          }
        }
        case "actions/cache" -> {} // Maven's downloads: this runner has them
        case "actions/cache/restore" -> {
          Path kept = server.cache(text(with.path("restore-keys")).strip());
          CiServer.copy(kept, "**", path(with));
        }
        case "actions/cache/save" -> {
          String key = text(with.path("key"));
          if (!key.endsWith(id)) {
            throw new AssertionError("a key is kept once, so it must be of this run: " + key);
          }
          Path kept = server.cache(key.substring(0, key.length() - id.length()));
          CiServer.copy(path(with), "**", kept);
        }
        case "github/codeql-action/upload-sarif" -> {
          Path kept = server.artifacts(workspace()).resolve("alerts.sarif");
          Files.createDirectories(kept.getParent());
          Files.copy(workspace().resolve(text(with.path("sarif_file"))).normalize(), kept);
        }
        case "actions/upload-artifact" -> {
          for (String path : text(with.path("path")).lines().toList()) {
            CiServer.copy(
                workspace(), path.replaceFirst("^\\./", ""), server.artifacts(workspace()));
          }
        }
        default -> throw new AssertionError("this test does not know " + step);
      }
    }

    private Path path(JsonNode with) {
      return workspace().resolve(text(with.path("path"))).normalize();
    }

    private void runCommand(JsonNode step) throws Exception {
      if (!step.path("shell").asString("").equals("bash")) {
        throw new AssertionError("an action's command needs its shell: " + step);
      }
      Map<String, String> all = new TreeMap<>(variables);
      all.put("GITHUB_ACTION_PATH", CiServer.NIGHTJAR.resolve("ci/github").toString());
      for (Map.Entry<String, JsonNode> variable : step.path("env").properties()) {
        all.put(variable.getKey(), text(variable.getValue()));
      }
      CiServer.Ended ended = server.shell(folder(), all, text(step.path("run")));
      outputs.add(ended.output());
      exitCode = ended.exitCode();
    }

    private void runAction(JsonNode with) throws Exception {
      action
          .path("inputs")
          .properties()
          .forEach(input -> inputs.put(input.getKey(), text(input.getValue().path("default"))));
      for (Map.Entry<String, JsonNode> given : with.properties()) {
        if (inputs.put(given.getKey(), text(given.getValue())) == null) {
          throw new AssertionError("the action has no input '" + given.getKey() + "'");
        }
      }
      actAll(action.at("/runs/steps"));
    }

    private void checkOut(JsonNode with) throws Exception {
      if (with.has("path")) {
        Path link = workspace().resolve(with.path("path").asString());
        Files.createSymbolicLink(link, CiServer.NIGHTJAR);
      } else {
        if (with.path("fetch-depth").asInt(1) != 0) {
          throw new AssertionError("without its history there is no merge-base");
        }
        workspace = isPullRequest() ? server.checkOutMerged(branch) : server.checkOut(branch);
      }
    }
  }
}
