package dev.nightjar.git.objects;

import java.io.IOException;

/** Git's delta format: copies from a base and literal bytes. */
final class Delta {
  /** The two sizes at the start of a delta take no more bytes than this. */
  static final int SIZES_BYTES = 20;

  private Delta() {}

  /** Makes an object from its base and the delta. */
  static byte[] apply(byte[] base, byte[] delta) throws IOException {
    long baseSize = size(delta, 0);
    if (baseSize != base.length) {
      throw new IOException("a delta expects a base of " + baseSize + " bytes, not " + base.length);
    }
    int second = afterSize(delta, 0);
    byte[] result = new byte[Math.toIntExact(size(delta, second))];
    try {
      run(base, delta, afterSize(delta, second), result);
    } catch (IndexOutOfBoundsException e) {
      throw new IOException("a delta reaches beyond its base or its result", e);
    }
    return result;
  }

  /** The size of the result, which the delta states after that of its base. */
  static long resultSize(byte[] delta) throws IOException {
    return size(delta, afterSize(delta, 0));
  }

  private static long size(byte[] delta, int start) throws IOException {
    long size = 0;
    int end = afterSize(delta, start);
    for (int i = start; i < end; i++) {
      size |= part(delta[i], 7 * (i - start));
    }
    return size;
  }

  private static int afterSize(byte[] delta, int start) throws IOException {
    int at = start;
    while (at < delta.length && delta[at] < 0) {
      at++;
    }
    if (at == delta.length) {
      throw new IOException("a delta ends within its sizes");
    }
    return at + 1;
  }

  /** Seven bits of a size at their place; no size that Java could hold has bits beyond 62. */
  static long part(int b, int shift) throws IOException {
    long bits = b & 0x7f;
    if (bits != 0 && (shift > 62 || bits << shift >>> shift != bits || bits << shift < 0)) {
      throw new IOException("the size of an object is beyond all measure");
    }
    return shift > 62 ? 0 : bits << shift;
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
