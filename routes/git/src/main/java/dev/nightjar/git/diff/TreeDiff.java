package dev.nightjar.git.diff;

import dev.nightjar.git.objects.GitObject;
import dev.nightjar.git.objects.ObjectLoader;
import dev.nightjar.git.objects.ObjectName;
import dev.nightjar.git.objects.UnreadableObjectException;
import dev.nightjar.git.objects.UnreadableObjectException.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lists the paths that differ between two trees, in the order of git's index (which is the order in
 * which git lists them).
 *
 * <p>Two versions of a tree share most of their bytes. The common prefix is found eight or more
 * bytes at a time and only stepped through to find where its last whole entry ends, so an unchanged
 * entry costs a search for one NUL byte; an entry becomes an object only when it differs.
 */
final class TreeDiff {
  private static final byte[] NO_PATH = {};

  /** Git's core.maxTreeDepth; deeper paths fit into no file system. */
  static final int DEEPEST = 2048;

  /**
   * What the changes of one commit may weigh in memory, here and while they are stored: 700,000
   * paths of sixty characters. Trees that share their subtrees unfold to any number from a few
   * kilobytes.
   */
  private static final long MOST_BYTES = 256L << 20;

  private static final int BYTES_OF_A_CHANGE = 250;

  private final ObjectLoader objects;
  private long bytesLeft;

  TreeDiff(ObjectLoader objects) {
    this.objects = objects;
  }

  /** Compares two trees of the whole repository; an absent one is empty. */
  void compare(@Nullable ObjectName before, @Nullable ObjectName after, List<PathChange> changes)
      throws UnreadableObjectException {
    bytesLeft = MOST_BYTES;
    compare(0, NO_PATH, before, after, changes);
  }

  private void compare(
      int depth,
      byte[] folder,
      @Nullable ObjectName before,
      @Nullable ObjectName after,
      List<PathChange> changes)
      throws UnreadableObjectException {
    if (depth > DEEPEST) {
      throw tooMuch(before, after, "has folders within folders beyond " + DEEPEST);
    }
    Cursor a = new Cursor(before, load(before));
    Cursor b = new Cursor(after, load(after));
    while (true) {
      skipCommon(a, b);
      if (a.ended() && b.ended()) {
        return;
      }
      int order = a.ended() ? 1 : b.ended() ? -1 : a.compareTo(b);
      if (order < 0) {
        oneSided(depth, folder, a, true, changes);
      } else if (order > 0) {
        oneSided(depth, folder, b, false, changes);
      } else {
        bothSided(depth, folder, a, b, changes);
      }
    }
  }

  private byte[] load(@Nullable ObjectName tree) throws UnreadableObjectException {
    if (tree == null) {
      return NO_PATH;
    }
    GitObject object = objects.load(tree);
    if (object.type() != GitObject.TREE) {
      throw new UnreadableObjectException(
          tree, Reason.DAMAGED, "object " + tree + " should be a tree and is none", null);
    }
    return object.content();
  }

  /** Steps both sides over entries that are the same byte for byte. */
  private static void skipCommon(Cursor a, Cursor b) throws UnreadableObjectException {
    int same = Arrays.mismatch(a.raw, a.at, a.raw.length, b.raw, b.at, b.raw.length);
    int end = same < 0 ? a.raw.length : a.at + same;
    int start = a.at;
    while (!a.ended() && a.end() <= end) {
      a.next();
    }
    b.moveBy(a.at - start);
  }

  private void oneSided(
      int depth, byte[] folder, Cursor side, boolean gone, List<PathChange> changes)
      throws UnreadableObjectException {
    byte[] path = side.path(folder);
    spend(path, side);
    TreeEntry entry = side.entry();
    if (side.isTree()) {
      compare(depth + 1, path, gone ? entry.name() : null, gone ? null : entry.name(), changes);
    } else {
      changes.add(new PathChange(path, gone ? entry : null, gone ? null : entry));
    }
    side.next();
  }

  private void spend(byte[] path, Cursor side) throws UnreadableObjectException {
    bytesLeft -= BYTES_OF_A_CHANGE + 2L * path.length;
    if (bytesLeft < 0) {
      throw tooMuch(side.tree, side.tree, "unfolds to more changed paths than are listed");
    }
  }

