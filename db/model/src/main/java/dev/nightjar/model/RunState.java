package dev.nightjar.model;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Where a run stands. */
public enum RunState {
  RUNNING,
  COMPLETED,
  FAILED,
  /** Its owner died or it failed, and a later run began without going on with it. */
  ABANDONED;

  /** The word used in the database, in JSON and on screen. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The states from which a run may come to this one. Its own is among them, as whoever lost the
   * answer to a change asks for it again. What has completed or was abandoned stays so.
   */
  public Set<RunState> mayFollow() {
    return switch (this) {
      case RUNNING -> EnumSet.of(RUNNING, FAILED);
      case COMPLETED -> EnumSet.of(COMPLETED, RUNNING);
      case FAILED -> EnumSet.of(FAILED, RUNNING);
      case ABANDONED -> EnumSet.of(ABANDONED, RUNNING, FAILED);
    };
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
