package dev.nightjar.model.finding;

import java.util.Locale;

/** How a finding ended. */
public enum FindingState {
  /** The series was measured as good as before again. */
  MENDED,
  /** What was measured next did not show it: it never was, or not for long. */
  UNCONFIRMED,
  /** A person accepted it for good: what was measured since is the good level. */
  ACCEPTED;

  /** The word used in the database, in files and on screen. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The state of a stored word.
   *
   * @throws IllegalArgumentException for a word that is none
   */
  public static FindingState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
