package dev.nightjar.git.diff;

import dev.nightjar.git.objects.GitObject;
import dev.nightjar.git.objects.ObjectLoader;
import dev.nightjar.git.objects.ObjectName;
import dev.nightjar.git.objects.UnreadableObjectException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much of one blob is in another, measured as git measures it: both are cut into chunks at line
 * ends and after 64 bytes, the chunks are counted by a hash into 107,927 buckets, and what the
 * buckets have in common is what was kept. The buckets are few enough for collisions to matter, so
 * hash and count of buckets are git's own.
 */
final class Similarity {
  private static final int BUCKETS = 107_927;
  private static final int LONGEST_CHUNK = 64;

  private static final int FIRST_CHUNKS = 1 << 16;

  /** What the chunks of one comparison of trees may take; beyond it they are cut again. */
  private static final long KEPT_BYTES = 64L << 20;

  /**
   * What one comparison of trees may cost, in chunks compared: a thousand files of a thousand lines
   * against as many take a quarter of it.
   */
  private static final long MOST_STEPS = 8L << 30;

  /** A byte costs as much as so many chunks: it is inflated, hashed and sorted. */
  private static final int STEPS_TO_CUT_A_BYTE = 8;

  private final ObjectLoader objects;
  private final Map<ObjectName, Long> sizes = new HashMap<>();
  private final Map<ObjectName, Chunks> chunks = new LinkedHashMap<>(16, 0.75f, true);
  private long keptBytes;
  private long stepsLeft = MOST_STEPS;

  Similarity(ObjectLoader objects) {
    this.objects = objects;
  }

  /** Chunks of one blob as (bucket, bytes) pairs in one number each, by bucket. */
  @SuppressWarnings("ArrayRecordComponent") // nobody else sees it
  private record Chunks(int size, long[] counts) {
    static final Chunks UNREADABLE = new Chunks(-1, new long[0]);

    long bytes() {
      return 64 + 8L * counts.length;
    }
  }

  /** Drops what was kept for one comparison of trees. */
  void forget() {
    sizes.clear();
    chunks.clear();
    keptBytes = 0;
    stepsLeft = MOST_STEPS;
  }

  /**
   * The similarity in {@link RenameDetection#WHOLE}ths, 0 where the sizes alone say that it cannot
   * be enough, or where a blob cannot be read.
   *
   * @throws TooCostlyException when this comparison of trees has cost too much
   */
  int score(ObjectName source, ObjectName destination, int enough) throws TooCostlyException {
    long from = sizes.computeIfAbsent(source, this::size);
    long to = sizes.computeIfAbsent(destination, this::size);
    if (from < 0 || to <= 0) {
      return 0;
    }
    long larger = Math.max(from, to);
    if (larger * (RenameDetection.WHOLE - enough)
        < (larger - Math.min(from, to)) * RenameDetection.WHOLE) {
      return 0;
    }
    Chunks a = chunksOf(source);
    Chunks b = chunksOf(destination);
    spend(a.counts.length + b.counts.length);
    return a.size < 0 || b.size < 0
        ? 0
        : (int) (common(a.counts, b.counts) * RenameDetection.WHOLE / larger);
  }

  private long size(ObjectName blob) {
    try {
      return objects.size(blob);
    } catch (UnreadableObjectException e) {
      return -1;
    }
  }

  private void spend(long steps) throws TooCostlyException {
    stepsLeft -= steps;
    if (stepsLeft < 0) {
      throw new TooCostlyException("many large files that are much alike");
    }
  }

  private Chunks chunksOf(ObjectName blob) throws TooCostlyException {
    Chunks known = chunks.get(blob);
    if (known != null) {
      return known;
    }
    spend(STEPS_TO_CUT_A_BYTE * sizes.getOrDefault(blob, 0L));
    Chunks cut = cut(blob);
    chunks.put(blob, cut);
    keptBytes += cut.bytes();
    var eldest = chunks.values().iterator();
    while (keptBytes > KEPT_BYTES && chunks.size() > 1) {
      keptBytes -= eldest.next().bytes();
      eldest.remove();
    }
    return cut;
  }

  private static long common(long[] a, long[] b) {
    long common = 0;
    int i = 0;
    int j = 0;
    while (i < a.length && j < b.length) {
      int order = Long.compare(a[i] >>> 32, b[j] >>> 32);
      if (order == 0) {
        common += Math.min((int) a[i], (int) b[j]);
      }
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return common;
  }

  /** An unreadable blob is similar to nothing; its missing line counts will tell of it. */
  private Chunks cut(ObjectName blob) {
    try {
      GitObject object = objects.load(blob);
      return object.type() == GitObject.BLOB ? cut(object.content()) : Chunks.UNREADABLE;
    } catch (UnreadableObjectException e) {
      return Chunks.UNREADABLE;
    }
  }

  private static Chunks cut(byte[] content) {
    boolean text = !LineCounter.isBinary(content);
    long[] found = new long[Math.min(content.length / 24 + 16, FIRST_CHUNKS)];
    int count = 0;
    int length = 0;
    int low = 0;
    int high = 0;
    for (int i = 0; i < content.length; i++) {
      int c = content[i] & 0xff;
      if (text && c == '\r' && i + 1 < content.length && content[i + 1] == '\n') {
        continue;
      }
      int previous = low;
      low = ((low << 7) ^ (high >>> 25)) + c;
      high = (high << 7) ^ (previous >>> 25);
      if (++length == LONGEST_CHUNK || c == '\n') {
        if (count == found.length) {
          count = merge(found, count);
          found = 2 * count > found.length ? Arrays.copyOf(found, found.length * 2) : found;
        }
        long bucket = Integer.remainderUnsigned(low + high * 0x61, BUCKETS);
        found[count++] = bucket << 32 | length;
        length = 0;
        low = 0;
        high = 0;
      }
    }
    return new Chunks(content.length, Arrays.copyOf(found, merge(found, count)));
  }

  /**
   * Brings the chunks into order and adds up the bytes of each bucket; returns how many buckets
   * there are. Done whenever the array is full, so that it never outgrows twice the buckets,
   * however many lines a blob has.
   */
  private static int merge(long[] found, int count) {
    Arrays.sort(found, 0, count);
    int merged = 0;
    for (int i = 0; i < count; i++) {
      if (merged > 0 && found[merged - 1] >>> 32 == found[i] >>> 32) {
        found[merged - 1] += found[i] & 0xffff_ffffL;
      } else {
        found[merged++] = found[i];
      }
    }
    return merged;
  }
}
