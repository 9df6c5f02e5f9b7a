package dev.nightjar.git.measuring;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Writes a repository of any number of commits through {@code git fast-import}: one file edited in
 * most commits, up to three in others, a rename now and then, a merge in every twentieth. However
 * long the history, the tree stays as large as it was, so that a rate says something about the
 * history alone.
 */
public final class SyntheticHistory {
  private static final int FOLDERS = 30;
  private static final int FILES = 600;
  private static final int LINES = 30;
  private static final int AUTHORS = 200;
  private static final long FIRST_SECOND = 1_000_000_000;

  private final RandomGenerator random;
  private final OutputStream out;
  private final List<List<String>> files = new ArrayList<>();
  private final int[] generations = new int[FILES];

  private SyntheticHistory(long seed, OutputStream out) {
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    this.out = out;
  }

  /** Arguments: the folder to make, the number of commits, the seed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int commits = Integer.parseInt(arguments[1]);
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
    new ProcessBuilder("git", "init", "-q", "--bare", "-b", "main", folder.toString())
        .inheritIO()
        .start()
        .waitFor();
    Process git =
        new ProcessBuilder("git", "-C", folder.toString(), "fast-import", "--quiet", "--done")
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (OutputStream out = new BufferedOutputStream(git.getOutputStream(), 1 << 16)) {
      new SyntheticHistory(seed, out).write(commits);
    }
    System.out.printf(
        "%,d commits with seed %d in %s, status %d%n", commits, seed, folder, git.waitFor());
  }

  private void write(int commits) throws IOException {
    for (int i = 1; i <= commits; i++) {
      long seconds = FIRST_SECOND + 60L * i;
      line("commit refs/heads/main");
      line("mark :" + i);
      String who = "Author " + random.nextInt(AUTHORS);
      line("author " + who + " <" + who.substring(7) + "@example.org> " + seconds + " +0100");
      line("committer " + who + " <" + who.substring(7) + "@example.org> " + seconds + " +0100");
      data("Change number " + i + "\n\nWhy it was changed is told in a line or two of prose.\n");
      if (i == 1) {
        plant();
      } else {
        line("from :" + (i - 1));
        if (i % 20 == 0) {
          line("merge :" + (i - 10));
        }
        change();
      }
    }
    line("done");
  }

  private void plant() {
    for (int file = 0; file < FILES; file++) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < LINES; i++) {
        lines.add(newLine());
      }
      files.add(lines);
      put(file);
    }
  }

  private void change() {
    int edits = random.nextInt(4) == 0 ? 3 : 1;
    for (int i = 0; i < edits; i++) {
      int file = random.nextInt(FILES);
      if (random.nextInt(200) == 0) {
        line("D " + path(file));
        generations[file]++;
      }
      List<String> lines = files.get(file);
      int at = random.nextInt(lines.size());
      switch (lines.size() > 2 * LINES ? 0 : lines.size() < LINES / 2 ? 1 : random.nextInt(3)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.add(at, newLine());
        default -> lines.set(at, newLine());
      }
      put(file);
    }
  }

  private String newLine() {
    return random.nextInt(4) == 0 ? "}" : "  call(" + Integer.toHexString(random.nextInt()) + ");";
  }

  private String path(int file) {
    return "part" + file % FOLDERS + "/file" + file + "v" + generations[file] + ".c";
  }

  private void put(int file) {
    line("M 100644 inline " + path(file));
    data(String.join("\n", files.get(file)) + "\n");
  }

  private void data(String text) {
    line("data " + text.length());
    line(text);
  }

  private void line(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
