package dev.nightjar.git.objects;

import dev.nightjar.git.objects.UnreadableObjectException.Reason;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/** Loads objects for one thread. */
public final class ObjectLoader implements AutoCloseable {
  private static final int OFFSET_DELTA = 6;
  private static final int NAMED_DELTA = 7;

  /** No header is longer: type and size, then the offset or the name of the base. */
  private static final int HEADER_BYTES = 48;

  /** Git itself makes no longer chains; a longer one is a loop. */
  private static final int LONGEST_CHAIN = 4095;

  /** An object of this size may need room that the cache has taken. */
  private static final int LARGE_BYTES = 4 << 20;

  private final ObjectStore store;
  private final ObjectReader others;
  private final PackInput input = new PackInput();

  /**
   * What the deltas of one chain may take while its base is looked for. They are small; where they
   * are not, they are inflated again when their turn has come.
   */
  private static final int MOST_DELTA_BYTES = 8 << 20;

  /** What may be made to get at one object: fifty versions of a file of the largest size. */
  private static final long MOST_CHAIN_BYTES = 4L << 30;

  /**
   * A delta on the way to its base.
   *
   * @param data where its compressed bytes begin
   * @param size of the inflated delta
   * @param resultSize of what it makes
   * @param delta inflated; absent where that would be kept for too long
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody else sees it
  private record Link(long offset, long data, int size, int resultSize, byte @Nullable [] delta) {}

  ObjectLoader(ObjectStore store, ObjectReader others) {
    this.store = store;
    this.others = others;
  }

  /** Loads an object of any type. */
  public GitObject load(ObjectName name) throws UnreadableObjectException {
    try {
      GitObject object = fromPacks(name);
      if (object != null) {
        return object;
      }
    } catch (IOException e) {
      return fromElsewhere(name, e);
    }
    return fromElsewhere(name, null);
  }

  /**
   * Says that the work on what was loaded last is over. After an object that needs much memory no
   * other thread gets such a one until then.
   */
  public void finishedLarge() {
    if (store.large().isHeldByCurrentThread()) {
      store.cache().takeRoom();
      store.large().unlock();
    }
  }

  /**
   * Says that an object is not expected to be asked for again, say a version of a file whose
   * difference to the one before was found when reading backwards.
   */
  public void forget(ObjectName name) {
    for (Pack pack : store.packs()) {
      long offset = pack.find(name);
      if (offset >= 0) {
        store.cache().remove(pack.cacheKey(offset));
        return;
      }
    }
  }

  /** The size of an object in bytes, found without making it where that is possible. */
  public long size(ObjectName name) throws UnreadableObjectException {
    try {
      for (Pack pack : store.packs()) {
        long offset = pack.find(name);
        if (offset >= 0) {
          return sizeInPack(pack, offset);
        }
      }
      return others.getObjectSize(ObjectId.fromString(name.hex()), ObjectReader.OBJ_ANY);
    } catch (IOException e) {
      return load(name).content().length;
    }
  }

  private long sizeInPack(Pack pack, long offset) throws IOException {
    GitObject cached = store.cache().get(pack.cacheKey(offset));
    if (cached != null) {
      return cached.content().length;
    }
    input.seek(pack, offset, HEADER_BYTES);
    int first = input.nextByte();
    int type = (first >> 4) & 7;
    long size = sizeOf(first);
    if (type == OFFSET_DELTA) {
      baseDistance();
    } else if (type == NAMED_DELTA) {
      input.copy(new byte[ObjectName.LENGTH]);
    } else {
      return size;
    }
    return Delta.resultSize(input.inflateStart((int) Math.min(size, Delta.SIZES_BYTES)));
  }

  private @Nullable GitObject fromPacks(ObjectName name)
      throws IOException, UnreadableObjectException {
    for (Pack pack : store.packs()) {
      long offset = pack.find(name);
      if (offset >= 0) {
        return fromPack(name, pack, offset);
      }
    }
    return null;
  }

  /** Loose objects, alternates, packs made since the start, and second copies of damaged ones. */
  private GitObject fromElsewhere(ObjectName name, @Nullable IOException damage)
      throws UnreadableObjectException {
    ObjectId id = ObjectId.fromString(name.hex());
    try {
      var loader = others.open(id);
      checkedSize(name, loader.getSize());
      return new GitObject(
          loader.getType(), loader.getCachedBytes(ObjectStore.LARGEST_OBJECT_BYTES));
    } catch (MissingObjectException e) {
      if (damage != null) {
        throw damaged(name, damage);
      }
      throw new UnreadableObjectException(
          name, Reason.MISSING, "object " + name + " is missing from the repository", e);
    } catch (LargeObjectException e) {
      throw new UnreadableObjectException(
          name, Reason.TOO_LARGE, "object " + name + " is too large to load", e);
    } catch (IOException | IndexOutOfBoundsException | NegativeArraySizeException e) {
      // JGit, too, meets bytes that nobody's git has written.
      throw damaged(name, damage == null ? e : damage);
    }
  }

