package dev.nightjar.store.embedded.folder;

import dev.nightjar.model.file.FileOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whose a folder is, asked before anything is made in it. Root with the HOME of an ordinary user,
 * as some ways to become root leave it, would make files there that lock the user out.
 */
public final class FolderOwner {
  private static final int ROOT = 0;

  private FolderOwner() {}

  /**
   * The other user to whom the folder belongs, or would belong by what it stands in.
   *
   * <p>A folder that is not there yet is only root's matter, as others are refused by the system;
   * and only where the user has an account: in a container, root often works in a folder of a user
   * that only the host knows.
   */
  public static Optional<String> other(Path folder) {
    OptionalInt self = FileOwner.self();
    if (self.isEmpty()) {
      return Optional.empty(); // no Unix: it is not known who this process is
    }
    try {
      Path existing = existing(folder);
      boolean isThere = existing.equals(folder);
      String name = Files.getOwner(existing).getName();
      boolean isOther =
          !FileOwner.of(existing).equals(self)
              && (isThere || (self.getAsInt() == ROOT && !name.matches("[0-9]+")));
      return isOther ? Optional.of(name) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // whoever makes the folder says why it cannot
    }
  }

  private static Path existing(Path folder) throws IOException {
    Path existing = folder;
    while (!Files.exists(existing)) {
      existing = existing.getParent();
      if (existing == null) {
        throw new IOException("there is nothing above " + folder);
      }
    }
    return existing;
  }
}
