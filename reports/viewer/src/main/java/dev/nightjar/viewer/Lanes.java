package dev.nightjar.viewer;

import java.util.BitSet;

/**
 * Gives each commit a lane and a depth. Lane 0 is the default branch by its first parents. A branch
 * has a lane of its own from where it begins to where it is merged, the lowest that is free then.
 * Its depth says how many merges lie between it and the default branch.
 *
 * <p>One walk from the newest to the oldest: a commit hands its lane on to its first parent, and
 * gives each further parent a new one.
 */
final class Lanes {
  /** What fits twelve bits; branches beyond share the last lane. */
  static final int MOST = 4096;

  /** What fits four bits. */
  static final int DEEPEST = 15;

  private final short[] lanes;
  private final byte[] depths;
  private final BitSet used = new BitSet();
  private int highest;

  Lanes(History history, TimeOrder order) {
    int size = order.size();
    lanes = new short[size];
    depths = new byte[size];
    boolean[] isClaimed = new boolean[size];
    claimMain(history, order, isClaimed);
    for (int position = size - 1; position >= 0; position--) {
      if (!isClaimed[position]) {
        isClaimed[position] = true;
        take(position, 1);
      }
      handOn(history, order, position, isClaimed);
    }
  }

  private void claimMain(History history, TimeOrder order, boolean[] isClaimed) {
    used.set(0);
    int row = order.size() == 0 ? -1 : history.mainTip();
    while (row >= 0) {
      isClaimed[order.position(row)] = true;
      row = history.parentCount(row) == 0 ? -1 : history.parent(row, 0);
    }
  }

  private void take(int position, int depth) {
    int lane = Math.min(used.nextClearBit(1), MOST - 1);
    used.set(lane);
    highest = Math.max(highest, lane);
    lanes[position] = (short) lane;
    depths[position] = (byte) Math.min(depth, DEEPEST);
  }

  private void handOn(History history, TimeOrder order, int position, boolean[] isClaimed) {
    int row = order.row(position);
    int parents = history.parentCount(row);
    boolean isHandedOn = false;
    for (int i = 0; i < parents; i++) {
      int parent = order.position(history.parent(row, i));
      if (isClaimed[parent]) {
        continue;
      }
      isClaimed[parent] = true;
      if (i == 0) {
        lanes[parent] = lanes[position];
        depths[parent] = depths[position];
        isHandedOn = true;
      } else {
        take(parent, depths[position] + 1);
      }
    }
    if (!isHandedOn && lanes[position] != 0) {
      used.clear(lanes[position]);
    }
  }

  /** The lane of the commit at a position. */
  int lane(int position) {
    return lanes[position];
  }

  /** Its depth. */
  int depth(int position) {
    return depths[position];
  }

  /** The highest lane in use. */
  int highest() {
    return highest;
  }
}
