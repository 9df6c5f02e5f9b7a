package dev.nightjar.git.objects;

/**
 * An object as it was stored. Objects are shared between threads and never written to.
 *
 * @param type one of git's four type numbers
 * @param content the whole of it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity nowhere
public record GitObject(int type, byte[] content) {
  public static final int COMMIT = 1;
  public static final int TREE = 2;
  public static final int BLOB = 3;
  public static final int TAG = 4;

  /** What this object weighs in a cache: its content and what Java keeps around it. */
  int weight() {
    return content.length + 96;
  }
}
