package dev.nightjar.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Runs the job of ci/github/nightjar.yml: its commands, and what its actions would do. */
final class GithubWorkflow {
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{\\s*(.*?)\\s*}}");

  private final CiServer server;
  private final JsonNode job;
  private int runs;

  GithubWorkflow(CiServer server) throws Exception {
    this.server = server;
    Path file = CiServer.NIGHTJAR.resolve("ci/github/nightjar.yml");
    job = new YAMLMapper().readTree(Files.readString(file)).at("/jobs/nightjar");
  }

  CiServer.Ended run(String event, String branch) throws Exception {
    return new Run(event, branch).run();
  }

  /** One run of the job. */
  private final class Run {
    private final String event;
    private final String branch;
    private final String id = String.valueOf(1000 + runs++);
    private final Map<String, String> variables = new TreeMap<>();
    private final List<String> outputs = new ArrayList<>();
    private @Nullable Path workspace;
    private int exitCode;

    Run(String event, String branch) {
      this.event = event;
      this.branch = branch;
    }

    CiServer.Ended run() throws Exception {
      Path summary = Files.createTempFile("summary", ".md");
      variables.put("GITHUB_ACTIONS", "true");
      variables.put("GITHUB_EVENT_NAME", event);
      variables.put("GITHUB_BASE_REF", event.equals("pull_request") ? "main" : "");
      variables.put("GITHUB_STEP_SUMMARY", summary.toString());
      for (Map.Entry<String, JsonNode> variable : job.path("env").properties()) {
        variables.put(variable.getKey(), text(variable.getValue()));
      }
      for (JsonNode step : job.path("steps")) {
        if (isWanted(step.path("if").asString("success()"))) {
          act(step);
        }
      }
      String written = Files.readString(summary);
      Files.delete(summary);
      return new CiServer.Ended(
          exitCode, String.join("\n", outputs), server.artifacts(workspace()), written);
    }

    private Path workspace() {
      if (workspace == null) {
        throw new AssertionError("the template has not checked out yet");
      }
      return workspace;
    }

    /** The conditions that the template uses, and no others. */
    private boolean isWanted(String condition) {
      return switch (condition) {
        case "success()" -> exitCode == 0;
        case "always()" -> true;
        case "always() && github.event_name != 'pull_request'" -> !event.equals("pull_request");
        default -> throw new AssertionError("this test does not know '" + condition + "'");
      };
    }

    private String text(JsonNode node) {
      Matcher matcher = EXPRESSION.matcher(node.asString());
      return matcher.replaceAll(found ->
          Matcher.quoteReplacement(
              switch (found.group(1)) {
                case "secrets.NIGHTJAR_DATABASE_URL" -> server.given("NIGHTJAR_DATABASE_URL");
                case "vars.NIGHTJAR_REPOSITORY" -> "example/nightjar";
                case "github.run_id" -> id;
                default -> throw new AssertionError("this test does not know " + found.group());
              }));
    }

    private void act(JsonNode step) throws Exception {
      JsonNode with = step.path("with");
      switch (step.path("uses").asString("run").replaceFirst("@v[0-9]+$", "")) {
        case "run" -> {
          CiServer.Ended ended = server.shell(workspace(), variables, text(step.path("run")));
          outputs.add(ended.output());
          exitCode = ended.exitCode();
        }
        case "actions/checkout" -> checkOut(with);
        case "actions/setup-java" -> {
          if (Runtime.version().feature() != with.path("java-version").asInt()) {
            throw new AssertionError("Java " + with.path("java-version") + " is asked for");
          }
        }
        case "actions/cache/restore" -> {
          String path = text(with.path("path"));
          Path kept = server.cache(text(with.path("restore-keys")).strip());
          CiServer.copy(kept, "**", workspace().resolve(path));
        }
        case "actions/cache/save" -> {
          String path = text(with.path("path"));
          String key = text(with.path("key"));
          if (!key.endsWith(id)) {
            throw new AssertionError("a key is kept once, so it must be of this run: " + key);
          }
          Path kept = server.cache(key.substring(0, key.length() - id.length()));
          CiServer.copy(workspace().resolve(path), "**", kept);
        }
        case "actions/upload-artifact" -> {
          for (String path : text(with.path("path")).lines().toList()) {
            CiServer.copy(workspace(), path, server.artifacts(workspace()));
          }
        }
        default -> throw new AssertionError("this test does not know " + step);
      }
    }

    private void checkOut(JsonNode with) throws Exception {
      if (with.has("path")) {
        Path link = workspace().resolve(with.path("path").asString());
        Files.createSymbolicLink(link, CiServer.NIGHTJAR);
      } else {
        if (with.path("fetch-depth").asInt(1) != 0) {
          throw new AssertionError("without its history there is no merge-base");
        }
        workspace =
            event.equals("pull_request") ? server.checkOutMerged(branch) : server.checkOut(branch);
      }
    }
  }
}
