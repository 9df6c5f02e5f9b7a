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
  static final int LINK = 0120000;
  static final int SUBMODULE = 0160000;

  /**
   * The mode that git takes one in a tree for: of a file only whether its owner may execute it
   * counts, which trees of git's first months did not know.
   */
  static int canonical(int mode) {
    return switch (mode & TYPE_MASK) {
      case FILE -> (mode & 0100) != 0 ? FILE | 0755 : FILE | 0644;
      case LINK -> LINK;
      case TREE -> TREE;
      default -> SUBMODULE;
    };
  }

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
