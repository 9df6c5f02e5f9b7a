package dev.nightjar.settings.proposal;

import dev.nightjar.model.Failure;
import dev.nightjar.model.file.InputFile;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The first files of a project that are near its top and no tool's output, with plain names: what
 * has others is no file that a tool looks for.
 */
final class ProjectFiles {
  private static final int DEEPEST = 5;
  private static final int MOST_FILES = 20_000;
  private static final int MOST_SECONDS = 5;
  private static final long MOST_BYTES = 1 << 20;
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}._+@/ -]+");

  /** Where tools put what they make or fetch. */
  private static final Set<String> PASSED_OVER =
      Set.of(
          ".git",
          "node_modules",
          "target",
          "vendor",
          "third_party",
          "third-party",
          "venv",
          ".venv",
          ".tox",
          "site-packages",
          "__pycache__",
          ".gradle",
          ".nightjar");

  private final Path folder;
  private final List<String> files = new ArrayList<>();

  private ProjectFiles(Path folder) {
    this.folder = folder;
  }

  /** Those of a folder; what cannot be read is passed over. */
  static ProjectFiles of(Path folder) {
    ProjectFiles found = new ProjectFiles(folder);
    try {
      Files.walkFileTree(
          folder, EnumSet.noneOf(java.nio.file.FileVisitOption.class), DEEPEST, found.visitor());
    } catch (IOException e) {
      // The folder itself cannot be read: then there is nothing to propose from.
    }
    found.files.sort(
        Comparator.comparingLong(ProjectFiles::depth).thenComparing(Comparator.naturalOrder()));
    return found;
  }

  private static long depth(String path) {
    return path.chars().filter(c -> c == '/').count();
  }

  private SimpleFileVisitor<Path> visitor() {
    long deadline = System.nanoTime() + MOST_SECONDS * 1_000_000_000L;
    return new SimpleFileVisitor<>() {
      private int seen;

      @Override
      public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
        boolean isPassedOver =
            !at.equals(folder) && PASSED_OVER.contains(String.valueOf(at.getFileName()));
        return isPassedOver ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile()) {
          add(folder.relativize(file).toString().replace('\\', '/'));
        }
        return ++seen >= MOST_FILES || System.nanoTime() - deadline > 0
            ? FileVisitResult.TERMINATE
            : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException failure) {
        return FileVisitResult.CONTINUE;
      }
    };
  }

  private void add(String path) {
    if (PLAIN.matcher(path).matches()) {
      files.add(path);
    }
  }

  /** Those of a name, those nearest to the top first. */
  List<String> named(String name) {
    return matching(Pattern.compile("(.*/)?" + Pattern.quote(name)));
  }

  /** Those whose path matches as a whole. */
  List<String> matching(Pattern pattern) {
    return files.stream().filter(path -> pattern.matcher(path).matches()).toList();
  }

  boolean has(String path) {
    return files.contains(path);
  }

  boolean hasFolder(String path) {
    return files.stream().anyMatch(file -> file.startsWith(path + "/"));
  }

  /** What a file says; nothing where it says too much, is no text, or cannot be read. */
  String text(String path) {
    try {
      return InputFile.of(folder.resolve(path), MOST_BYTES).below(folder).text();
    } catch (IOException | Failure e) {
      return "";
    }
  }

  /** Its lines, of which an endless one is none that people wrote. */
  Stream<String> lines(String path) {
    return text(path).lines().filter(line -> line.length() < 10_000);
  }

  /** The folder of a file: empty for the top. */
  static String folderOf(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** A path below the folder of a file. */
  static String beside(String path, String name) {
    String folder = folderOf(path);
    return folder.isEmpty() ? name : folder + "/" + name;
  }
}
