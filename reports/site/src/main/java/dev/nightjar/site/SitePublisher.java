package dev.nightjar.site;

import dev.nightjar.model.Failure;
import dev.nightjar.model.file.FolderTree;
import dev.nightjar.model.file.OutputFile;
import dev.nightjar.site.data.ReportData;
import dev.nightjar.site.download.DataFile;
import dev.nightjar.site.download.Summaries;
import dev.nightjar.site.page.ArchivePage;
import dev.nightjar.site.page.ReportPage;
import dev.nightjar.site.page.VerdictFeed;
import dev.nightjar.site.section.PageAddresses;
import dev.nightjar.viewer.ViewerFolder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the report of a run into a folder of static files.
 *
 * <pre>
 * index.html      the newest report, one file that needs nothing beside it
 * feed.xml        verdicts as an Atom feed
 * summary.md      for a pull request
 * summary.json    for a program
 * runs/index.html every report on the site
 * runs/ID/        the same of one run for good, with data/ beside it
 * viewer/         the repository in four dimensions, as it is now
 * </pre>
 *
 * <p>All files are first written aside in the same folder and then renamed into place, the front
 * page last. So a full disk or a kill leaves the old site whole, and nobody ever sees half a file.
 * One publisher works in a folder at a time.
 */
public final class SitePublisher {
  private static final String STAGE = ".publishing";
  private static final String VIEWER = "viewer";
  private static final String LOCK = ".publishing.lock";

  private final @Nullable ViewerFolder viewer;

  /** Publishes the report alone. */
  public SitePublisher() {
    this.viewer = null;
  }

  /** Publishes the report with a viewer beside it. */
  public SitePublisher(ViewerFolder viewer) {
    this.viewer = viewer;
  }

  /** A file's text is written by this. */
  @FunctionalInterface
  private interface Text {
    void write(Writer out) throws IOException;
  }

  /**
   * Publishes the report; a report of the same run is replaced.
   *
   * @return the front page
   * @throws Failure.Misuse when the folder cannot be a site
   * @throws Failure.Unavailable when it cannot be written; what was published before is untouched
   */
  public Path publish(ReportData data, Path siteFolder) {
    Path site = siteFolder.toAbsolutePath().normalize();
    try {
      prepare(data, site);
      try (FileChannel channel =
              FileChannel.open(
                  site.resolve(LOCK),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE,
                  LinkOption.NOFOLLOW_LINKS);
          FileLock lock = tryLock(channel)) {
        if (lock == null) {
          throw new Failure.Unavailable(
              "Another Nightjar is publishing into " + site + ": try again when it is done.");
        }
        publishAlone(data, site);
      }
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "The report could not be written into "
              + site
              + " ("
              + reason(e)
              + "): check that the folder is writable and its disk has room; what was published"
              + " before is unchanged.",
          e);
    }
    return site.resolve("index.html");
  }

  private static void prepare(ReportData data, Path site) throws IOException {
    if (Files.exists(site) && !Files.isDirectory(site)) {
      throw new Failure.Misuse(
          site + " is a file, and a site needs a folder: name another one under 'publish'.");
    }
    SiteLinks.refuseAbove(site);
    Path run = Path.of("runs", data.run().id().toString());
    for (Path folder :
        List.of(run.resolve("data"), Path.of(VIEWER, "data"), Path.of(LOCK), Path.of(STAGE))) {
      SiteLinks.refuseBelow(site, folder);
    }
    Files.createDirectories(site);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by a thread of this process, which is as much another publisher
    }
  }

  private void publishAlone(ReportData data, Path site) throws IOException {
    Path stage = site.resolve(STAGE);
    FolderTree.delete(stage); // of a publisher that was killed
    try {
      List<Path> files = write(data, site, stage);
      if (viewer != null) {
        viewer.write(ViewerInput.of(data), Files.createDirectories(stage.resolve(VIEWER)));
        new StagedViewer(stage.resolve(VIEWER), site.resolve(VIEWER)).moveIntoPlace();
      }
      for (Path file : files) {
        moveIntoPlace(stage, file, site);
      }
    } finally {
      FolderTree.delete(stage);
    }
  }

  /** Writes all files aside; the order is that in which they are moved, the front page last. */
  private List<Path> write(ReportData data, Path site, Path stage) throws IOException {
    String id = data.run().id().toString();
    Path run = Path.of("runs", id);
    ReportPage page = new ReportPage();
    boolean hasViewer = viewer != null;
    List<Path> files = new ArrayList<>();
    for (DataFile file : DataFile.values()) {
      Path place = run.resolve("data").resolve(file.fileName());
      files.add(write(stage, place, out -> file.write(data, out)));
    }
    files.add(write(stage, run.resolve("summary.md"), out -> Summaries.markdown(data, out)));
    files.add(write(stage, run.resolve("summary.json"), out -> Summaries.json(data, out)));
    files.add(
        write(
            stage,
            run.resolve("index.html"),
            out -> out.write(page.write(data, PageAddresses.ofRun(hasViewer)))));
    ArchivePage archive = new ArchivePage(data, publishedRuns(site, id));
    files.add(write(stage, Path.of("runs", "index.html"), out -> out.write(archive.write())));
    files.add(
        write(
            stage,
            Path.of("feed.xml"),
            out -> out.write(VerdictFeed.write(data, archive.onSite()))));
    files.add(write(stage, Path.of("summary.md"), out -> Summaries.markdown(data, out)));
    files.add(write(stage, Path.of("summary.json"), out -> Summaries.json(data, out)));
    files.add(
        write(
            stage,
            Path.of("index.html"),
            out -> out.write(page.write(data, PageAddresses.front(id, hasViewer)))));
    return files;
  }

  private static Path write(Path stage, Path place, Text text) throws IOException {
    OutputFile.write(
        stage.resolve(place),
        bytes -> {
          // Not a writer that refuses a lone half of a surrogate pair, which a message may hold.
          Writer out = new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
          text.write(out);
          out.flush();
        });
    return place;
  }

  private static void moveIntoPlace(Path stage, Path file, Path site) throws IOException {
    Path place = site.resolve(file);
    Files.createDirectories(place.getParent());
    Files.move(
        stage.resolve(file),
        place,
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** The runs whose pages are on the site, this one among them. */
  private static List<String> publishedRuns(Path site, String id) throws IOException {
    List<String> published = new ArrayList<>(List.of(id));
    Path runs = site.resolve("runs");
    if (Files.isDirectory(runs)) {
      try (var folders = Files.list(runs)) {
        folders
            .filter(folder ->
                Files.isRegularFile(folder.resolve("index.html"), LinkOption.NOFOLLOW_LINKS))
            .map(folder -> folder.getFileName().toString())
            .forEach(published::add);
      }
    }
    return published.stream().distinct().toList();
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
