package dev.nightjar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Real git repositories for tests. */
final class GitFixture {
  private GitFixture() {}

  /** A repository of linear history, each commit of which changes a few of a hundred files. */
  static Path linear(Path folder, int commits, long seed) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    git(folder, "init", "-q", "-b", "main", ".");
    Random random = new Random(seed);
    StringBuilder stream = new StringBuilder();
    for (int i = 0; i < commits; i++) {
      stream.append(commit(i, random));
    }
    fastImport(folder, stream.toString().getBytes(UTF_8));
    git(folder, "reset", "-q", "--hard", "main");
    return folder;
  }

  /** Makes what a stream of {@code git fast-import} says. */
  static void fastImport(Path folder, byte[] stream) throws IOException, InterruptedException {
    Process process =
        builder(folder, "fast-import", "--quiet")
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
    try (OutputStream input = process.getOutputStream()) {
      input.write(stream);
    }
    require(process, "fast-import");
  }

  private static String commit(int number, Random random) {
    String message = "Change number " + number;
    StringBuilder text = new StringBuilder("commit refs/heads/main\n");
    text.append(
        "committer Ada <ada@example.org> %d +0000%n".formatted(1_700_000_000L + number * 60L));
    text.append("data %d%n%s%n".formatted(message.length(), message));
    for (int file = 0; file <= random.nextInt(3); file++) {
      String content = "line\n".repeat(random.nextInt(20)) + "number " + number + "\n";
      text.append(
          "M 100644 inline src/file%d.txt%ndata %d%n%s%n"
              .formatted(random.nextInt(100), content.length(), content));
    }
    return text.toString();
  }

  /** Runs git, in the name of Ada where the arguments name nobody else, and gives its output. */
  static String git(Path folder, String... args) throws IOException, InterruptedException {
    Process process = builder(folder, args).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    require(process, String.join(" ", args));
    return out;
  }

  private static void require(Process process, String what)
      throws IOException, InterruptedException {
    if (process.waitFor() != 0) {
      throw new IOException("git " + what + " failed with " + process.exitValue());
    }
  }

  private static ProcessBuilder builder(Path folder, String... args) {
    List<String> command =
        Stream.concat(
                Stream.of("git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"),
                Stream.of(args))
            .toList();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    return builder;
  }
}
