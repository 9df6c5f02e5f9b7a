package dev.nightjar.model.file;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Whose files are, by the number of the user. */
public final class FileOwner {
  private static final String OWNER = "unix:uid";

  private FileOwner() {}

  /** The user that this process runs as; empty where users have no numbers. */
  public static OptionalInt self() {
    return Self.ID;
  }

  /** The file's, or of a link that of what it leads to; empty where files have no such owners. */
  public static OptionalInt of(Path file) throws IOException {
    try {
      return OptionalInt.of((int) Files.getAttribute(file, OWNER));
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return OptionalInt.empty();
    }
  }

  /** Asked for once: a process of Java's does not change its user. */
  private static final class Self {
    private static final OptionalInt ID = read();

    private static OptionalInt read() {
      try {
        return OptionalInt.of((int) new UnixSystem().getUid());
      } catch (LinkageError e) {
        return OptionalInt.empty(); // no Unix
      }
    }
  }
}
