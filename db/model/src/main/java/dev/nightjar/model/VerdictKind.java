package dev.nightjar.model;

import java.util.Locale;

/** What is said of one series in one run. */
public enum VerdictKind {
  /** No change beyond the smallest effect of interest, shown with the required confidence. */
  PASS,
  /** The interval of the effect lies beyond the smallest effect of interest, on the good side. */
  IMPROVED,
  /** The interval of the effect lies beyond the smallest effect of interest, on the bad side. */
  REGRESSED,
  /** An earlier run regressed, and this one does not show that it is mended. */
  STILL_REGRESSED,
  /** The samples do not decide between a change and none. */
  INCONCLUSIVE,
  /** There is nothing yet to compare with. */
  NEW,
  /** The benchmark was expected and gave no sample. */
  MISSING,
  /** The benchmark ran and failed. */
  FAILED;

  /** The word used in the database, in JSON and on screen. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * The verdict of a stored word.
   *
   * @throws IllegalArgumentException for a word that is none
   */
  public static VerdictKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace(' ', '_'));
  }
}
