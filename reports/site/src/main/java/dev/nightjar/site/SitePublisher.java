package dev.nightjar.site;

import dev.nightjar.model.Failure;
import dev.nightjar.model.file.FolderTree;
import dev.nightjar.site.download.DataFile;
import dev.nightjar.site.page.ArchivePage;
import dev.nightjar.site.page.ReportPage;
import dev.nightjar.site.page.ToldRuns;
import dev.nightjar.site.page.VerdictFeed;
import dev.nightjar.site.page.WebPlaces;
import dev.nightjar.site.report.Part;
import dev.nightjar.site.report.Report;
import dev.nightjar.site.report.ReportJson;
import dev.nightjar.site.report.Summaries;
import dev.nightjar.site.section.PageAddresses;
import dev.nightjar.viewer.ViewerFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
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
  private final WebPlaces web;

  /** Publishes the report alone. */
  public SitePublisher() {
    this(null, WebPlaces.UNKNOWN);
  }

  /** Publishes the report with a viewer beside it where there is one. */
  public SitePublisher(@Nullable ViewerFolder viewer, WebPlaces web) {
    this.viewer = viewer;
    this.web = web;
  }

  /**
   * Publishes the report; a report of the same run is replaced.
   *
   * @return the front page
   * @throws Failure.Misuse when the folder cannot be a site
   * @throws Failure.Unavailable when it cannot be written; what was published before is untouched
   */
  public Path publish(Report report, Path siteFolder) {
    Path site = siteFolder.toAbsolutePath().normalize();
    try {
      prepare(report, site);
      try (FileChannel channel =
              FileChannel.open(
                  site.resolve(LOCK),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE,
                  LinkOption.NOFOLLOW_LINKS);
          FileLock lock = tryLock(channel)) {
        if (lock == null) {
          throw SiteFailure.isBeingPublished(site);
        }
        publishAlone(report, site);
      }
    } catch (IOException e) {
      throw SiteFailure.cannotBeWritten(site, e);
    }
    return site.resolve("index.html");
  }

  private static void prepare(Report report, Path site) throws IOException {
    if (Files.exists(site) && !Files.isDirectory(site)) {
      throw SiteFailure.isAFile(site);
    }
    SiteLinks.refuseAbove(site);
    Path run = Path.of("runs", report.run().id().toString());
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

  private void publishAlone(Report report, Path site) throws IOException {
    Path stage = site.resolve(STAGE);
    FolderTree.delete(stage); // of a publisher that was killed
    try {
      StagedSite staged = new StagedSite(stage, site);
      write(report, site, staged);
      if (viewer != null) {
        viewer.write(ViewerInput.of(report), Files.createDirectories(stage.resolve(VIEWER)));
        new StagedViewer(stage.resolve(VIEWER), site.resolve(VIEWER)).moveIntoPlace();
      }
      staged.moveIntoPlace();
    } finally {
      FolderTree.delete(stage);
    }
  }

  /** Writes all files aside, in the order in which they go into place, the front page last. */
  private void write(Report report, Path site, StagedSite staged) throws IOException {
    String id = report.run().id().toString();
    Path run = Path.of("runs", id);
    boolean hasViewer = viewer != null;
    ReportPage page = new ReportPage();
    writeData(report, run.resolve("data"), staged);
    writeSummaries(report, run, staged);
    staged.write(
        run.resolve("index.html"),
        out -> out.write(page.write(report, known(report, PageAddresses.ofRun(hasViewer)))));
    ArchivePage archive =
        new ArchivePage(
            report, publishedRuns(site, id), known(report, PageAddresses.ofArchive(hasViewer)));
    staged.write(Path.of("runs", "index.html"), out -> out.write(archive.write()));
    staged.write(
        Path.of("feed.xml"),
        out ->
            out.write(new VerdictFeed(report, archive.onSite(), new ToldRuns(site), web).write()));
    writeSummaries(report, Path.of(""), staged);
    staged.write(
        Path.of("index.html"),
        out -> out.write(page.write(report, known(report, PageAddresses.front(id, hasViewer)))));
  }

  private PageAddresses known(Report report, PageAddresses addresses) {
    return addresses.with(web.forge(), report.named());
  }

  private static void writeData(Report report, Path folder, StagedSite staged) throws IOException {
    staged.write(folder.resolve(DataFile.REPORT.fileName()), out -> ReportJson.write(report, out));
    for (Part<?> part : report.parts()) {
      for (Part.Table table : part.tables()) {
        staged.write(folder.resolve(table.file().fileName()), table.rows()::write);
      }
    }
  }

  private static void writeSummaries(Report report, Path folder, StagedSite staged)
      throws IOException {
    staged.write(folder.resolve("summary.md"), out -> Summaries.markdown(report, out));
    staged.write(folder.resolve("summary.json"), out -> Summaries.json(report, out));
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
}
