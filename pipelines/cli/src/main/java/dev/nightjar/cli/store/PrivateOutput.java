package dev.nightjar.cli.store;

import dev.nightjar.model.Failure;
import dev.nightjar.store.embedded.folder.PrivateFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A new file that is its writer's alone and appears whole or not at all: it holds what no other
 * user of the machine may read.
 */
final class PrivateOutput {
  private final Path file;

  PrivateOutput(Path file) {
    this.file = file;
  }

  /** What writes it. */
  @FunctionalInterface
  interface Content<T> {
    T writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes it.
   *
   * @throws Failure.Misuse when there is such a file already
   */
  <T> T write(Content<T> content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    if (Files.exists(file)) {
      throw new Failure.Misuse(file + " is there already: name another, or remove it.");
    }
    try {
      T result = written(part, content);
      Files.move(part, file);
      return result;
    } catch (FileAlreadyExistsException e) {
      throw new Failure.Misuse(
          e.getFile() + " is there already, from another export: remove it when that has ended.",
          e);
    }
  }

  private static <T> T written(Path part, Content<T> content) throws IOException {
    boolean isWhole = false;
    try (FileChannel channel =
        FileChannel.open(
            part,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PrivateFolder.permissions("rw-------"))) {
      T result = content.writeTo(Channels.newOutputStream(channel));
      channel.force(true);
      isWhole = true;
      return result;
    } finally {
      if (!isWhole) {
        Files.deleteIfExists(part);
      }
    }
  }
}
