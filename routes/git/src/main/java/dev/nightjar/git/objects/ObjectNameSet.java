package dev.nightjar.git.objects;

/**
 * A set of names without an object for each: some 30 to 60 bytes a name, so that a walk over
 * millions of commits fits into memory.
 */
public final class ObjectNameSet {
  private long[] firsts = new long[1024];
  private long[] seconds = new long[1024];
  private int[] thirds = new int[1024];
  private int size;
  private boolean hasZero;

  /** Adds a name; true if it was not there. */
  public boolean add(ObjectName name) {
    if (name.first() == 0 && name.second() == 0 && name.third() == 0) {
      boolean added = !hasZero;
      hasZero = true;
      return added;
    }
    if (2 * size >= firsts.length) {
      grow();
    }
    int slot = slot(name.first(), name.second(), name.third());
    if (!isFree(slot)) {
      return false;
    }
    set(slot, name.first(), name.second(), name.third());
    size++;
    return true;
  }

  /** How many names are in it. */
  public int size() {
    return size + (hasZero ? 1 : 0);
  }

  private boolean isFree(int slot) {
    return firsts[slot] == 0 && seconds[slot] == 0 && thirds[slot] == 0;
  }

  private void set(int slot, long first, long second, int third) {
    firsts[slot] = first;
    seconds[slot] = second;
    thirds[slot] = third;
  }

  /** Where a name is or would be; names are evenly spread already. */
  private int slot(long first, long second, int third) {
    int mask = firsts.length - 1;
    int slot = (int) (first >>> 20) & mask;
    while (!isFree(slot)
        && (firsts[slot] != first || seconds[slot] != second || thirds[slot] != third)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldFirsts = firsts;
    long[] oldSeconds = seconds;
    int[] oldThirds = thirds;
    firsts = new long[Math.multiplyExact(oldFirsts.length, 2)];
    seconds = new long[firsts.length];
    thirds = new int[firsts.length];
    for (int i = 0; i < oldFirsts.length; i++) {
      if (oldFirsts[i] != 0 || oldSeconds[i] != 0 || oldThirds[i] != 0) {
        set(
            slot(oldFirsts[i], oldSeconds[i], oldThirds[i]),
            oldFirsts[i],
            oldSeconds[i],
            oldThirds[i]);
      }
    }
  }
}
