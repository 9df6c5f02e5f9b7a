package dev.nightjar.viewer;

import java.util.Arrays;

/** Finds commits by their ids: an open hash table over ids that lie one after the other. */
final class CommitIds {
  private final byte[] ids;
  private final int width;
  private final int[] slots;

  /**
   * @param ids all ids, each {@code width} bytes
   */
  CommitIds(byte[] ids, int width) {
    this.ids = ids;
    this.width = width;
    int count = width == 0 ? 0 : ids.length / width;
    this.slots = new int[Integer.highestOneBit(Math.max(4, count) * 2) * 2];
    Arrays.fill(slots, -1);
    for (int row = 0; row < count; row++) {
      int slot = slot(ids, row * width);
      while (slots[slot] >= 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = row;
    }
  }

  /** The row of the id that begins at an offset; -1 when there is none. */
  int find(byte[] in, int offset) {
    if (width == 0 || offset + width > in.length) {
      return -1;
    }
    int slot = slot(in, offset);
    while (slots[slot] >= 0) {
      int start = slots[slot] * width;
      if (Arrays.equals(ids, start, start + width, in, offset, offset + width)) {
        return slots[slot];
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return -1;
  }

  /** Ids are digests, so that their first bytes are as good as any hash. */
  private int slot(byte[] in, int offset) {
    int hash = 0;
    for (int i = 0; i < 4; i++) {
      hash = (hash << 8) | (in[offset + i] & 0xFF);
    }
    return hash & (slots.length - 1);
  }
}
