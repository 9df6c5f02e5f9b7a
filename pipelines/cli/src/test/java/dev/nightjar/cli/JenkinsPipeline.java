package dev.nightjar.cli;

import groovy.lang.Binding;
import groovy.lang.Closure;
import groovy.lang.GroovyObjectSupport;
import groovy.lang.GroovyShell;
import groovy.lang.MissingPropertyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs ci/Jenkinsfile as Groovy: its blocks in order, and the Jenkins steps that it uses. */
final class JenkinsPipeline {
  private final CiServer server;
  private boolean hasPlugins = true;
  private @Nullable Path lastBuild;
  private String result = "";

  JenkinsPipeline(CiServer server) {
    this.server = server;
  }

  /** As on a Jenkins to which no plugin was added that the pipeline could do without. */
  void withoutPlugins() {
    hasPlugins = false;
  }

  CiServer.Ended run(String branch) throws Exception {
    return run(branch, Map.of());
  }

  CiServer.Ended runForChange(String branch) throws Exception {
    return run(branch, Map.of("CHANGE_TARGET", "main"));
  }

  /** SUCCESS, UNSTABLE or FAILURE. */
  String result() {
    return result;
  }

  private CiServer.Ended run(String branch, Map<String, String> variables) throws Exception {
    result = "SUCCESS";
    Blocks blocks = new Blocks(server.checkOut(branch), variables);
    Binding binding = new Binding();
    Closure<Object> pipeline =
        new Closure<Object>(this) {
          @SuppressWarnings("unused") // Groovy finds it by its name
          Object doCall(Closure<?> body) {
            return blocks.block(body);
          }
        };
    binding.setVariable("pipeline", pipeline);
    new GroovyShell(binding)
        .evaluate(Files.readString(CiServer.NIGHTJAR.resolve("ci/Jenkinsfile")));
    lastBuild = server.artifacts(blocks.workspace);
    return new CiServer.Ended(
        blocks.status, String.join("\n", blocks.outputs), server.artifacts(blocks.workspace), "");
  }

  /** What a step throws to end its stage. */
  private static final class BuildFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BuildFailed(String message) {
      super(message);
    }
  }

  /** Everything that the blocks of the pipeline can name. */
  private final class Blocks extends GroovyObjectSupport {
    private static final Set<String> BLOCKS =
        Set.of("options", "triggers", "environment", "steps", "script", "always");
    private static final Set<String> WORDS =
        Set.of("agent", "timeout", "disableConcurrentBuilds", "cron", "lastCompleted");

    private final Path workspace;
    private final Map<String, String> variables;
    private final List<String> outputs = new ArrayList<>();
    private int status;

    Blocks(Path workspace, Map<String, String> variables) {
      this.workspace = workspace;
      this.variables = new TreeMap<>(variables);
      this.variables.put("JOB_NAME", "nightjar");
    }

    Object block(Closure<?> body) {
      body.setDelegate(this);
      body.setResolveStrategy(Closure.DELEGATE_FIRST);
      return Objects.requireNonNullElse(body.call(), "");
    }

    @Override
    public Object getProperty(String name) {
      return switch (name) {
        case "any" -> "any";
        case "env" -> variables;
        default -> throw new MissingPropertyException(name, Blocks.class);
      };
    }

    /** Only the block {@code environment} sets anything. */
    @Override
    public void setProperty(String name, Object value) {
      // The agent has Nightjar elsewhere than the template says.
      variables.put(
          name, name.equals("NIGHTJAR_HOME") ? CiServer.NIGHTJAR.toString() : value.toString());
    }

    @Override
    public @Nullable Object invokeMethod(String name, Object arguments) {
      Object[] all = (Object[]) arguments;
      if (BLOCKS.contains(name)) {
        return block((Closure<?>) all[0]);
      }
      if (WORDS.contains(name)) {
        return name;
      }
      try {
        return step(name, all);
      } catch (IOException e) {
        throw new AssertionError(name, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(name, e);
      }
    }

    private @Nullable Object step(String name, Object[] all)
        throws IOException, InterruptedException {
      switch (name) {
        case "stages" -> {
          try {
            return block((Closure<?>) all[0]);
          } catch (BuildFailed e) {
            outputs.add(String.valueOf(e.getMessage()));
            result = "FAILURE";
          }
        }
        case "stage" -> {
          return block((Closure<?>) all[1]);
        }
        case "post" -> {
          return block((Closure<?>) all[0]);
        }
        case "sh" -> {
          Map<?, ?> named = (Map<?, ?>) all[0];
          CiServer.Ended ended = server.shell(workspace, variables, "" + named.get("script"));
          outputs.add(ended.output());
          status = ended.exitCode();
          if (!Boolean.TRUE.equals(named.get("returnStatus"))) {
            throw new AssertionError("a status that is not returned ends the build at once");
          }
          return status;
        }
        case "fileExists" -> {
          return Files.exists(workspace.resolve("" + all[0]));
        }
        case "copyArtifacts" -> {
          if (!hasPlugins) {
            throw new NoSuchMethodError("No such DSL method 'copyArtifacts' found among steps");
          }
          if (lastBuild != null) {
            CiServer.copy(lastBuild, "" + ((Map<?, ?>) all[0]).get("filter"), workspace);
          }
        }
        case "sarif" -> {
          return ((Map<?, ?>) all[0]).get("pattern");
        }
        case "recordIssues" -> {
          if (!hasPlugins) {
            throw new NoSuchMethodError("No such DSL method 'recordIssues' found among steps");
          }
          Object pattern = ((Map<?, ?>) all[0]).get("tool");
          if (!Files.exists(workspace.resolve("" + pattern))) {
            throw new AssertionError("the findings that the template names are not there");
          }
        }
        case "echo" -> outputs.add("" + all[0]);
        case "unstable" -> result = "UNSTABLE";
        case "error" -> throw new BuildFailed("" + all[0]);
        case "junit" -> {
          if (!Files.exists(workspace.resolve("" + ((Map<?, ?>) all[0]).get("testResults")))) {
            throw new AssertionError("the report that the template names is not there");
          }
        }
        case "archiveArtifacts" -> {
          for (String pattern : ("" + ((Map<?, ?>) all[0]).get("artifacts")).split(", *")) {
            CiServer.copy(workspace, pattern, server.artifacts(workspace));
          }
        }
        default -> throw new AssertionError("this test does not know the step '" + name + "'");
      }
      return null;
    }
  }
}
