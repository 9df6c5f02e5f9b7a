package dev.nightjar.settings;

import java.util.Locale;

/** When both versions of a benchmark are profiled to find the function behind a change. */
public enum ProfileWhen {
  /** Where a verdict is regressed or improved. */
  AUTO,
  /** Wherever two versions were compared. */
  ALWAYS,
  NEVER;

  static ProfileWhen of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