  private static UnreadableObjectException tooMuch(
      @Nullable ObjectName before, @Nullable ObjectName after, String what) {
    ObjectName tree = Objects.requireNonNull(after != null ? after : before);
    return new UnreadableObjectException(
        tree, Reason.TOO_COSTLY, "tree " + tree + " " + what, null);
  }

  /** Entries of one name that sort alike: both are trees, or neither is. */
  private void bothSided(int depth, byte[] folder, Cursor a, Cursor b, List<PathChange> changes)
      throws UnreadableObjectException {
    TreeEntry before = a.entry();
    TreeEntry after = b.entry();
    if (!before.equals(after)) {
      byte[] path = b.path(folder);
      spend(path, b);
      if (!a.isTree()) {
        changes.add(new PathChange(path, before, after));
      } else if (!before.name().equals(after.name())) {
        compare(depth + 1, path, before.name(), after.name(), changes);
      }
    }
    a.next();
    b.next();
  }

  /** A place in a raw tree: mode, space, name, NUL, 20 bytes; and again. */
  private static final class Cursor {
    private final @Nullable ObjectName tree;
    private final byte[] raw;
    private int at;
    private int nul = -1;

    Cursor(@Nullable ObjectName tree, byte[] raw) {
      this.tree = tree;
      this.raw = raw;
    }

    boolean ended() {
      return at >= raw.length;
    }

    /** Where this entry ends. */
    int end() throws UnreadableObjectException {
      return nul() + 1 + ObjectName.LENGTH;
    }

    void next() throws UnreadableObjectException {
      at = end();
      nul = -1;
    }

    void moveBy(int bytes) {
      at += bytes;
      nul = bytes == 0 ? nul : -1;
    }

    private int nul() throws UnreadableObjectException {
      if (nul < 0) {
        int i = at + 6;
        while (i < raw.length && raw[i] != 0) {
          i++;
        }
        if (i + ObjectName.LENGTH >= raw.length) {
          throw damaged("ends within an entry");
        }
        int name = raw[at + 5] == ' ' ? at + 6 : at + 7;
        if (i < name || raw[name - 1] != ' ') {
          throw damaged("has an entry without a mode");
        }
        nul = i;
      }
      return nul;
    }

    private UnreadableObjectException damaged(String how) {
      return new UnreadableObjectException(
          tree == null ? new ObjectName(0, 0, 0) : tree,
          Reason.DAMAGED,
          "tree " + tree + " " + how,
          null);
    }

    /** Only of an entry whose end was found, so that it is known to be there. */
    private int nameStart() throws UnreadableObjectException {
      return nul() > 0 && raw[at + 5] == ' ' ? at + 6 : at + 7;
    }

    boolean isTree() {
      return raw[at] == '4' || raw[at] == '0';
    }

    TreeEntry entry() throws UnreadableObjectException {
      int mode = 0;
      for (int i = at; i < nameStart() - 1; i++) {
        mode = (mode << 3) | (raw[i] - '0');
      }
      return new TreeEntry(TreeEntry.canonical(mode), ObjectName.at(raw, nul() + 1));
    }

    byte[] path(byte[] folder) throws UnreadableObjectException {
      int name = nameStart();
      int length = nul() - name;
      if (folder.length == 0) {
        return Arrays.copyOfRange(raw, name, name + length);
      }
      byte[] path = Arrays.copyOf(folder, folder.length + 1 + length);
      path[folder.length] = '/';
      System.arraycopy(raw, name, path, folder.length + 1, length);
      return path;
    }

    /** Git's order: by bytes of the name, a tree's with a slash at its end. */
    int compareTo(Cursor other) throws UnreadableObjectException {
      int i = nameStart();
      int j = other.nameStart();
      int length = Math.min(nul() - i, other.nul() - j);
      int order = Arrays.compareUnsigned(raw, i, i + length, other.raw, j, j + length);
      if (order != 0) {
        return order;
      }
      return after(length) - other.after(length);
    }

    /** What follows so many bytes of the name. */
    private int after(int length) throws UnreadableObjectException {
      int next = nameStart() + length;
      if (next < nul()) {
        return raw[next] & 0xff;
      }
      return isTree() ? '/' : 0;
    }
  }
}
