package dev.nightjar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a CI server does for its jobs: it has a repository, gives each runner a fresh clone and a
 * fresh home, and keeps caches and artifacts between them.
 */
final class CiServer implements AutoCloseable {
  /** This checkout of Nightjar. */
  static final Path NIGHTJAR = Path.of("..", "..").toAbsolutePath().normalize();

  static final String SETTINGS =
      """
      benchmarks:
        - name: counted
          command: sh ./program
          warmups: 0
          repetitions: 3
          metrics: [{ name: work, pattern: 'work (\\d+)' }]
      suites: []
      """;

  private final Path folder;
  private final Path origin;
  private final Map<String, String> given = new TreeMap<>();
  private final List<Path> homes = new ArrayList<>();
  private int runners;

  CiServer(Path folder) throws Exception {
    this.folder = folder;
    origin = Files.createDirectories(folder.resolve("origin"));
    GitFixture.git(origin, "init", "-q", "-b", "main", ".");
    Files.writeString(origin.resolve(".gitignore"), "results/\ngate/\nsite/\n.nightjar\n");
    Files.writeString(origin.resolve("nightjar.yaml"), SETTINGS);
    Path launcher = folder.resolve("nightjar");
    Files.writeString(
        launcher,
        "#!/bin/sh\nexec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:disable --illegal-native-access=allow -cp '%s' %s \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Nightjar.class.getName()));
    if (!launcher.toFile().setExecutable(true)) {
      throw new IOException(launcher + " cannot be made executable");
    }
    given.put("NIGHTJAR", launcher.toString());
    given.put("CI", "true");
  }

  /**
   * What a job came to.
   *
   * @param output of all of its commands
   * @param artifacts the folder in which the server keeps those of the job
   * @param summary what the job wrote for people
   */
  record Ended(int exitCode, String output, Path artifacts, String summary) {
    Path artifact(String path) {
      return artifacts.resolve(path);
    }

    String read(String path) throws IOException {
      return Files.readString(artifact(path));
    }
  }

  /** Sets a variable for all jobs, as a secret of the project. */
  void give(String variable, String value) {
    given.put(variable, value);
  }

  String given(String variable) {
    return given.getOrDefault(variable, "");
  }

  /** A commit on a branch, which is made from main if it is new. */
  void push(String branch, String program) throws Exception {
    write(branch, "program", program + "\n");
  }

  void write(String branch, String file, String text) throws Exception {
    if (Files.exists(origin.resolve(".git/refs/heads/main"))) {
      String from = Files.exists(origin.resolve(".git/refs/heads/" + branch)) ? branch : "main";
      GitFixture.git(origin, "checkout", "-q", "-B", branch, from);
    }
    Files.writeString(origin.resolve(file), text);
    GitFixture.git(origin, "add", ".");
    GitFixture.git(origin, "commit", "-q", "-m", text.strip());
  }

  /** A fresh clone in which a branch's commit is checked out, as on a new runner. */
  Path checkOut(String branch) throws Exception {
    Path workspace = folder.resolve("runner" + runners++);
    GitFixture.git(folder, "clone", "-q", "--no-checkout", origin.toString(), workspace.toString());
    GitFixture.git(workspace, "checkout", "-q", "--detach", "origin/" + branch);
    return workspace;
  }

  /** A fresh clone with what a branch would be after its merge into main. */
  Path checkOutMerged(String branch) throws Exception {
    Path workspace = checkOut("main");
    GitFixture.git(workspace, "merge", "-q", "--no-ff", "-m", "merge", "origin/" + branch);
    return workspace;
  }

  Path home(String name) {
    try {
      Path home = Files.createDirectories(folder.resolve("home-" + name));
      if (!homes.contains(home)) {
        homes.add(home);
      }
      return home;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Runs a script in a workspace, with the home of that runner. */
  Ended shell(Path workspace, Map<String, String> variables, String script)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-e", "-c", script)
            .directory(workspace.toFile())
            .redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(XDG|NIGHTJAR|GITHUB|CI|CHANGE|JENKINS)_.*"));
    builder
        .environment()
        .putAll(TestHome.environment(home(String.valueOf(workspace.getFileName()))));
    builder.environment().putAll(given);
    builder.environment().putAll(variables);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), output, folder.resolve("none"), "");
  }

  /** Where something is kept between jobs. */
  Path cache(String key) {
    return folder.resolve("cache").resolve(key);
  }

  /** Where the artifacts of a workspace's job are kept. */
  Path artifacts(Path workspace) {
    return folder.resolve("artifacts").resolve(String.valueOf(workspace.getFileName()));
  }

  /** Copies what matches in a folder, and all below; nothing is fine. */
  static void copy(Path from, String pattern, Path to) throws IOException {
    String glob = pattern.endsWith("/") ? pattern + "**" : pattern;
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    try (Stream<Path> files = Files.exists(from) ? Files.walk(from) : Stream.empty()) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path relative = from.relativize(file);
        if (matcher.matches(relative)) {
          Path target = to.resolve(relative);
          Files.createDirectories(target.getParent());
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  /** How many files a folder has. */
  static int countOf(Path folder) {
    String[] names = folder.toFile().list();
    return names == null ? 0 : names.length;
  }

  @Override
  public void close() {
    for (Path home : homes) {
      Stores.embedded(StoreSettings.fromEnvironment(TestHome.environment(home))).stop(true);
    }
  }
}
