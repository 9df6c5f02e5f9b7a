package dev.nightjar.git.objects;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * A pack and its index with entries that no git would write: sizes that are lies, deltas that are
 * bombs. Objects are named as the test likes; nobody checks that a name is the digest.
 */
final class PackOfAnything {
  static final int BLOB = 3;
  static final int OFFSET_DELTA = 6;

  private final ByteArrayOutputStream pack = new ByteArrayOutputStream();
  private final List<Entry> entries = new ArrayList<>();

  /** By the very array, so that a chain of equal bombs is made at once. */
  private final IdentityHashMap<byte[], byte[]> deflated = new IdentityHashMap<>();

  private record Entry(ObjectName name, int offset) {}

  PackOfAnything() {
    pack.writeBytes(new byte[] {'P', 'A', 'C', 'K', 0, 0, 0, 2, 0, 0, 0, 0});
  }

  /** The n-th name; the order of names is the order of numbers. */
  static ObjectName name(int number) {
    return new ObjectName((long) number << 32, 1, 1);
  }

  /** Adds a blob whose header says this size, whatever it has, and returns where it is. */
  int blob(ObjectName name, long size, byte[] content) {
    return add(name, BLOB, size, new byte[0], content);
  }

  /** Adds a delta against what lies at an offset. */
  int delta(ObjectName name, int base, byte[] delta) {
    return delta(name, base, delta.length, delta);
  }

  int delta(ObjectName name, int base, long size, byte[] delta) {
    return add(name, OFFSET_DELTA, size, distance(pack.size() - base), delta);
  }

  private int add(ObjectName name, int type, long size, byte[] base, byte[] content) {
    int offset = pack.size();
    entries.add(new Entry(name, offset));
    int first = type << 4 | (int) (size & 15);
    long rest = size >>> 4;
    while (rest != 0) {
      pack.write(first | 0x80);
      first = (int) (rest & 0x7f);
      rest >>>= 7;
    }
    pack.write(first);
    pack.writeBytes(base);
    pack.writeBytes(deflated.computeIfAbsent(content, PackOfAnything::deflate));
    return offset;
  }

  private static byte[] deflate(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_SPEED), 1 << 16)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] distance(int distance) {
    byte[] reversed = new byte[10];
    int count = 0;
    int rest = distance;
    reversed[count++] = (byte) (rest & 0x7f);
    while ((rest >>>= 7) != 0) {
      reversed[count++] = (byte) (0x80 | (--rest & 0x7f));
    }
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = reversed[count - 1 - i];
    }
    return bytes;
  }

  /** A size as deltas state it. */
  static byte[] size(long size) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long rest = size;
    while (rest >>> 7 != 0) {
      out.write((int) (0x80 | (rest & 0x7f)));
      rest >>>= 7;
    }
    out.write((int) rest);
    return out.toByteArray();
  }

  /** Writes both files. */
  void into(Path packFolder) throws IOException {
    Files.createDirectories(packFolder);
    Files.write(packFolder.resolve("pack-0.pack"), pack.toByteArray());
    List<Entry> sorted =
        entries.stream().sorted(Comparator.comparing(entry -> entry.name().hex())).toList();
    ByteBuffer index = ByteBuffer.allocate(8 + 256 * 4 + sorted.size() * 28 + 40);
    index.putInt(0xff744f63).putInt(2);
    for (int first = 0; first < 256; first++) {
      int highest = first;
      long upTo = sorted.stream().filter(entry -> entry.name().first() >>> 56 <= highest).count();
      index.putInt((int) upTo);
    }
    for (Entry entry : sorted) {
      index.putLong(entry.name().first());
      index.putLong(entry.name().second());
      index.putInt(entry.name().third());
    }
    index.position(index.position() + sorted.size() * 4);
    sorted.forEach(entry -> index.putInt(entry.offset()));
    Files.write(packFolder.resolve("pack-0.idx"), index.array());
  }
}
