package dev.nightjar.settings.trust;

import dev.nightjar.model.Failure;
import dev.nightjar.model.file.InputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the person trusts and has seen, a line for each: a word, a digest, a place. It is only added
 * to, so that processes beside each other lose nothing; what comes later holds.
 */
final class TrustFile {
  private static final long BYTES_MAX = 16 << 20;
  private static final String TRUSTED = "trusted";
  private static final String FORGOTTEN = "forgotten";
  private static final String SEEN = "seen";
  private static final String NO_DIGEST = "-";

  private final Path file;
  private final User user;

  TrustFile(Path file, User user) {
    this.file = file;
    this.user = user;
  }

  boolean isTrusted(Path folder, String digest) {
    return trusted(folder).contains(digest);
  }

  /** Whether another content of the place was trusted. */
  boolean wasTrusted(Path folder) {
    return !trusted(folder).isEmpty();
  }

  private Set<String> trusted(Path folder) {
    Set<String> digests = new LinkedHashSet<>();
    String place = place(folder);
    for (String line : lines()) {
      String[] words = line.split(" ", 3);
      if (words.length == 3 && words[2].equals(place)) {
        if (words[0].equals(TRUSTED)) {
          digests.add(words[1]);
        } else if (words[0].equals(FORGOTTEN)) {
          digests.clear();
        }
      }
    }
    return digests;
  }

  boolean isSeen(Path folder) {
    return lines().contains(line(SEEN, NO_DIGEST, folder));
  }

  void trust(Path folder, String digest) {
    append(line(TRUSTED, digest, folder));
  }

  void forget(Path folder) {
    append(line(FORGOTTEN, NO_DIGEST, folder));
  }

  void see(Path folder) {
    append(line(SEEN, NO_DIGEST, folder));
  }

  private static String line(String word, String digest, Path folder) {
    return word + " " + digest + " " + place(folder);
  }

  /** A path may hold a line feed, its URI does not. */
  private static String place(Path folder) {
    return folder.toUri().toString().replaceFirst("/$", "");
  }

  /** Root must not believe what a user wrote, nor anybody what others may write. */
  private List<String> lines() {
    try {
      return user.owns(file) && !isWritableByOthers()
          ? InputFile.of(file, BYTES_MAX).lines()
          : List.of();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "What you trust is kept in " + file + ", which cannot be read: make it yours.", e);
    }
  }

  private boolean isWritableByOthers() throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return false;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    return permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE);
  }

  private void append(String line) {
    try {
      requireOwnHome();
      Files.createDirectories(file.toAbsolutePath().getParent());
      createPrivate();
      Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "What you trust is kept in " + file + ", which cannot be written: make it yours.", e);
    }
  }

  /** Root with a user's HOME would leave files there that the user cannot read. */
  private void requireOwnHome() throws IOException {
    Path existing = file.toAbsolutePath().getParent();
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null || !user.owns(existing)) {
      throw new IOException("it would be in another user's folder");
    }
  }

  private void createPrivate() throws IOException {
    try {
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } else {
        Files.createFile(file);
      }
    } catch (java.nio.file.FileAlreadyExistsException e) {
      return; // made before
    }
  }
}
