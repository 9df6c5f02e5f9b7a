package dev.nightjar.model.git;

/** Why a commit's list of changes is what it is. */
public enum ChangeListing {
  /** Compared with its parent, or with nothing at a root. */
  LISTED("listed"),
  /** A merge, which lists none, as {@code git log} does. */
  MERGE("merge"),
  /** At the border of a shallow clone: the parent is not there, so the changes cannot be known. */
  SHALLOW("shallow"),
  /** An object is missing or damaged, so the changes cannot be known. */
  UNREADABLE("unreadable");

  private final String stored;

  ChangeListing(String stored) {
    this.stored = stored;
  }

  /** What the database has this word for. */
  public static ChangeListing of(String stored) {
    for (ChangeListing listing : values()) {
      if (listing.stored.equals(stored)) {
        return listing;
      }
    }
    throw new IllegalArgumentException("no listing is stored as " + stored);
  }

  /** The word the database has for it. */
  public String stored() {
    return stored;
  }
}
