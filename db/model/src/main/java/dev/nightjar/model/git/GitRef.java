package dev.nightjar.model.git;

import org.jspecify.annotations.Nullable;

/**
 * A name for a commit.
 *
 * @param name in full, such as {@code refs/heads/main}
 * @param target id of what the ref names, a tag object for an annotated tag
 * @param commit id of the commit behind it; absent where there is none
 * @param kind by its name
 */
public record GitRef(String name, String target, @Nullable String commit, Kind kind) {
  /** What a ref is for, by its name. */
  public enum Kind {
    BRANCH("branch"),
    REMOTE_BRANCH("remote_branch"),
    TAG("tag"),
    HEAD("head"),
    OTHER("other");

    private final String stored;

    Kind(String stored) {
      this.stored = stored;
    }

    /** The word the database has for it. */
    public String stored() {
      return stored;
    }

    /** The kind of a ref of this full name. */
    public static Kind of(String name) {
      if (name.equals("HEAD")) {
        return HEAD;
      }
      if (name.startsWith("refs/heads/")) {
        return BRANCH;
      }
      if (name.startsWith("refs/remotes/")) {
        return REMOTE_BRANCH;
      }
      return name.startsWith("refs/tags/") ? TAG : OTHER;
    }
  }
}
