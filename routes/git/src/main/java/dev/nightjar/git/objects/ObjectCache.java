package dev.nightjar.git.objects;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Inflated objects by their place in a pack, the least recently used forgotten first, bounded in
 * bytes. One lock: a look-up takes a tenth of a microsecond and inflating an object a hundred times
 * that, so the few threads of a reading do not meet here.
 */
final class ObjectCache {
  /** The object, its delta and base, the other side, and the lines of both. */
  private static final int ROOM_FOR_WORK = 6;

  private final long limitBytes;
  private final Map<Long, GitObject> objects = new LinkedHashMap<>(1 << 12, 0.75f, true);
  private long heldBytes;
  private long roomBytes;

  ObjectCache(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  synchronized @Nullable GitObject get(long place) {
    return objects.get(place);
  }

  /** Keeps an object, unless it is so large that keeping it would cost everything else. */
  synchronized void put(long place, GitObject object) {
    if (object.weight() > limitBytes / 4) {
      return;
    }
    GitObject before = objects.put(place, object);
    heldBytes += object.weight() - (before == null ? 0 : before.weight());
    shrink();
  }

  /** Forgets an object that is not expected to be asked for again. */
  synchronized void remove(long place) {
    GitObject object = objects.remove(place);
    heldBytes -= object == null ? 0 : object.weight();
  }

  /**
   * Forgets so much that there is memory for an object of this size and for work on it, and keeps
   * no more until that is over.
   */
  synchronized void makeRoom(long bytes) {
    roomBytes = Math.max(roomBytes, ROOM_FOR_WORK * bytes);
    shrink();
  }

  /** The work on large objects is over. */
  synchronized void takeRoom() {
    roomBytes = 0;
  }

  synchronized void clear() {
    objects.clear();
    heldBytes = 0;
  }

  private void shrink() {
    var eldest = objects.values().iterator();
    while (heldBytes + roomBytes > limitBytes && eldest.hasNext()) {
      heldBytes -= eldest.next().weight();
      eldest.remove();
    }
  }
}
