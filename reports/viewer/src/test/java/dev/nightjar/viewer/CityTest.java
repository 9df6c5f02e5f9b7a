package dev.nightjar.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files: where they stand, and how large they were. */
class CityTest {
  private static final long NOW = SmallHistory.START_SECONDS + 10_000_000;

  @Test
  void givesEachFileAnAreaOfItsWeightInsideItsFolder() {
    Treemap map = new Treemap();
    map.add("a/x", 0, 30);
    map.add("a/y", 1, 10);
    map.add("b", 2, 60);

    List<Treemap.Plot> plots = map.layOut(10, 10);

    Treemap.Plot folder =
        plots.stream().filter(p -> p.path().equals("a")).findFirst().orElseThrow();
    double[] areas = new double[3];
    for (Treemap.Plot plot : plots) {
      if (plot.file() >= 0) {
        areas[plot.file()] = plot.width() * plot.length();
      }
      if (plot.path().startsWith("a/")) {
        assertTrue(plot.x() >= folder.x() && plot.z() >= folder.z());
        assertTrue(plot.x() + plot.width() <= folder.x() + folder.width() + 1e-9);
        assertTrue(plot.z() + plot.length() <= folder.z() + folder.length() + 1e-9);
      }
    }
    assertEquals(3, areas[0] / areas[1], 1e-6);
    assertTrue(areas[2] > areas[0] + areas[1]);
  }

  @Test
  void laysNoFileOverAnother() {
    long seed = 20261125;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Treemap map = new Treemap();
    for (int i = 0; i < 300; i++) {
      map.add(
          "d" + random.nextInt(9) + "/e" + random.nextInt(4) + "/f" + i,
          i,
          1 + random.nextInt(400));
    }

    List<Treemap.Plot> files = map.layOut(24, 9).stream().filter(p -> p.file() >= 0).toList();

    assertEquals(300, files.size());
    for (Treemap.Plot a : files) {
      assertTrue(
          a.x() >= 0 && a.z() >= 0 && a.x() + a.width() <= 24.001 && a.z() + a.length() <= 9.001);
      for (Treemap.Plot b : files) {
        boolean isApart =
            a.equals(b)
                || a.x() + a.width() <= b.x() + 1e-9
                || b.x() + b.width() <= a.x() + 1e-9
                || a.z() + a.length() <= b.z() + 1e-9
                || b.z() + b.length() <= a.z() + 1e-9;
        assertTrue(isApart, () -> a + " lies over " + b);
      }
    }
  }

  @Test
  void survivesAFolderAndAFileOfOneName() {
    Treemap map = new Treemap();
    map.add("x", 0, 5);
    map.add("x/y", 1, 5);

    assertEquals(2, map.layOut(4, 4).stream().filter(p -> p.file() >= 0).count());
  }

  private static FileHistory files(SmallHistory source) {
    History history = new History(source);
    return new FileHistory(history, new TimeOrder(history, NOW));
  }

  @Test
  void sumsLinesAlongRenamesAndDeletions() {
    FileHistory files =
        files(
            new SmallHistory()
                .commit(0, 0, 0)
                .commit(1, 10, 0, 0)
                .commit(2, 20, 0, 1)
                .change(0, 'A', "a", 100, 0)
                .change(0, 'A', "gone", 7, 0)
                .rename(1, "a", "b", 5, 2)
                .change(2, 'D', "gone", 0, 7)
                .ref("refs/heads/", "main", 2));

    assertEquals(0, files.lines(0), "a");
    assertEquals(0, files.lines(1), "gone");
    assertEquals(103, files.lines(2), "b");
    assertEquals(100, files.peak(0));
    assertEquals(7, files.peak(1));
  }

  @Test
  void leavesOutWhatNeverCameToTheDefaultBranch() {
    FileHistory files =
        files(
            new SmallHistory()
                .commit(0, 0, 0)
                .commit(1, 1, 0, 0)
                .change(0, 'A', "a", 10, 0)
                .change(1, 'M', "a", 90, 0)
                .ref("refs/heads/", "main", 0)
                .ref("refs/heads/", "topic", 1));

    assertEquals(10, files.lines(0));
    assertEquals(1, files.changes(0));
  }

  @Test
  void knowsAFilesSizeAndHeatAtEachMoment() {
    FileHistory files =
        files(
            new SmallHistory()
                .commit(0, 0, 0)
                .commit(1, 500, 0, 0)
                .commit(2, 1000, 0, 1)
                .change(0, 'A', "early", 8, 0)
                .change(1, 'A', "late", 1024, 0)
                .change(2, 'D', "early", 0, 8)
                .ref("refs/heads/", "main", 2));

    byte[] moments = files.moments(new int[] {0, 1}, 2);
    int last = FileHistory.MOMENTS - 1;

    assertEquals(FileHistory.sizeCode(8), moments[2 * 10], "early, soon after the begin");
    assertEquals(0, moments[2 * last], "early, at the end");
    assertEquals(0, moments[2 * (FileHistory.MOMENTS + 10)], "late, before it was there");
    assertEquals(FileHistory.sizeCode(1024), moments[2 * (FileHistory.MOMENTS + last)]);
    assertEquals(0, moments[2 * (FileHistory.MOMENTS + 10) + 1], "no heat before a change");
    assertTrue((moments[2 * (FileHistory.MOMENTS + 70) + 1] & 0xFF) > 0);
  }

  @Test
  void codesSizesInDoublings() {
    assertEquals(0, FileHistory.sizeCode(0));
    assertEquals(1, FileHistory.sizeCode(1));
    assertEquals(255, FileHistory.sizeCode(1 << 20) & 0xFF);
    assertEquals(255, FileHistory.sizeCode(1 << 28) & 0xFF);
  }
}
