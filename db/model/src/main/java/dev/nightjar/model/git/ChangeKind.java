package dev.nightjar.model.git;

/** What a commit did to a path, with git's letter for it. */
public enum ChangeKind {
  ADDED('A'),
  MODIFIED('M'),
  DELETED('D'),
  RENAMED('R'),
  COPIED('C'),
  TYPE_CHANGED('T');

  private final char letter;

  ChangeKind(char letter) {
    this.letter = letter;
  }

  /** The letter of {@code git log --name-status}. */
  public char letter() {
    return letter;
  }
}
