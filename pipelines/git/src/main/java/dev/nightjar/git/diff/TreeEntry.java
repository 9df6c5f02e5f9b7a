package dev.nightjar.git.diff;

import dev.nightjar.git.objects.ObjectName;

/**
 * A file, link or submodule in a tree.
 *
 * @param mode git's file mode
 * @param name of its blob, or of the submodule's commit
 */
public record TreeEntry(int mode, ObjectName name) {
  static final int TYPE_MASK = 0170000;
  static final int TREE = 0040000;
  static final int FILE = 0100000;
  static final int SUBMODULE = 0160000;

  boolean isFile() {
    return (mode & TYPE_MASK) == FILE;
  }

  public boolean isSubmodule() {
    return (mode & TYPE_MASK) == SUBMODULE;
  }

  boolean hasTypeOf(TreeEntry other) {
    return (mode & TYPE_MASK) == (other.mode & TYPE_MASK);
  }
}
