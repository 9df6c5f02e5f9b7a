package dev.nightjar.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.Failure;
import dev.nightjar.site.page.WebPlaces;
import dev.nightjar.site.report.Report;
import dev.nightjar.viewer.SmallHistory;
import dev.nightjar.viewer.ViewerFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SitePublisherTest {
  @TempDir Path folder;

  @Test
  void writesASiteThatNamesItsFiles() throws IOException {
    Report data = new SampleReport().build();

    Path front = new SitePublisher().publish(data, folder.resolve("site"));

    Path site = folder.resolve("site");
    String run = "runs/" + data.run().id();
    assertEquals(site.resolve("index.html"), front);
    assertEquals(
        List.of(
            ".publishing.lock",
            "feed.xml",
            "index.html",
            run + "/data/activity.csv",
            run + "/data/branches.csv",
            run + "/data/changes.csv",
            run + "/data/co_changes.csv",
            run + "/data/commits.csv",
            run + "/data/history.csv",
            run + "/data/hotspots.csv",
            run + "/data/open_findings.csv",
            run + "/data/ownership.csv",
            run + "/data/report.json",
            run + "/data/runs.csv",
            run + "/data/samples.csv",
            run + "/data/skipped.csv",
            run + "/data/telemetry.csv",
            run + "/data/verdicts.csv",
            run + "/data/windows.csv",
            run + "/index.html",
            run + "/summary.json",
            run + "/summary.md",
            "runs/index.html",
            "summary.json",
            "summary.md"),
        files(site));
    assertTrue(Files.readString(front).contains("href=\"" + run + "/data/samples.csv\""));
  }

  @Test
  void writesAHundredBenchmarksOfFiveHundredRunsIntoAMegabyte() throws IOException {
    Path front =
        new SitePublisher().publish(new SampleReport().series(100).runs(500).build(), folder);

    System.out.println("page of 100 series and 500 runs: " + Files.size(front) + " bytes");
    assertTrue(Files.size(front) <= 1_000_000, Files.size(front) + " bytes");
  }

  @Test
  void publishesTheViewerAndKeepsTheDataOfTheOneBefore() throws IOException {
    List<String> pages = new ArrayList<>();
    for (int commits : List.of(20, 40, 60)) {
      SmallHistory history = SmallHistory.plausible(commits, UnaryOperator.identity());
      Path front =
          new SitePublisher(new ViewerFolder(history, null), WebPlaces.UNKNOWN)
              .publish(new SampleReport().build(), folder);
      assertTrue(Files.readString(front).contains("href=\"viewer/index.html\""));
      String page = Files.readString(folder.resolve("viewer/index.html"));
      pages.add(page.replaceAll("(?s).*data-pages=\"(data/[0-9a-f]{12})\".*", "$1"));
    }

    List<String> files = files(folder.resolve("viewer"));
    assertTrue(
        files.containsAll(List.of("index.html", "viewer.js", "worker.js")), files.toString());
    assertTrue(files.contains(pages.get(2) + "/commits-0.js"), files.toString());
    assertTrue(files.contains(pages.get(1) + "/commits-0.js"), files.toString());
    assertFalse(Files.exists(folder.resolve("viewer").resolve(pages.get(0))));
  }

  @Test
  void keepsTheReportsOfEarlierRuns() throws IOException {
    Report first = new SampleReport().build();
    Report second = new SampleReport().build();
    new SitePublisher().publish(first, folder);
    String before = Files.readString(folder.resolve("runs/" + first.run().id() + "/index.html"));

    new SitePublisher().publish(second, folder);

    assertEquals(
        before, Files.readString(folder.resolve("runs/" + first.run().id() + "/index.html")));
    assertTrue(
        Files.readString(folder.resolve("index.html")).contains(second.run().id().toString()));
  }

  @Test
  void leavesTheOldSiteWholeWhenAFileCannotBePlaced() throws IOException {
    Report first = new SampleReport().series(2).build();
    new SitePublisher().publish(first, folder);
    String before = Files.readString(folder.resolve("index.html"));
    // A file where the stage's folder is to be made fails the writing, whoever runs the test.
    Report second = new SampleReport().series(3).build();
    Path blocked = folder.resolve("runs/" + second.run().id());
    Files.writeString(blocked, "in the way");

    Failure failure =
        assertThrows(Failure.Unavailable.class, () -> new SitePublisher().publish(second, folder));

    assertTrue(
        String.valueOf(failure.getMessage()).contains(folder.toString()), failure.getMessage());
    assertEquals(before, Files.readString(folder.resolve("index.html")));
    assertFalse(Files.exists(folder.resolve(".publishing")));
  }

  @Test
  void refusesAFileInThePlaceOfTheFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("site"), "mine");

    Failure failure =
        assertThrows(
            Failure.Misuse.class,
            () -> new SitePublisher().publish(new SampleReport().build(), file));

    assertTrue(
        String.valueOf(failure.getMessage()).contains(file.toString()), failure.getMessage());
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void doesNotWriteThroughALinkOutOfTheSite() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path site = Files.createDirectory(folder.resolve("site"));
    Files.createSymbolicLink(site.resolve("runs"), elsewhere);

    assertThrows(
        Failure.Misuse.class, () -> new SitePublisher().publish(new SampleReport().build(), site));

    assertEquals(List.of(), files(elsewhere));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "repository/site",
        "repository/out",
        "repository/out/site/runs",
        "repository/out/site/runs/RUN",
        "repository/out/site/runs/RUN/data",
        "repository/out/site/viewer",
        "repository/out/site/viewer/data",
        "repository/out/site/.publishing",
        "repository/out/site/.publishing.lock",
      })
  void aLinkAnywhereOnTheWayIsRefused(String name) throws IOException {
    Report data = new SampleReport().build();
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createDirectories(folder.resolve("repository/.git"));
    Path link = folder.resolve(name.replace("RUN", data.run().id().toString()));
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, elsewhere);
    Path site = folder.resolve(name.equals("repository/site") ? name : "repository/out/site");

    Failure failure =
        assertThrows(Failure.Misuse.class, () -> new SitePublisher().publish(data, site));

    assertTrue(String.valueOf(failure.getMessage()).startsWith(link + " is a link"));
    assertEquals(List.of(), files(elsewhere));
  }

  @Test
  void aLinkAboveTheRepositoryIsTheAdministrators() throws IOException {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    Files.createDirectories(disk.resolve("repository/.git"));
    Path home = Files.createSymbolicLink(folder.resolve("home"), disk);

    Path front =
        new SitePublisher()
            .publish(new SampleReport().build(), home.resolve("repository").resolve("site"));

    assertTrue(Files.isRegularFile(front));
  }

  @Test
  void replacesALinkInsteadOfWritingThroughIt() throws IOException {
    Path mine = Files.writeString(folder.resolve("mine"), "mine");
    Path site = Files.createDirectory(folder.resolve("site"));
    Files.createSymbolicLink(site.resolve("index.html"), mine);

    new SitePublisher().publish(new SampleReport().build(), site);

    assertEquals("mine", Files.readString(mine));
    assertFalse(Files.isSymbolicLink(site.resolve("index.html")));
  }

  @Test
  void refusesToWorkBesideAnotherPublisher() throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(".publishing.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      assertTrue(lock.isValid());

      assertThrows(
          Failure.Unavailable.class,
          () -> new SitePublisher().publish(new SampleReport().build(), folder));
    }
    assertFalse(Files.exists(folder.resolve("index.html")));
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
