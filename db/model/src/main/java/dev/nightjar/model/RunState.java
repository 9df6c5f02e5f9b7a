package dev.nightjar.model;

import java.util.Locale;

/** Where a run stands. */
public enum RunState {
  RUNNING,
  COMPLETED,
  FAILED,
  /** Its owner died, and a later run began without going on with it. */
  ABANDONED;

  /** The word used in the database, in JSON and on screen. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The state of a stored word.
   *
   * @throws IllegalArgumentException for a word that is none
   */
  public static RunState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
