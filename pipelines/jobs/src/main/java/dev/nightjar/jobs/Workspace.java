package dev.nightjar.jobs;

import dev.nightjar.jobs.settings.Settings;
import dev.nightjar.jobs.settings.SettingsReader;
import dev.nightjar.model.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a command works: the folder that paths in the settings are relative to, and the settings in
 * force.
 *
 * @param folder the settings file's folder, or the top of the repository where there is no file
 * @param settings what is in force
 */
public record Workspace(Path folder, Settings settings) {

  /**
   * The workspace that a folder belongs to: of the file named, else of the nearest {@code
   * nightjar.yaml} up to the top of the repository, else of that top with every default.
   *
   * @param start a folder in the repository; links are followed
   * @param file the settings file, where the person named one
   * @throws Failure.Misuse when the folder or the file is not there, or the file has a mistake
   */
  public static Workspace find(Path start, Optional<Path> file, Map<String, String> environment) {
    Path folder = existing(start);
    Optional<Path> found = file.or(() -> nearestFile(folder));
    Path base = found.map(Workspace::folderOf).orElseGet(() -> top(folder));
    return new Workspace(base, SettingsReader.read(base, found, environment));
  }

  private static Path existing(Path start) {
    try {
      Path real = start.toRealPath();
      Path parent = real.getParent();
      return Files.isDirectory(real) || parent == null ? real : parent;
    } catch (java.io.IOException e) {
      throw new Failure.Misuse(
          "There is no folder " + start + ": name a folder inside a git repository with --repo.",
          e);
    }
  }

  private static Path folderOf(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new Failure.Misuse(
          "There is no settings file "
              + file
              + ": check --config, or write one with 'nightjar init'.");
    }
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  private static Optional<Path> nearestFile(Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      Path file = at.resolve("nightjar.yaml");
      if (Files.exists(file)) {
        return Optional.of(file);
      }
      if (isTop(at)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Path top(Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      if (isTop(at)) {
        return at;
      }
    }
    return folder;
  }

  private static boolean isTop(Path folder) {
    return Files.exists(folder.resolve(".git"));
  }
}
