package dev.nightjar.model.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** What stands under a name. */
enum FileKind {
  REGULAR("a regular file"),
  FOLDER("a folder"),
  PIPE("a pipe"),
  CHARACTER_DEVICE("a device"),
  BLOCK_DEVICE("a disk"),
  SOCKET("a socket"),
  LINK("a link"),
  OTHER("no regular file");

  // The bits of st_mode, the same on every Unix.
  private static final int TYPE = 0170000;

  private final String words;

  FileKind(String words) {
    this.words = words;
  }

  /** As it stands in a sentence behind "is". */
  String words() {
    return words;
  }

  /**
   * What a path leads to.
   *
   * @throws java.nio.file.NoSuchFileException when it leads to nothing
   */
  static FileKind of(Path file, LinkOption... options) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return plain(file, options);
    }
    return switch ((int) Files.getAttribute(file, "unix:mode", options) & TYPE) {
      case 0100000 -> REGULAR;
      case 0040000 -> FOLDER;
      case 0010000 -> PIPE;
      case 0020000 -> CHARACTER_DEVICE;
      case 0060000 -> BLOCK_DEVICE;
      case 0140000 -> SOCKET;
      case 0120000 -> LINK;
      default -> OTHER;
    };
  }

  private static FileKind plain(Path file, LinkOption... options) throws IOException {
    var attributes =
        Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class, options);
    if (attributes.isRegularFile()) {
      return REGULAR;
    }
    if (attributes.isDirectory()) {
      return FOLDER;
    }
    return attributes.isSymbolicLink() ? LINK : OTHER;
  }
}
