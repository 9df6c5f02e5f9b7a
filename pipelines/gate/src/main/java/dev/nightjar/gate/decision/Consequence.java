package dev.nightjar.gate.decision;

import dev.nightjar.model.Failure;
import java.util.Locale;

/** What the gate makes of a verdict that is neither good nor bad. */
public enum Consequence {
  PASS,
  FAIL;

  /** The word used in {@code nightjar.yaml} and on screen. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The consequence of a configured word.
   *
   * @throws Failure.Misuse for a word that is none
   */
  public static Consequence of(String word) {
    return switch (word) {
      case "pass" -> PASS;
      case "fail" -> FAIL;
      default -> throw new Failure.Misuse("'" + word + "' is no consequence: use pass or fail.");
    };
  }
}