  private static UnreadableObjectException damaged(ObjectName name, Exception cause) {
    return new UnreadableObjectException(
        name, Reason.DAMAGED, "object " + name + " is damaged: " + cause.getMessage(), cause);
  }

  private static UnreadableObjectException tooLarge(ObjectName name, long bytes) {
    return new UnreadableObjectException(
        name,
        Reason.TOO_LARGE,
        "object " + name + " has " + bytes + " bytes, more than are loaded",
        null);
  }

  private static UnreadableObjectException tooCostly(ObjectName name) {
    return new UnreadableObjectException(
        name,
        Reason.TOO_COSTLY,
        "object " + name + " is stored as so long a chain of large differences that it is not made",
        null);
  }

  /**
   * Goes down the chain of deltas to something cached or whole, then makes every object of the
   * chain on the way up. All of them are kept: in a history read backwards they come next.
   */
  private GitObject fromPack(ObjectName name, Pack pack, long offset)
      throws IOException, UnreadableObjectException {
    Deque<Link> chain = new ArrayDeque<>();
    ObjectCache cache = store.cache();
    long at = offset;
    int keptBytes = 0;
    long madeBytes = 0;
    GitObject object = cache.get(pack.cacheKey(at));
    while (object == null) {
      input.seek(pack, at, HEADER_BYTES);
      int first = input.nextByte();
      int type = (first >> 4) & 7;
      int size = checkedSize(name, sizeOf(first));
      if (type == OFFSET_DELTA || type == NAMED_DELTA) {
        long base = type == OFFSET_DELTA ? at - baseDistance() : namedBase(pack);
        if (base <= 0 || chain.size() > LONGEST_CHAIN) {
          throw new IOException("a delta names a base that is not in its pack");
        }
        Link link = link(name, at, size, keptBytes);
        keptBytes += link.delta() == null ? 0 : size;
        madeBytes += size + link.resultSize();
        if (madeBytes > MOST_CHAIN_BYTES) {
          throw tooCostly(name);
        }
        chain.push(link);
        at = base;
        object = cache.get(pack.cacheKey(at));
      } else if (type >= GitObject.COMMIT && type <= GitObject.TAG) {
        object = new GitObject(type, input.inflate(size));
        cache.put(pack.cacheKey(at), object);
      } else {
        throw new IOException("an object in a pack has the unknown type " + type);
      }
    }
    checkedSize(name, object.content().length);
    while (!chain.isEmpty()) {
      Link link = chain.pop();
      byte[] delta = link.delta();
      if (delta == null) {
        input.seek(pack, link.data(), 0);
        delta = input.inflate(link.size());
      }
      object = new GitObject(object.type(), Delta.apply(object.content(), delta));
      cache.put(pack.cacheKey(link.offset()), object);
    }
    return object;
  }

  /** The delta whose compressed bytes begin here. */
  private Link link(ObjectName name, long offset, int size, int keptBytes)
      throws IOException, UnreadableObjectException {
    long data = input.position();
    boolean isKept = keptBytes + size <= MOST_DELTA_BYTES;
    byte[] delta = isKept ? input.inflate(size) : null;
    byte[] start = delta == null ? input.inflateStart(Math.min(size, Delta.SIZES_BYTES)) : delta;
    int resultSize = checkedSize(name, Delta.resultSize(start));
    return new Link(offset, data, size, resultSize, delta);
  }

  private int checkedSize(ObjectName name, long size) throws UnreadableObjectException {
    if (size > ObjectStore.LARGEST_OBJECT_BYTES) {
      throw tooLarge(name, size);
    }
    if (size > LARGE_BYTES) {
      if (!store.large().isHeldByCurrentThread()) {
        store.large().lock();
      }
      store.cache().makeRoom(size);
    }
    return (int) size;
  }

  private long sizeOf(int first) throws IOException {
    long size = first & 15;
    int shift = 4;
    int b = first;
    while (b >= 0x80) {
      b = input.nextByte();
      size |= Delta.part(b, shift);
      shift += 7;
    }
    return size;
  }

  private long baseDistance() throws IOException {
    int b = input.nextByte();
    long distance = b & 0x7f;
    while (b >= 0x80) {
      b = input.nextByte();
      distance = ((distance + 1) << 7) | (b & 0x7f);
    }
    return distance;
  }

  private long namedBase(Pack pack) throws IOException {
    byte[] raw = new byte[ObjectName.LENGTH];
    input.copy(raw);
    return pack.find(ObjectName.at(raw, 0));
  }

  @Override
  public void close() {
    finishedLarge();
    input.close();
    others.close();
  }
}
