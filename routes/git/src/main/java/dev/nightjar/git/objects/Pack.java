package dev.nightjar.git.objects;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One pack with its index. The index (version 2) is mapped and searched in place; the pack is read
 * by position, not mapped, so that the memory of a reading does not grow with the pack. Both stay
 * readable after another process has replaced and unlinked them.
 *
 * <p>The layout is git's {@code gitformat-pack}.
 */
final class Pack implements AutoCloseable {
  private static final int INDEX_MAGIC = 0xff744f63;
  private static final int FANOUT = 8;
  private static final int NAMES = FANOUT + 256 * 4;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** Distinguishes this pack in the keys of the cache. */
  final int ordinal;

  final Path file;
  private final Arena arena;
  private final MemorySegment index;
  private final FileChannel channel;
  private final long size;
  private final int objects;
  private final int[] fanout = new int[257];

  private Pack(int ordinal, Path file, Arena arena, MemorySegment index, FileChannel channel)
      throws IOException {
    this.ordinal = ordinal;
    this.file = file;
    this.arena = arena;
    this.index = index;
    this.channel = channel;
    this.size = channel.size();
    for (int i = 0; i < 256; i++) {
      fanout[i + 1] = index.get(INT, FANOUT + i * 4L);
    }
    this.objects = fanout[256];
  }

  /** Opens a pack by its index; a layout this class does not know is an IOException. */
  @SuppressWarnings("MustBeClosedChecker") // the pack owns the arena and closes it
  static Pack open(int ordinal, Path indexFile) throws IOException {
    String name = indexFile.getFileName().toString();
    Path file = indexFile.resolveSibling(name.substring(0, name.length() - 4) + ".pack");
    Arena arena = Arena.ofShared();
    FileChannel channel = null;
    try (FileChannel indexChannel = FileChannel.open(indexFile, StandardOpenOption.READ)) {
      MemorySegment index =
          indexChannel.map(FileChannel.MapMode.READ_ONLY, 0, Files.size(indexFile), arena);
      if (index.byteSize() < NAMES || index.get(INT, 0) != INDEX_MAGIC || index.get(INT, 4) != 2) {
        throw new IOException(indexFile + " is not a pack index of version 2");
      }
      channel = FileChannel.open(file, StandardOpenOption.READ);
      Pack pack = new Pack(ordinal, file, arena, index, channel);
      if (index.byteSize() < NAMES + pack.objects * 28L) {
        throw new IOException(indexFile + " is cut short");
      }
      return pack;
    } catch (IOException | RuntimeException e) {
      arena.close();
      if (channel != null) {
        channel.close();
      }
      throw e;
    }
  }

  /** Where the object lies in this pack, or -1. */
  long find(ObjectName name) {
    int first = (int) (name.first() >>> 56);
    int low = fanout[first];
    int high = fanout[first + 1] - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compare(name, middle);
      if (order == 0) {
        return offset(middle);
      }
      if (order < 0) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    return -1;
  }

  private int compare(ObjectName name, int position) {
    long at = NAMES + (long) position * ObjectName.LENGTH;
    int order = Long.compareUnsigned(name.first(), index.get(LONG, at));
    if (order == 0) {
      order = Long.compareUnsigned(name.second(), index.get(LONG, at + 8));
    }
    return order != 0 ? order : Integer.compareUnsigned(name.third(), index.get(INT, at + 16));
  }

  private long offset(int position) {
    long small = NAMES + objects * 24L + position * 4L;
    int offset = index.get(INT, small);
    if (offset >= 0) {
      return offset;
    }
    long large = NAMES + objects * 28L + (offset & 0x7fff_ffffL) * 8;
    return index.get(LONG, large);
  }

  /** Fills the buffer from this place on, as far as the pack goes. */
  void read(ByteBuffer into, long position) throws IOException {
    long at = position;
    while (into.hasRemaining() && at < size) {
      int read = channel.read(into, at);
      if (read < 0) {
        return;
      }
      at += read;
    }
  }

  long cacheKey(long offset) {
    return ((long) ordinal << 44) | offset;
  }

  @Override
  public void close() throws IOException {
    arena.close();
    channel.close();
  }
}
