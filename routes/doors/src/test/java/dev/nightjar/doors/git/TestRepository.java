package dev.nightjar.doors.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A repository made by the real git, each commit a minute after the one before. */
final class TestRepository {
  private static final long FIRST_SECOND = 1_700_000_000L;

  private final Path folder;
  private long seconds = FIRST_SECOND;
  private String author = "Ada <ada@example.org>";

  private TestRepository(Path folder) {
    this.folder = folder;
  }

  /** A new repository with a work tree and the branch main. */
  static TestRepository init(Path folder, String... options)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    TestRepository repository = new TestRepository(folder);
    List<String> command = new ArrayList<>(List.of("init", "-q", "-b", "main"));
    command.addAll(List.of(options));
    repository.git(command.toArray(String[]::new));
    return repository;
  }

  /** One that is there already. */
  static TestRepository at(Path folder) {
    return new TestRepository(folder);
  }

  Path folder() {
    return folder;
  }

  /** Who commits from now on, as {@code Name <address>}. */
  TestRepository as(String person) {
    author = person;
    return this;
  }

  /** When the next commit is made. */
  TestRepository atSecond(long second) {
    seconds = second;
    return this;
  }

  TestRepository write(String path, String content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return this;
  }

  /** Commits everything that differs and gives the commit's id. */
  String commit(String message) throws IOException, InterruptedException {
    git("add", "-A");
    git("commit", "-q", "--allow-empty", "--no-verify", "-m", message);
    return head();
  }

  /** Writes one file and commits it. */
  String commit(String path, String content) throws IOException, InterruptedException {
    return write(path, content).commit("Change " + path);
  }

  String head() throws IOException, InterruptedException {
    return git("rev-parse", "HEAD").strip();
  }

  String git(String... arguments) throws IOException, InterruptedException {
    return new String(output(new byte[0], arguments), UTF_8);
  }

  /** Runs git with this standard input and gives its standard output. */
  byte[] output(byte[] input, String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    Thread writer =
        Thread.startVirtualThread(() -> {
          try (OutputStream stream = process.getOutputStream()) {
            stream.write(input);
          } catch (IOException e) {
            // git has ended without reading it; its exit status says whether that is a failure
          }
        });
    byte[] output;
    try (InputStream stream = process.getInputStream()) {
      output = stream.readAllBytes();
    }
    writer.join();
    if (process.waitFor() != 0) {
      throw new IOException("git " + List.of(arguments) + " ended with " + process.exitValue());
    }
    return output;
  }

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("git", "-c", "protocol.file.allow=always", "-c", "gc.auto=0", "-c"));
    command.add("commit.gpgSign=false");
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    String time = "@" + seconds + " +0000";
    seconds += 60;
    String name = author.substring(0, author.indexOf('<')).strip();
    String email = author.substring(author.indexOf('<') + 1, author.length() - 1);
    var environment = builder.environment();
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_AUTHOR_NAME", name);
    environment.put("GIT_AUTHOR_EMAIL", email);
    environment.put("GIT_AUTHOR_DATE", time);
    environment.put("GIT_COMMITTER_NAME", name);
    environment.put("GIT_COMMITTER_EMAIL", email);
    environment.put("GIT_COMMITTER_DATE", time);
    return builder.start();
  }

  /** Stores a commit object byte for byte and gives its id. */
  String commitObject(byte[] raw) throws IOException, InterruptedException {
    return new String(
            output(raw, "hash-object", "-t", "commit", "-w", "--stdin", "--literally"), UTF_8)
        .strip();
  }

  /** The file of a loose object. */
  Path loose(String id) {
    return folder.resolve(".git/objects/" + id.substring(0, 2) + "/" + id.substring(2));
  }

  /** Takes a loose object away. */
  void lose(String id) throws IOException {
    Files.delete(loose(id));
  }

  /**
   * What git lists: {@code commit added deleted old-path new-path}, where the bytes of a path are
   * the characters and a count that git does not know is a dash.
   */
  Set<String> changes() throws IOException, InterruptedException {
    byte[] raw =
        output(
            new byte[0], "log", "--all", "-M", "--numstat", "-z", "--format=%x01%H%x01", "--root");
    List<String> tokens = Arrays.asList(new String(raw, ISO_8859_1).split("\0"));
    Set<String> changes = new TreeSet<>();
    String commit = "";
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i).replaceFirst("^\n", "");
      if (token.matches("\u0001[0-9a-f]{40}\u0001")) {
        commit = token.substring(1, 41);
      } else if (!token.isEmpty()) {
        String[] parts = token.split("\t", 3);
        boolean isRename = parts[2].isEmpty();
        String oldPath = isRename ? tokens.get(++i) : parts[2];
        String path = isRename ? tokens.get(++i) : parts[2];
        changes.add(String.join("\t", commit, parts[0], parts[1], oldPath, path));
      }
    }
    return changes;
  }
}
