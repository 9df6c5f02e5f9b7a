package dev.nightjar.store.embedded;

import dev.nightjar.model.file.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** A user other than the tests' own, with a home and a class path that it can reach. */
final class OtherUser implements AutoCloseable {
  private final Path home;
  private final Path own;
  private final String classPath;
  private List<String> words = List.of();

  OtherUser(int id) throws IOException {
    home = Files.createTempDirectory("nightjar-user");
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    classPath = StoreUserProcess.copiedClassPath(Files.createDirectory(home.resolve("lib")));
    own = Files.createDirectory(home.resolve("own"));
    Files.setAttribute(own, "unix:uid", id);
  }

  Path home() {
    return home;
  }

  /** Starts one; the words before the command make it this user. */
  StoreUserProcess start(List<String> words) throws IOException {
    this.words = words;
    return StoreUserProcess.start(own, classPath, words);
  }

  /** Stops the stores as the one who started them, and leaves nothing. */
  @Override
  public void close() throws IOException {
    List<Path> folders = new ArrayList<>(List.of(home));
    try (StoreUserProcess user = StoreUserProcess.start(own, classPath, words)) {
      folders.addAll(user.stop());
    }
    for (Path folder : folders) {
      FolderTree.delete(folder);
    }
  }
}
