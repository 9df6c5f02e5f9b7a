package dev.nightjar.viewer;

/**
 * The tree of detail above single commits: grids over time and lanes, each level four times as fine
 * in time as the one above. A cell says how many commits it holds and whose most of them are. The
 * coarse levels are a few kilobytes, so that the first picture shows the whole history.
 */
final class Clusters {
  /** Cells along the time, by level. */
  static final int[] LEVELS = {96, 384, 1536};

  private static final int[] LANES_A_CELL = {8, 4, 2};
  private static final int AUTHORS = 8;

  private Clusters() {}

  /**
   * Writes all levels.
   *
   * <pre>
   * u32 levels; for each level: u32 cells along the time, lanes a cell, cells with commits, rows
   * then each of these: varint cells since the one before (time × rows + lane cell), varint commits,
   * u8 author's rank × 16 + depth, the rank 8 standing for all others
   * </pre>
   */
  static byte[] write(History history, TimeOrder order, Lanes lanes) {
    Bytes out = new Bytes(1 << 16).u32(LEVELS.length);
    for (int level = 0; level < LEVELS.length; level++) {
      write(out, history, order, lanes, level);
    }
    return out.toArray();
  }

  private static void write(Bytes out, History history, TimeOrder order, Lanes lanes, int level) {
    int columns = LEVELS[level];
    int rows = lanes.highest() / LANES_A_CELL[level] + 1;
    int[] commits = new int[columns * rows];
    int[] depths = new int[columns * rows];
    int[] byAuthor = new int[columns * rows * (AUTHORS + 1)];
    int size = order.size();
    long first = size == 0 ? 0 : order.seconds(0);
    long span = size == 0 ? 1 : order.seconds(size - 1) - first + 1;
    for (int position = 0; position < size; position++) {
      int column = (int) ((order.seconds(position) - first) * columns / span);
      int cell = column * rows + lanes.lane(position) / LANES_A_CELL[level];
      commits[cell]++;
      depths[cell] += lanes.depth(position);
      byAuthor[cell * (AUTHORS + 1) + Math.min(AUTHORS, history.author(order.row(position)))]++;
    }
    Bytes cells = new Bytes(1 << 12);
    int filled = 0;
    int before = 0;
    for (int cell = 0; cell < commits.length; cell++) {
      if (commits[cell] > 0) {
        cells.varint(cell - before).varint(commits[cell]);
        cells.u8((most(byAuthor, cell * (AUTHORS + 1)) << 4) | (depths[cell] / commits[cell]));
        before = cell;
        filled++;
      }
    }
    out.u32(columns).u32(LANES_A_CELL[level]).u32(filled).u32(rows).all(cells);
  }

  private static int most(int[] counts, int from) {
    int best = 0;
    for (int i = 1; i <= AUTHORS; i++) {
      best = counts[from + i] > counts[from + best] ? i : best;
    }
    return best;
  }
}
