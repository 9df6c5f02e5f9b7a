package dev.nightjar.viewer;

import java.util.Arrays;

/**
 * Commits as pages of {@link #PAGE} in the order of time. What is drawn takes the columns of the
 * commit page and nothing else; ids, subjects and changed files are pages of their own.
 */
final class CommitPages {
  /** Commits of a page. */
  static final int PAGE = 16_384;

  private static final int COLUMNS = 5;

  private final History history;
  private final TimeOrder order;
  private final Lanes lanes;

  CommitPages(History history, TimeOrder order, Lanes lanes) {
    this.history = history;
    this.order = order;
    this.lanes = lanes;
  }

  int count() {
    return (order.size() + PAGE - 1) / PAGE;
  }

  private int begin(int page) {
    return page * PAGE;
  }

  private int end(int page) {
    return Math.min(order.size(), (page + 1) * PAGE);
  }

  /**
   * What is drawn. Numbers of unknown length are varints.
   *
   * <pre>
   * u32 commits, then u32 bytes of each of the five columns, which follow:
   * seconds since the commit before, the page's first since the history's first
   * author's rank
   * lane
   * u8 depth × 16 + size, the size being log2(lines changed + 1) up to 15
   * parents: distance to the first × 2 + (1 when more follow), 0 for none;
   *          then how many more, then their distances
   * </pre>
   */
  byte[] commits(int page) {
    Bytes[] columns = new Bytes[COLUMNS];
    Arrays.setAll(columns, any -> new Bytes(PAGE * 2));
    long before = order.size() == 0 ? 0 : order.seconds(0);
    for (int position = begin(page); position < end(page); position++) {
      int row = order.row(position);
      columns[0].varint(order.seconds(position) - before);
      before = order.seconds(position);
      columns[1].varint(history.author(row));
      columns[2].varint(lanes.lane(position));
      columns[3].u8((lanes.depth(position) << 4) | sizeCode(history.linesChanged(row)));
      parents(columns[4], position, row);
    }
    Bytes out = new Bytes(PAGE * 10).u32(end(page) - (long) begin(page));
    for (Bytes column : columns) {
      out.u32(column.size());
    }
    for (Bytes column : columns) {
      out.all(column);
    }
    return out.toArray();
  }

  private void parents(Bytes column, int position, int row) {
    int count = history.parentCount(row);
    if (count == 0) {
      column.varint(0);
      return;
    }
    column.varint(distance(position, row, 0) * 2 + (count > 1 ? 1 : 0));
    if (count > 1) {
      column.varint(count - 1);
      for (int i = 1; i < count; i++) {
        column.varint(distance(position, row, i));
      }
    }
  }

  private long distance(int position, int row, int which) {
    return position - (long) order.position(history.parent(row, which));
  }

  static int sizeCode(long lines) {
    return Math.min(15, 63 - Long.numberOfLeadingZeros(Math.max(0, lines) + 1));
  }

  /** The ids' bytes, one after the other. */
  byte[] ids(int page) {
    Bytes out = new Bytes(PAGE * history.idBytes());
    for (int position = begin(page); position < end(page); position++) {
      history.appendId(order.row(position), out);
    }
    return out.toArray();
  }

  /** The subjects in UTF-8, each ended by a line break. */
  byte[] subjects(int page) {
    Bytes out = new Bytes(PAGE * 64);
    for (int position = begin(page); position < end(page); position++) {
      history.appendSubject(order.row(position), out);
      out.u8('\n');
    }
    return out.toArray();
  }

  /** For each commit how many files it changed, and the numbers of their paths, as varints. */
  byte[] changes(int page) {
    Bytes out = new Bytes(PAGE * 8);
    for (int position = begin(page); position < end(page); position++) {
      int row = order.row(position);
      int end = history.firstChange(row + 1);
      out.varint(end - (long) history.firstChange(row));
      for (int change = history.firstChange(row); change < end; change++) {
        out.varint(history.changePath(change));
      }
    }
    return out.toArray();
  }
}
