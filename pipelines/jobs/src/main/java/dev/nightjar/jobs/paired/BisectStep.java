package dev.nightjar.jobs.paired;

/**
 * What is known of a commit.
 *
 * @param commit in hex
 * @param finding on which side of the change it lies
 * @param effect against the good commit, 0.05 being 5 % more; 0 where it was not measured
 * @param pairs that were measured
 * @param detail by what it was measured, or why it was not, for people
 */
public record BisectStep(String commit, Finding finding, double effect, int pairs, String detail) {
  /** On which side of the change a commit lies. */
  public enum Finding {
    GOOD,
    BAD,
    /** Its pairs do not tell: they are too few, or it lies between good and bad. */
    UNSURE,
    /** It does not build, or the benchmark does not run in it. */
    SKIPPED
  }
}
