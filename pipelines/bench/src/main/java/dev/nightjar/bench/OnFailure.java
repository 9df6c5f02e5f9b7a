package dev.nightjar.bench;

import dev.nightjar.model.Failure;
import java.util.Locale;

/** What a repetition that fails means. */
public enum OnFailure {
  /** The benchmark failed: its verdict is {@code failed}. */
  FAIL,
  /** The benchmark is left out of this run, with the reason in the report. */
  SKIP,
  /** The repetition is left out, with the reason in the report, and the next one begins. */
  IGNORE;

  /**
   * The choice of a word in {@code nightjar.yaml}.
   *
   * @throws Failure.Misuse for a word that is none
   */
  public static OnFailure of(String word) {
    for (OnFailure choice : values()) {
      if (choice.name().toLowerCase(Locale.ROOT).equals(word)) {
        return choice;
      }
    }
    throw new Failure.Misuse("'" + word + "' is no on_failure: use fail, skip or ignore.");
  }
}
