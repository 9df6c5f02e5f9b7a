package dev.nightjar.settings.trust;

import dev.nightjar.model.file.FileOwner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose files a process believes: its own user's; the administrator's, who can do everything
 * anyway; and under sudo those of the user who called it.
 *
 * @param ids of those users; empty where files have no numbered owners
 */
record User(Set<Integer> ids) {
  private static final int ROOT = 0;

  /** The user that this process runs as. */
  static User ofThisProcess(Map<String, String> environment) {
    OptionalInt own = FileOwner.self();
    return own.isEmpty() ? new User(Set.of()) : of(own.getAsInt(), environment.get("SUDO_UID"));
  }

  static User of(int id, @Nullable String sudoId) {
    if (id != ROOT || sudoId == null || !sudoId.matches("\\d{1,9}")) {
      return new User(id == ROOT ? Set.of(id) : Set.of(id, ROOT));
    }
    int caller = Integer.parseInt(sudoId);
    return new User(caller == ROOT ? Set.of(id) : Set.of(id, caller));
  }

  boolean owns(Path path) {
    OptionalInt owner = ownerOf(path);
    return ids.isEmpty() || owner.isEmpty() || ids.contains(owner.getAsInt());
  }

  /** Absent where the path is gone, or the file system has no numbered owners. */
  static OptionalInt ownerOf(Path path) {
    try {
      return FileOwner.of(path);
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }
}
