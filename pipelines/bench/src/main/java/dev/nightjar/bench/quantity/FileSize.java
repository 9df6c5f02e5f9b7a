package dev.nightjar.bench.quantity;

import dev.nightjar.model.Series;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;

/** How large a file is that a build has made, or all files of a folder. */
public final class FileSize {
  private static final String NAME = "files";

  private FileSize() {}

  /**
   * Its size.
   *
   * @param path relative to the repository, and within it
   * @throws IOException when it is not there; the sentence says so
   */
  public static Reading of(Path repository, String path) throws IOException {
    Path file = repository.resolve(path);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("there is no '" + path + "' whose size could be told");
    }
    long[] bytes = {0};
    Files.walkFileTree(
        file,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path one, BasicFileAttributes attributes) {
            bytes[0] += attributes.isRegularFile() ? attributes.size() : 0;
            return FileVisitResult.CONTINUE;
          }
        });
    return Reading.of(
        Quantity.SIZE, Map.of(Series.COUNTER, NAME, Measured.PATH, path), (double) bytes[0]);
  }
}
