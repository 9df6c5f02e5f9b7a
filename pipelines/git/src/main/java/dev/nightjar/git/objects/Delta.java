package dev.nightjar.git.objects;

import java.io.IOException;

/** Git's delta format: copies from a base and literal bytes. */
final class Delta {
  /** The two sizes at the start of a delta take no more bytes than this. */
  static final int SIZES_BYTES = 20;

  private Delta() {}

  /** Makes an object from its base and the delta. */
  static byte[] apply(byte[] base, byte[] delta) throws IOException {
    int at = 0;
    int shift = 0;
    long baseSize = 0;
    int b;
    do {
      b = delta[at++] & 0xff;
      baseSize |= (long) (b & 0x7f) << shift;
      shift += 7;
    } while (b >= 0x80);
    if (baseSize != base.length) {
      throw new IOException("a delta expects a base of " + baseSize + " bytes, not " + base.length);
    }
    long size = 0;
    shift = 0;
    do {
      b = delta[at++] & 0xff;
      size |= (long) (b & 0x7f) << shift;
      shift += 7;
    } while (b >= 0x80);
    byte[] result = new byte[Math.toIntExact(size)];
    try {
      run(base, delta, at, result);
    } catch (IndexOutOfBoundsException e) {
      throw new IOException("a delta reaches beyond its base or its result", e);
    }
    return result;
  }

  /** The size of the result, which the delta states after that of its base. */
  static long resultSize(byte[] delta) {
    int at = 0;
    while (delta[at++] < 0) {
      // skips the size of the base
    }
    long size = 0;
    int shift = 0;
    int b;
    do {
      b = delta[at++] & 0xff;
      size |= (long) (b & 0x7f) << shift;
      shift += 7;
    } while (b >= 0x80);
    return size;
  }

  private static void run(byte[] base, byte[] delta, int start, byte[] result) throws IOException {
    int at = start;
    int done = 0;
    while (at < delta.length) {
      int command = delta[at++] & 0xff;
      if (command >= 0x80) {
        int from = 0;
        int length = 0;
        for (int i = 0; i < 4; i++) {
          if ((command & (1 << i)) != 0) {
            from |= (delta[at++] & 0xff) << (8 * i);
          }
        }
        for (int i = 0; i < 3; i++) {
          if ((command & (0x10 << i)) != 0) {
            length |= (delta[at++] & 0xff) << (8 * i);
          }
        }
        length = length == 0 ? 0x10000 : length;
        System.arraycopy(base, from, result, done, length);
        done += length;
      } else if (command > 0) {
        System.arraycopy(delta, at, result, done, command);
        at += command;
        done += command;
      } else {
        throw new IOException("a delta uses the reserved command");
      }
    }
    if (done != result.length) {
      throw new IOException("a delta made " + done + " bytes of " + result.length);
    }
  }
}
