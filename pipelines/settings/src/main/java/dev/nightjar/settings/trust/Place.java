package dev.nightjar.settings.trust;

import dev.nightjar.model.Failure;
import dev.nightjar.model.file.InputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a command works, before anything in it is believed.
 *
 * @param folder what paths in the settings are relative to: the settings file's folder, or the top
 *     of the repository where there is no file; without links
 * @param file the settings file
 */
public record Place(Path folder, Optional<Path> file) {
  private static final String NAME = "nightjar.yaml";

  /**
   * The place that a folder belongs to: of the file named, else of the nearest {@code
   * nightjar.yaml} up to the top of the repository, else of that top. Outside a repository only the
   * folder itself is looked into, since those above it are nobody's or everybody's.
   *
   * @param start a folder in the repository; links are followed
   * @param named the settings file, where the person named one
   * @throws Failure.Misuse when the folder or the file is not there
   */
  public static Place find(Path start, Optional<Path> named) {
    Path folder = existing(start);
    if (named.isPresent()) {
      return new Place(folderOf(named.get()), named);
    }
    Path top = RepositoryFolders.topOf(folder).orElse(folder);
    Optional<Path> file = nearestFile(folder, top);
    return new Place(file.flatMap(at -> Optional.ofNullable(at.getParent())).orElse(top), file);
  }

  private static Path existing(Path start) {
    try {
      Path real = start.toRealPath();
      Path parent = real.getParent();
      return Files.isDirectory(real) || parent == null ? real : parent;
    } catch (IOException e) {
      throw new Failure.Misuse(
          "There is no folder " + start + ": name a folder inside a git repository with --repo.",
          e);
    }
  }

  private static Path folderOf(Path file) {
    if (!Files.exists(file)) {
      throw new Failure.Misuse(
          "There is no settings file "
              + file
              + ": check --config, or write one with 'nightjar init'.");
    }
    InputFile.requireRegular(file);
    try {
      return Objects.requireNonNull(file.toRealPath().getParent());
    } catch (IOException e) {
      throw new Failure.Misuse("The settings file " + file + " cannot be reached.", e);
    }
  }

  private static Optional<Path> nearestFile(Path folder, Path top) {
    for (Path at = folder; at != null && at.startsWith(top); at = at.getParent()) {
      Path file = at.resolve(NAME);
      if (Files.exists(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }
}
