package dev.nightjar.viewer;

import java.util.Arrays;

/**
 * Puts commits in an order in which no commit stands before its parents and time never falls, and
 * gives each the time at which it is shown.
 *
 * <p>Clocks are wrong: a commit may say that it is older than its parent, or from another century.
 * One that lies outside what its first parent and a child agree on gets its parent's time; what
 * then still is before a parent gets the latest parent's time. Both walks are linear, and a sort of
 * numbers follows.
 */
final class TimeOrder {
  private static final long TOLERANCE_SECONDS = 86_400;
  private static final int RANK_BITS = 30;

  private final int[] rows;
  private final int[] positions;
  private final long[] seconds;

  /**
   * @param nowSeconds no commit is shown later than a day after this
   */
  TimeOrder(History history, long nowSeconds) {
    int size = history.size();
    int[] parentsFirst = parentsFirst(history);
    long[] shown = plausible(history, parentsFirst, nowSeconds);
    for (int row : parentsFirst) {
      for (int i = 0; i < history.parentCount(row); i++) {
        shown[row] = Math.max(shown[row], shown[history.parent(row, i)]);
      }
    }
    long[] keys = new long[size];
    for (int rank = 0; rank < size; rank++) {
      keys[rank] = (shown[parentsFirst[rank]] << RANK_BITS) | rank;
    }
    Arrays.sort(keys);
    rows = new int[size];
    positions = new int[size];
    seconds = new long[size];
    for (int position = 0; position < size; position++) {
      int row = parentsFirst[(int) (keys[position] & ((1L << RANK_BITS) - 1))];
      rows[position] = row;
      positions[row] = position;
      seconds[position] = shown[row];
    }
  }

  /** Rows in an order in which each comes after its parents. */
  private static int[] parentsFirst(History history) {
    int size = history.size();
    Children children = Children.of(history);
    int[] waiting = new int[size];
    int[] order = new int[size];
    int end = 0;
    for (int row = 0; row < size; row++) {
      waiting[row] = history.parentCount(row);
      if (waiting[row] == 0) {
        order[end++] = row;
      }
    }
    for (int next = 0; next < end; next++) {
      int row = order[next];
      for (int i = children.starts[row]; i < children.starts[row + 1]; i++) {
        int child = children.rows[i];
        if (--waiting[child] == 0) {
          order[end++] = child;
        }
      }
    }
    if (end != size) {
      throw new IllegalStateException(
          "the history has a cycle, which git's ids make impossible: " + (size - end) + " commits");
    }
    return order;
  }

  /**
   * The children of all rows, one row's after the other's.
   *
   * @param starts where those of each row begin; those of the next row end them
   */
  @SuppressWarnings("ArrayRecordComponent") // within this class; never compared
  private record Children(int[] starts, int[] rows) {
    static Children of(History history) {
      int size = history.size();
      int[] starts = new int[size + 2]; // one more, as filling moves each start to the next one's
      for (int row = 0; row < size; row++) {
        for (int i = 0; i < history.parentCount(row); i++) {
          starts[history.parent(row, i) + 2]++;
        }
      }
      for (int row = 1; row < starts.length; row++) {
        starts[row] += starts[row - 1];
      }
      int[] rows = new int[starts[size + 1]];
      for (int row = 0; row < size; row++) {
        for (int i = 0; i < history.parentCount(row); i++) {
          rows[starts[history.parent(row, i) + 1]++] = row;
        }
      }
      return new Children(starts, rows);
    }
  }

  private static long[] plausible(History history, int[] parentsFirst, long nowSeconds) {
    int size = history.size();
    long latest = nowSeconds + TOLERANCE_SECONDS;
    long[] said = new long[size];
    for (int row : parentsFirst) {
      long time = history.seconds(row);
      long before = history.parentCount(row) == 0 ? time : said[history.parent(row, 0)];
      said[row] = Math.clamp(time == History.NO_TIME ? before : time, 0, latest);
    }
    long[] shown = said.clone();
    for (int child : parentsFirst) {
      if (history.parentCount(child) == 0) {
        continue;
      }
      int middle = history.parent(child, 0);
      if (history.parentCount(middle) == 0) {
        continue;
      }
      long from = said[history.parent(middle, 0)];
      long to = said[child];
      boolean isOutside =
          said[middle] < from - TOLERANCE_SECONDS || said[middle] > to + TOLERANCE_SECONDS;
      if (from <= to && isOutside) {
        shown[middle] = from;
      }
    }
    return shown;
  }

  int size() {
    return rows.length;
  }

  /** The row of the commit at a position. */
  int row(int position) {
    return rows[position];
  }

  /** Where a row's commit stands. */
  int position(int row) {
    return positions[row];
  }

  /** When the commit at a position is shown, seconds since 1970 UTC; never falls. */
  long seconds(int position) {
    return seconds[position];
  }
}
