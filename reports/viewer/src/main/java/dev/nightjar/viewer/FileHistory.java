package dev.nightjar.viewer;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * How large and how hot each file was at each of some moments that lie evenly between the first and
 * the last commit.
 *
 * <p>Lines are the sum of what commits on the way to the default branch's tip added and deleted;
 * what a merge itself changed is not known, so a sum below zero counts as zero. Heat is the number
 * of changes, each counting half of one that is a half-life younger.
 */
final class FileHistory {
  /** Moments at which files are known. */
  static final int MOMENTS = 128;

  /** The half-life of heat is this part of the history's length, and at least two weeks. */
  private static final double HALF_LIFE_PART = 1.0 / 40;

  private static final double SHORTEST_HALF_LIFE_SECONDS = 14 * 86_400.0;

  private final History history;
  private final TimeOrder order;
  private final BitSet onTheWay;
  private final long[] lines;
  private final long[] peaks;
  private final int[] changes;

  FileHistory(History history, TimeOrder order) {
    this.history = history;
    this.order = order;
    this.onTheWay = ancestors(history, order);
    int paths = history.paths().size();
    lines = new long[paths];
    peaks = new long[paths];
    changes = new int[paths];
    for (int position = 0; position < order.size(); position++) {
      walk(
          position,
          path -> {
            peaks[path] = Math.max(peaks[path], lines[path]);
            changes[path]++;
          });
    }
  }

  private static BitSet ancestors(History history, TimeOrder order) {
    BitSet reached = new BitSet(order.size());
    if (order.size() > 0) {
      reached.set(order.position(history.mainTip()));
    }
    for (int position = reached.length() - 1; position >= 0; position--) {
      if (reached.get(position)) {
        int row = order.row(position);
        for (int i = 0; i < history.parentCount(row); i++) {
          reached.set(order.position(history.parent(row, i)));
        }
      }
    }
    return reached;
  }

  private interface Touch {
    void file(int path);
  }

  private void walk(int position, Touch touch) {
    if (!onTheWay.get(position)) {
      return;
    }
    int row = order.row(position);
    int end = history.firstChange(row + 1);
    for (int change = history.firstChange(row); change < end; change++) {
      int path = history.changePath(change);
      long delta = history.changeAdded(change) - (long) history.changeDeleted(change);
      switch (history.changeKind(change)) {
        case 'D' -> lines[path] = 0;
        case 'R' -> {
          int old = history.changeOldPath(change);
          long carried = old < 0 ? 0 : lines[old];
          if (old >= 0) {
            lines[old] = 0;
          }
          lines[path] = Math.max(0, carried + delta);
        }
        default -> lines[path] = Math.max(0, lines[path] + delta);
      }
      touch.file(path);
    }
  }

  /** Lines at the end, by path. */
  long lines(int path) {
    return lines[path];
  }

  /** The most lines it ever had. */
  long peak(int path) {
    return peaks[path];
  }

  /** Commits that changed it. */
  int changes(int path) {
    return changes[path];
  }

  /**
   * Sizes and heats of some files at all moments.
   *
   * @param slots by path, where a file stands in the result; -1 leaves it out
   * @return {@code files × MOMENTS × 2} bytes: size and heat of each moment, on logarithmic scales
   */
  byte[] moments(int[] slots, int files) {
    Arrays.fill(lines, 0);
    Film film = new Film(slots, files);
    for (int position = 0; position < order.size(); position++) {
      film.runUntil(order.seconds(position));
      walk(position, film::heat);
    }
    return film.end();
  }

  /** Takes pictures of some files' lines and heats as time passes, one a moment. */
  private final class Film {
    private final int[] slots;
    private final float[] sizes;
    private final float[] heats;
    private final double[] heat;
    private final long first;
    private final double step;
    private final double decay;
    private int moment;

    Film(int[] slots, int files) {
      this.slots = slots;
      this.sizes = new float[files * MOMENTS];
      this.heats = new float[files * MOMENTS];
      this.heat = new double[files];
      this.first = order.size() == 0 ? 0 : order.seconds(0);
      long span = order.size() == 0 ? 0 : order.seconds(order.size() - 1) - first;
      this.step = Math.max(1, span / (double) (MOMENTS - 1));
      double halfLife = Math.max(SHORTEST_HALF_LIFE_SECONDS, span * HALF_LIFE_PART);
      this.decay = Math.pow(0.5, step / halfLife);
    }

    /** Takes the pictures of all moments before this one but the last. */
    void runUntil(long seconds) {
      while (seconds - first > moment * step && moment < MOMENTS - 1) {
        take();
      }
    }

    void heat(int path) {
      if (slots[path] >= 0) {
        heat[slots[path]]++;
      }
    }

    byte[] end() {
      while (moment < MOMENTS) {
        take();
      }
      return coded(sizes, heats);
    }

    private void take() {
      for (int path = 0; path < slots.length; path++) {
        if (slots[path] >= 0) {
          sizes[slots[path] * MOMENTS + moment] = (float) lines[path];
        }
      }
      for (int i = 0; i < heat.length; i++) {
        heats[i * MOMENTS + moment] = (float) heat[i];
        heat[i] *= decay;
      }
      moment++;
    }
  }

  private static byte[] coded(float[] sizes, float[] heats) {
    double hottest = IntStream.range(0, heats.length).mapToDouble(i -> heats[i]).max().orElse(0);
    byte[] coded = new byte[sizes.length * 2];
    for (int i = 0; i < sizes.length; i++) {
      coded[2 * i] = sizeCode(sizes[i]);
      coded[2 * i + 1] = heatCode(heats[i], hottest);
    }
    return coded;
  }

  /** 0 for no line, else 1 to 255 for 1 to 2^20 lines, 12.7 steps to a doubling. */
  static byte sizeCode(double lines) {
    if (lines < 1) {
      return 0;
    }
    return (byte) Math.clamp(Math.round(1 + Math.log(lines) / Math.log(2) * 12.7), 1, 255);
  }

  private static byte heatCode(double heat, double hottest) {
    return hottest <= 0
        ? 0
        : (byte) Math.clamp(Math.round(255 * Math.log1p(heat) / Math.log1p(hottest)), 0, 255);
  }
}
