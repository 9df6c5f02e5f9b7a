package dev.nightjar.store.embedded.folder;

import dev.nightjar.model.Failure;
import dev.nightjar.model.file.FileOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * As whom PostgreSQL runs, since it refuses to run as root.
 *
 * <p>An ordinary user runs it as itself. For root, and for a user without an account (as containers
 * have them), whom initdb refuses too, a user namespace makes the server believe that it is nobody
 * while its files stay theirs. Where the kernel or a container forbids root namespaces, it runs as
 * nobody indeed, below {@code /var/lib/nightjar}, as root's folders are closed to it.
 */
public enum ServerUser {
  ITSELF(),
  NAMESPACE("unshare", "--user"),
  NOBODY(
      "setpriv",
      "--reuid=" + ServerUser.NOBODY_ID,
      "--regid=" + ServerUser.NOBODY_ID,
      "--clear-groups",
      "--no-new-privs");

  /** The account that every distribution has; initdb refuses a number without one. */
  public static final int NOBODY_ID = 65534;

  /** What Java calls a user whose number has no account. */
  private static final String WITHOUT_ACCOUNT = "?";

  private static final Path NOBODYS_HOME = Path.of("/var/lib/nightjar");

  private final String prefix;

  ServerUser(String... prefix) {
    this.prefix = String.join(" ", prefix);
  }

  /** The user for this process; looked for once, as trying costs a process. */
  public static ServerUser current() {
    return Current.USER;
  }

  private static ServerUser find() {
    boolean isRoot = isRoot();
    if (!isRoot && !System.getProperty("user.name").equals(WITHOUT_ACCOUNT)) {
      return ITSELF;
    }
    if (succeeds(NAMESPACE.command(List.of("true")))) {
      return NAMESPACE;
    }
    if (isRoot && succeeds(NOBODY.command(List.of("true")))) {
      return NOBODY;
    }
    throw new Failure.Unavailable(
        isRoot
            ? "PostgreSQL does not run as root, and neither unshare nor setpriv works here: set"
                + " NIGHTJAR_DATABASE_URL to a server of your own, or run nightjar as another user"
            : "PostgreSQL does not run for a user without an account, and user namespaces are"
                + " forbidden here: set NIGHTJAR_DATABASE_URL to a server of your own, or give this"
                + " user a line in /etc/passwd");
  }

  /** The command as this user runs it. */
  public List<String> command(List<String> command) {
    List<String> words = new ArrayList<>();
    if (!prefix.isEmpty()) {
      words.addAll(List.of(prefix.split(" ")));
    }
    words.addAll(command);
    return words;
  }

  /** Where a folder of the person's has to lie for this user to get at it. */
  public Path reachable(Path folder) {
    if (this != NOBODY) {
      return folder;
    }
    String name = Integer.toHexString(folder.toAbsolutePath().toString().hashCode());
    return NOBODYS_HOME.resolve(folder.getFileName() + "-" + name);
  }

  /** Hands a folder with everything in it to this user. */
  public void own(Path folder) throws IOException {
    if (this != NOBODY) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.setAttribute(file, "unix:uid", NOBODY_ID, java.nio.file.LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:gid", NOBODY_ID, java.nio.file.LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  /** Whether this user sees the same file or folder behind both paths. */
  public boolean seesThatSame(Path one, Path other) {
    return succeeds(
        command(
            List.of(
                "/bin/sh", "-c", "[ \"$1\" -ef \"$2\" ]", "sh", one.toString(), other.toString())));
  }

  private static boolean isRoot() {
    return PrivateFolder.hasPosixPermissions() && FileOwner.self().orElse(-1) == 0;
  }

  private static boolean succeeds(List<String> command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // the program is not there
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure.Unavailable("interrupted while looking for a user for PostgreSQL", e);
    }
  }

  private static final class Current {
    private static final ServerUser USER = find();
  }
}
