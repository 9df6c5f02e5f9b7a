package dev.nightjar.jobs.paired;

import java.util.List;

/**
 * What a bisection found.
 *
 * @param suspects the commits of which one made the change, the oldest first: one where all could
 *     be measured, more where commits that do not build stand before it, none where good and bad do
 *     not differ
 * @param effect of bad against good, 0.05 being 5 % more
 * @param steps all commits that were looked at, in that order
 * @param conclusion in a sentence
 */
public record BisectOutcome(
    List<String> suspects, double effect, List<BisectStep> steps, String conclusion) {
  /** Whether it is known which commits are suspected. */
  public boolean isFound() {
    return !suspects.isEmpty();
  }
}
