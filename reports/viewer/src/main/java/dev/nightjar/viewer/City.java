package dev.nightjar.viewer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The files as a city: a plot of ground for each, and its size and heat at each moment. */
final class City {
  /** The ground, in the scene's units. */
  static final double WIDTH = 24;

  static final double LENGTH = 9;

  /** Files beyond these, the smallest and calmest, are left out. */
  static final int MOST_FILES = 8192;

  private static final int MOST_FOLDERS = 2500;
  private static final double GROUND = 65_535;

  private City() {}

  /**
   * Writes it.
   *
   * <pre>
   * u32 files, folders, moments, files left out
   * files × (u16 x, z, width, length; u32 lines at the end, changes; u32 path)
   * folders × (u16 x, z, width, length, depth, length of its name; its name)
   * files × moments × (u8 size, heat)
   * </pre>
   */
  static byte[] write(History history, TimeOrder order) {
    FileHistory files = new FileHistory(history, order);
    List<String> paths = history.paths();
    int[] chosen = chosen(files, paths.size());
    int[] slots = new int[paths.size()];
    Arrays.fill(slots, -1);
    Treemap map = new Treemap();
    for (int slot = 0; slot < chosen.length; slot++) {
      slots[chosen[slot]] = slot;
      map.add(paths.get(chosen[slot]), slot, weight(files, chosen[slot]));
    }
    Bytes[] plots = new Bytes[chosen.length];
    Bytes folders = new Bytes(1 << 12);
    int folderCount = plots(map.layOut(WIDTH, LENGTH), plots, folders);
    int leftOut =
        (int) IntStream.range(0, paths.size()).filter(path -> files.changes(path) > 0).count()
            - chosen.length;
    Bytes out = new Bytes(chosen.length * 300);
    out.u32(chosen.length).u32(folderCount).u32(FileHistory.MOMENTS).u32(leftOut);
    for (int slot = 0; slot < chosen.length; slot++) {
      int path = chosen[slot];
      out.all(plots[slot]).u32(files.lines(path)).u32(files.changes(path)).u32(path);
    }
    out.all(folders);
    return out.all(files.moments(slots, chosen.length)).toArray();
  }

  /**
   * Writes the files' plots each for itself, and those of the folders; returns how many these are.
   */
  private static int plots(List<Treemap.Plot> laidOut, Bytes[] files, Bytes folders) {
    int count = 0;
    double smallest = smallestFolder(laidOut);
    for (Treemap.Plot plot : laidOut) {
      if (plot.file() >= 0) {
        files[plot.file()] = rectangle(new Bytes(20), plot);
      } else if (plot.width() * plot.length() >= smallest) {
        count++;
        byte[] name = new Bytes(64).text(plot.path()).toArray();
        rectangle(folders, plot).u16(plot.depth()).u16(name.length).all(name);
      }
    }
    return count;
  }

  /** Smaller folders than this are not drawn; their files are. */
  private static double smallestFolder(List<Treemap.Plot> plots) {
    return plots.stream()
        .filter(plot -> plot.file() < 0)
        .map(plot -> plot.width() * plot.length())
        .sorted(Comparator.reverseOrder())
        .skip(MOST_FOLDERS)
        .findFirst()
        .map(Math::nextUp)
        .orElse(0.0);
  }

  private static Bytes rectangle(Bytes out, Treemap.Plot plot) {
    return out.u16(coded(plot.x(), WIDTH))
        .u16(coded(plot.z(), LENGTH))
        .u16(coded(plot.width(), WIDTH))
        .u16(coded(plot.length(), LENGTH));
  }

  private static int coded(double value, double whole) {
    return (int) Math.round(value / whole * GROUND);
  }

  /** Areas grow slower than lines, so that a generated file does not cover all others. */
  private static double weight(FileHistory files, int path) {
    return Math.pow(files.peak(path) + 8.0, 0.62);
  }

  private static int[] chosen(FileHistory files, int paths) {
    return IntStream.range(0, paths)
        .filter(path -> files.changes(path) > 0)
        .boxed()
        .sorted((a, b) -> Double.compare(worth(files, b), worth(files, a)))
        .limit(MOST_FILES)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double worth(FileHistory files, int path) {
    return Math.log1p((double) files.peak(path)) + 2 * Math.log1p(files.changes(path));
  }
}
