package dev.nightjar.viewer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes one after the other, little end first, as the browser's typed arrays have them. */
final class Bytes {
  private byte[] bytes;
  private int size;

  Bytes(int expected) {
    bytes = new byte[Math.max(16, expected)];
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length + (bytes.length >> 1)));
    }
  }

  Bytes u8(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  Bytes u16(int value) {
    return u8(value).u8(value >> 8);
  }

  Bytes u32(long value) {
    return u16((int) value).u16((int) (value >> 16));
  }

  /** Seven bits to a byte, the low ones first, the high bit set on all but the last. */
  Bytes varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      u8((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    return u8((int) rest);
  }

  Bytes all(byte[] more) {
    return all(more, 0, more.length);
  }

  Bytes all(byte[] from, int start, int length) {
    room(length);
    System.arraycopy(from, start, bytes, size, length);
    size += length;
    return this;
  }

  Bytes all(Bytes more) {
    return all(more.bytes, 0, more.size);
  }

  Bytes text(String text) {
    return all(text.getBytes(StandardCharsets.UTF_8));
  }

  int size() {
    return size;
  }

  /** The bytes behind; only the first {@link #size} mean something. */
  byte[] array() {
    return bytes;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }
}
