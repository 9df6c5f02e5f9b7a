package dev.nightjar.bench.profile;

import dev.nightjar.model.Failure;
import dev.nightjar.model.file.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A private folder for what a profiler writes, which goes with this object. */
final class ProfiledFolder implements AutoCloseable {
  private final Path folder;

  ProfiledFolder() {
    try {
      folder = Files.createTempDirectory("nightjar-profile");
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "There is no room for a profile in "
              + System.getProperty("java.io.tmpdir")
              + ": free some, or set java.io.tmpdir to another folder.",
          e);
    }
  }

  Path path() {
    return folder;
  }

  /** The files with that ending that are there by now, by name. */
  List<Path> files(String ending) {
    return files(folder, ending);
  }

  /** The same in a folder below. */
  static List<Path> files(Path folder, String ending) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      return List.of(); // the program has taken the folder away: there is no profile in it
    }
  }

  @Override
  public void close() {
    try {
      FolderTree.delete(folder);
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "The temporary folder " + folder + " cannot be removed: remove it by hand.", e);
    }
  }
}
