package dev.nightjar.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The {@code git} command in one folder, without the settings of this machine or of its user. */
public final class GitCommand {
  private final Path folder;

  public GitCommand(Path folder) {
    this.folder = folder;
  }

  /** Makes a repository with a work tree in this folder. */
  public static GitCommand init(Path folder) {
    GitCommand git = new GitCommand(folder);
    git.run("init", "-q", "-b", "main");
    git.run("config", "gc.auto", "0");
    return git;
  }

  public Path folder() {
    return folder;
  }

  /** What the command printed; a failure of it is a failure of the test. */
  public byte[] run(String... arguments) {
    return run(Map.of(), new byte[0], arguments);
  }

  /** Likewise as text without the last newline. */
  public String text(String... arguments) {
    return new String(run(arguments), StandardCharsets.UTF_8).stripTrailing();
  }

  /** Runs the command with more environment and something to read. */
  public byte[] run(Map<String, String> environment, byte[] input, String... arguments) {
    ProcessBuilder builder = command(List.of(arguments));
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      Thread writer = Thread.ofVirtual().start(() -> feed(process, input));
      byte[] output = process.getInputStream().readAllBytes();
      writer.join();
      int status = process.waitFor();
      if (status != 0) {
        throw new AssertionError(
            "git " + String.join(" ", arguments) + " in " + folder + " ended with " + status);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static void feed(Process process, byte[] input) {
    try (OutputStream out = process.getOutputStream()) {
      out.write(input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the command and hands out what it prints while it prints it. */
  public InputStream start(String... arguments) throws IOException {
    Process process = command(List.of(arguments)).start();
    process.getOutputStream().close();
    return process.getInputStream();
  }

  private ProcessBuilder command(List<String> arguments) {
    List<String> words = new ArrayList<>(List.of("git"));
    words.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_AUTHOR_NAME", "A. Author");
    environment.put("GIT_AUTHOR_EMAIL", "author@example.org");
    environment.put("GIT_COMMITTER_NAME", "C. Committer");
    environment.put("GIT_COMMITTER_EMAIL", "committer@example.org");
    environment.put("LC_ALL", "C");
    return builder;
  }
}
