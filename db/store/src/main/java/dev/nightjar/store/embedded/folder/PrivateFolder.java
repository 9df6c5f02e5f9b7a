package dev.nightjar.store.embedded.folder;

import dev.nightjar.model.Failure;
import dev.nightjar.model.file.FolderTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Folders and files that only their owner may read, written whole or not at all. */
public final class PrivateFolder {
  private static final boolean POSIX =
      Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");

  private static final Set<PosixFilePermission> OWNER_ALONE =
      PosixFilePermissions.fromString("rwx------");

  private PrivateFolder() {}

  /** Makes the folder and its parents where missing; what is made is 0700. */
  public static Path create(Path folder) {
    try {
      Files.createDirectories(folder, permissions("rwx------"));
      return folder;
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "the folder "
              + folder
              + " cannot be made ("
              + e.getClass().getSimpleName()
              + "): make it writable, or point XDG_DATA_HOME and XDG_CACHE_HOME to a folder that is",
          e);
    }
  }

  /** Takes others' rights from a folder that was there before. */
  public static void closeToOthers(Path folder) {
    try {
      if (POSIX && !Files.getPosixFilePermissions(folder).equals(OWNER_ALONE)) {
        Files.setPosixFilePermissions(folder, OWNER_ALONE);
      }
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "the folder "
              + folder
              + " cannot be closed to other users ("
              + e.getMessage()
              + "): point XDG_DATA_HOME to a folder of yours",
          e);
    }
  }

  /** Makes an empty file of mode 0600 unless it is there. */
  public static void createFile(Path file) throws IOException {
    try {
      Files.createFile(file, permissions("rw-------"));
    } catch (FileAlreadyExistsException e) {
      return; // made before, or by another process just now
    }
  }

  /** Writes a file of mode 0600 that is there whole, and on the disk, or not at all. */
  public static void write(Path file, String text) throws IOException {
    Path half = file.resolveSibling(file.getFileName() + ".half");
    Files.deleteIfExists(half);
    try (FileChannel channel =
        FileChannel.open(
            half,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            permissions("rw-------"))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    move(half, file);
  }

  /** Renames, replacing what stands there. */
  public static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Deletes what an unpacking or an initialisation that was killed left behind. A program that
   * outlived its starter may still be writing there: what it adds meanwhile is left to the next
   * time.
   */
  public static void deleteLeftovers(Path folder, String prefix) throws IOException {
    try (var leftovers = Files.newDirectoryStream(folder, prefix + "*")) {
      for (Path leftover : leftovers) {
        deleteIfStill(leftover);
      }
    }
  }

  private static void deleteIfStill(Path leftover) throws IOException {
    try {
      FolderTree.delete(leftover);
    } catch (DirectoryNotEmptyException e) {
      return; // it has just got another file
    }
  }

  /** Bytes of all files in the folder; files that vanish meanwhile count nothing. */
  public static long sizeBytes(Path folder) {
    long[] bytes = new long[1];
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              bytes[0] += attributes.size();
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure)
                throws IOException {
              if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
              }
              throw failure;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes[0];
  }

  public static FileAttribute<?>[] permissions(String mode) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  public static boolean hasPosixPermissions() {
    return POSIX;
  }
}
