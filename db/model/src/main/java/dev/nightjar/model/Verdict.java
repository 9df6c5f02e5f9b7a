package dev.nightjar.model;

import org.jspecify.annotations.Nullable;

/**
 * What is said of one series in one run, and on what grounds.
 *
 * @param effect relative change of the typical value against the baseline, 0.03 being 3 % more;
 *     absent when there is nothing to compare
 * @param effectLow lower end of the effect's confidence interval
 * @param effectHigh upper end of it
 * @param confidence coverage of that interval, within (0, 1)
 * @param baseline what it was compared with, for people
 * @param evidence the grounds, in a sentence
 * @param suspectedCause a commit range or a condition of the machine; absent when none is known
 */
public record Verdict(
    Series series,
    VerdictKind kind,
    @Nullable Double effect,
    @Nullable Double effectLow,
    @Nullable Double effectHigh,
    @Nullable Double confidence,
    @Nullable String baseline,
    String evidence,
    @Nullable String suspectedCause) {

  /** The same for that cause. */
  public Verdict because(String cause) {
    return new Verdict(
        series, kind, effect, effectLow, effectHigh, confidence, baseline, evidence, cause);
  }

  /** The same on other grounds. */
  public Verdict withEvidence(String other) {
    return new Verdict(
        series, kind, effect, effectLow, effectHigh, confidence, baseline, other, suspectedCause);
  }
}
