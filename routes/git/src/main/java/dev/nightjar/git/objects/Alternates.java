package dev.nightjar.git.objects;

import dev.nightjar.model.Failure;
import dev.nightjar.model.file.InputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of objects that a repository borrows from, by {@code info/alternates}
 * (gitrepository-layout(5)). JGit reads those files too, whatever their size and kind, so they are
 * looked at before it is let in.
 */
public final class Alternates {
  private static final Logger LOG = LoggerFactory.getLogger(Alternates.class);
  private static final long BYTES_MAX = 1 << 20;
  private static final int MOST_FOLDERS = 1000;

  private Alternates() {}

  /**
   * A folder of objects, then those it borrows from, and those they borrow from, each once.
   *
   * @throws Failure.Misuse when such a file is no regular file or too large, or they are too many
   */
  public static Set<Path> folders(Path objects) {
    Set<Path> folders = new LinkedHashSet<>();
    Deque<Path> next = new ArrayDeque<>(List.of(objects.toAbsolutePath().normalize()));
    while (!next.isEmpty()) {
      Path folder = next.pop();
      if (folders.add(folder)) {
        next.addAll(borrowed(folder));
      }
      if (folders.size() > MOST_FOLDERS) {
        throw new Failure.Misuse(
            objects
                + " borrows from more than "
                + MOST_FOLDERS
                + " folders: copy the objects with 'git repack -a -d' and take info/alternates"
                + " away.");
      }
    }
    return folders;
  }

  private static List<Path> borrowed(Path folder) {
    Path file = folder.resolve("info").resolve("alternates");
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return InputFile.of(file, BYTES_MAX).lines().stream()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(line -> folder.resolve(line).normalize())
          .toList();
    } catch (IOException | InvalidPathException e) {
      LOG.warn("{} is left to JGit: {}", file, e.getMessage());
      return List.of();
    }
  }
}
