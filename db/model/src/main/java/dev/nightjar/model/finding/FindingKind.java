package dev.nightjar.model.finding;

import java.util.Locale;

/** In which way a series got worse. */
public enum FindingKind {
  /** By a step, at one commit or a few. */
  REGRESSION,
  /** Bit by bit, over many runs. */
  DRIFT;

  /** The word used in the database and in files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The kind of a stored word.
   *
   * @throws IllegalArgumentException for a word that is none
   */
  public static FindingKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
