package dev.nightjar.gate.decision;

import dev.nightjar.model.Failure;
import java.util.Locale;

/** What the gate makes of a verdict that is neither good nor bad. */
public enum Consequence {
  PASS,
  FAIL,
  /** Of an undecided comparison: it fails where the estimate is beyond the smallest effect. */
  FAIL_IF_WORSE,
  /** What suits the comparison: see {@link GatePolicy#paired}. */
  AUTO;

  /** The word used in {@code nightjar.yaml} and on screen. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
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
      case "fail-if-worse" -> FAIL_IF_WORSE;
      case "auto" -> AUTO;
      default ->
          throw new Failure.Misuse(
              "'" + word + "' is no consequence: use pass, fail, fail-if-worse or auto.");
    };
  }
}
