package dev.nightjar.gate.decision;

import dev.nightjar.model.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Why a series is to be measured again in the same run, in the order in which they come first. What
 * a run counts is in no doubt: a state of the machine is no part of a count.
 */
public enum Doubt {
  /** A passing state of the machine may have made it so. */
  REGRESSED("regressed"),
  /** Worse by the estimate, and the noise leaves it undecided. */
  WORSE("worse, but is undecided"),
  /** Known to have regressed; no longer by the estimate, and it is not shown to be mended. */
  GOOD_AGAIN("as good as it was, but is not shown to be");

  private final String words;

  Doubt(String words) {
    this.words = words;
  }

  /**
   * The doubt about a verdict; null if there is none, or if more of the same would tell nothing.
   */
  public static @Nullable Doubt of(Verdict verdict, GatePolicy policy) {
    if (verdict.series().isCounted()) {
      return null;
    }
    boolean isTold = verdict.effectLow() != null;
    return switch (verdict.kind()) {
      case REGRESSED -> REGRESSED;
      case INCONCLUSIVE -> isTold && policy.looksWorse(verdict) ? WORSE : null;
      case STILL_REGRESSED -> isTold && !policy.looksWorse(verdict) ? GOOD_AGAIN : null;
      case PASS, IMPROVED, NEW, MISSING, FAILED -> null;
    };
  }

  /** How it looks, to follow "looks". */
  public String words() {
    return words;
  }
}
