package dev.nightjar.model.file;

import dev.nightjar.model.Failure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A file that others shall read. A regular one appears whole or not at all, with the rights that
 * the umask gives; a link under its name is replaced, never written through. What is a pipe or a
 * device, or stands among those of the system, is written into and stays what it is.
 */
public final class OutputFile {
  private static final Duration LONGEST_WRITING = Duration.ofHours(1);
  private static final Pattern PART =
      Pattern.compile("\\..+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.part");

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

  private OutputFile() {}

  /** What writes a file's content. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes text as UTF-8; a lone half of a surrogate pair becomes a question mark. */
  public static void write(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(file, out -> out.write(bytes));
  }

  /**
   * Writes a file; its folder is made if it is not there.
   *
   * @throws Failure.Misuse when there is a folder, a disk or a socket under its name
   */
  public static void write(Path file, Content content) throws IOException {
    Path absolute = file.toAbsolutePath();
    if (isOfTheSystem(absolute) || isDevice(absolute)) {
      into(absolute, content);
    } else {
      replace(absolute, content);
    }
  }

  /**
   * Writes a file that is not there yet.
   *
   * @throws java.nio.file.FileAlreadyExistsException when something has its name, a link included
   */
  public static void writeNew(Path file, String text) throws IOException {
    create(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Writes a new file that no other user of the machine may read.
   *
   * @throws Failure.Misuse when something has its name
   */
  public static void writePrivate(Path file, Content content) throws IOException {
    Path absolute = file.toAbsolutePath();
    if (isOfTheSystem(absolute) || (Files.exists(absolute) && isDevice(absolute))) {
      into(absolute, content);
      return;
    }
    requireNew(absolute);
    Files.createDirectories(Objects.requireNonNull(absolute.getParent(), "a file has a folder"));
    Path part =
        absolute.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      create(part, content, ownersAlone());
      requireNew(absolute);
      Files.move(part, absolute);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void requireNew(Path file) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new Failure.Misuse(file + " is there already: name another, or remove it.");
    }
  }

  private static FileAttribute<?>[] ownersAlone() {
    boolean hasModes = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return hasModes
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Whether the name is one such as /dev/stdout, whatever it leads to today. */
  private static boolean isOfTheSystem(Path file) {
    return Files.isSymbolicLink(file) && (file.startsWith("/dev") || file.startsWith("/proc"));
  }

  private static boolean isDevice(Path file) throws IOException {
    try {
      FileKind kind = FileKind.of(file);
      return switch (kind) {
        case REGULAR -> false;
        case PIPE, CHARACTER_DEVICE -> true;
        case FOLDER, BLOCK_DEVICE, SOCKET, LINK, OTHER ->
            throw new Failure.Misuse(
                file + " is " + kind.words() + " and cannot be written as a file: name another.");
      };
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static void into(Path file, Content content) throws IOException {
    try (OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(
                file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING))) {
      content.writeTo(out);
    }
  }

  private static void replace(Path file, Content content) throws IOException {
    Path folder = file.getParent();
    if (folder == null) {
      throw new IOException(file + " is no file");
    }
    Files.createDirectories(folder);
    deleteLeftovers(folder);
    // Not Files.createTempFile: its files are their owner's alone.
    Path part = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      create(part, content);
      move(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** What a killed writer left half: none writes for as long as that. */
  private static void deleteLeftovers(Path folder) throws IOException {
    Instant living = Instant.now().minus(LONGEST_WRITING);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.part")) {
      for (Path file : files) {
        boolean isPart = PART.matcher(file.getFileName().toString()).matches();
        if (isPart && Files.getLastModifiedTime(file).toInstant().isBefore(living)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (NoSuchFileException | DirectoryIteratorException e) {
      return; // another writer has tidied up meanwhile
    }
  }

  private static void create(Path file, Content content, FileAttribute<?>... attributes)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file, NEW, attributes);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
      content.writeTo(out);
      out.flush();
      // What the name leads to after a loss of power is the old file or the whole new one.
      channel.force(true);
    }
  }

  private static void move(Path part, Path file) throws IOException {
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
