package dev.nightjar.git;

import dev.nightjar.model.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The git program, run so that a repository's own configuration makes it run no other: whoever made
 * the repository wrote that, and git itself would obey it. What the user's and the system's
 * configuration say holds as ever.
 */
public final class GitProgram {
  private static final long MOST_SECONDS = 600;
  private static final int OUTPUT_BYTES_MAX = 16 << 20;

  /** Where the user's configuration is; any other variable of git's is another repository's. */
  private static final Set<String> KEPT =
      Set.of("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM");

  private GitProgram() {}

  /**
   * What git said, cut where it says without end.
   *
   * @param problem what went wrong, in git's words; absent when nothing did
   */
  record Answer(@Nullable String problem, String output) {}

  /**
   * Runs git over a repository.
   *
   * @param gitFolder its git directory
   * @throws Failure.Unavailable when there is no git
   */
  static Answer run(Path gitFolder, String... arguments) {
    List<String> repository = List.of("--git-dir=" + gitFolder);
    Answer configuration = run(repository, Map.of(), "config", "--list", "--show-scope", "-z");
    if (configuration.problem() != null) {
      return configuration;
    }
    return run(repository, ConfigurationGuard.against(configuration.output()), arguments);
  }

  /**
   * The folders that the user tells git to trust although they are another's: {@code
   * safe.directory} of the user's and the system's configuration, paths or patterns.
   */
  public static List<String> safeDirectories() {
    Answer answer =
        // There is no repository in that place, whose own word for itself would count for nothing.
        run(
            List.of("--git-dir=/dev/null"),
            Map.of(),
            "config",
            "--get-all",
            "--type=path",
            "-z",
            "safe.directory");
    List<String> folders = new ArrayList<>();
    for (String folder : answer.output().split("\0")) {
      if (folder.isEmpty()) {
        folders.clear(); // an empty entry takes back those before it
      } else {
        folders.add(folder);
      }
    }
    return answer.problem() == null ? List.copyOf(folders) : List.of();
  }

  private static Answer run(
      List<String> repository, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(repository);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("GIT_") && !KEPT.contains(name));
    // Nobody is there to be asked for a password.
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return answer(process);
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "The program git cannot be started: install it, or put it on PATH.", e);
    }
  }

  private static Answer answer(Process process) {
    StringBuilder output = new StringBuilder();
    Thread reader =
        Thread.ofVirtual().start(() -> output.append(firstOf(process.getInputStream())));
    try {
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        end(process);
        return new Answer("it did not end within " + MOST_SECONDS + " s", "");
      }
      reader.join();
    } catch (InterruptedException e) {
      end(process);
      Thread.currentThread().interrupt();
      return new Answer("it was interrupted", "");
    }
    String text = output.toString();
    return new Answer(process.exitValue() == 0 ? null : text.strip(), text);
  }

  /** The beginning of what it says; the rest is read too, so that it can end. */
  private static String firstOf(InputStream in) {
    try (in) {
      String first = new String(in.readNBytes(OUTPUT_BYTES_MAX), StandardCharsets.UTF_8);
      in.skip(Long.MAX_VALUE);
      return first;
    } catch (IOException e) {
      return ""; // it was ended while it spoke
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
