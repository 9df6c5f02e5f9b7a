package dev.nightjar.settings.trust;

import dev.nightjar.model.Failure;
import dev.nightjar.model.file.InputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The folders of a repository whose owner decides what git and Nightjar do in it. */
final class RepositoryFolders {
  private static final int POINTER_BYTES_MAX = 1 << 14;
  private static final String GIT = ".git";

  private RepositoryFolders() {}

  /** The top of the repository that a folder lies in, bare or not; empty outside of one. */
  static Optional<Path> topOf(Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(GIT)) || isBare(at)) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  private static boolean isBare(Path folder) {
    return Files.isRegularFile(folder.resolve("HEAD"))
        && Files.isDirectory(folder.resolve("objects"))
        && Files.isDirectory(folder.resolve("refs"));
  }

  /**
   * What must be this user's for the repository to be: its top, what stands there as {@code .git},
   * and the git directories that it leads to in a linked work tree or submodule.
   */
  static List<Path> of(Path top) {
    List<Path> folders = new ArrayList<>(List.of(top));
    Path git = top.resolve(GIT);
    if (!Files.exists(git)) {
      return folders;
    }
    folders.add(git);
    if (Files.isRegularFile(git)) {
      pointer(git, "gitdir: ").map(top::resolve).filter(Files::exists).ifPresent(folders::add);
    }
    Path own = folders.getLast();
    pointer(own.resolve("commondir"), "")
        .map(own::resolve)
        .filter(Files::exists)
        .ifPresent(folders::add);
    return folders;
  }

  private static Optional<Path> pointer(Path file, String prefix) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      String text = InputFile.of(file, POINTER_BYTES_MAX).text().strip();
      return text.startsWith(prefix)
          ? Optional.of(Path.of(text.substring(prefix.length()).strip()))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw new Failure.Misuse(
          file
              + " cannot be read as what git writes there: check the repository with 'git status'.",
          e);
    }
  }
}
