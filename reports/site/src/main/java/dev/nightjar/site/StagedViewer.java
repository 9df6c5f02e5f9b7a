package dev.nightjar.site;

import dev.nightjar.model.file.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A viewer that was written aside. Its data go into place first, under a name that is theirs alone,
 * and its page last; then the data of viewers before it are removed, but for one, which a page that
 * is open may still be reading.
 */
final class StagedViewer {
  private static final int EARLIER_DATA_KEPT = 1;

  private final Path staged;
  private final Path place;

  StagedViewer(Path staged, Path place) {
    this.staged = staged;
    this.place = place;
  }

  void moveIntoPlace() throws IOException {
    Path data = Files.createDirectories(place.resolve("data"));
    Path pages;
    try (Stream<Path> only = Files.list(staged.resolve("data"))) {
      pages = only.findFirst().orElseThrow();
    }
    Path target = data.resolve(pages.getFileName());
    FolderTree.delete(target);
    Files.move(pages, target, StandardCopyOption.ATOMIC_MOVE);
    for (String file : List.of("viewer.js", "worker.js", "index.html")) {
      Files.move(
          staged.resolve(file),
          place.resolve(file),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
    removeEarlier(data, target);
  }

  private static void removeEarlier(Path data, Path current) throws IOException {
    List<Path> earlier;
    try (Stream<Path> all = Files.list(data)) {
      earlier =
          all.filter(folder -> !folder.equals(current))
              .filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
              .sorted((a, b) -> Long.compare(b.toFile().lastModified(), a.toFile().lastModified()))
              .toList();
    }
    for (Path folder : earlier.stream().skip(EARLIER_DATA_KEPT).toList()) {
      FolderTree.delete(folder);
    }
  }
}
