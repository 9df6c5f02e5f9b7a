package dev.nightjar.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How two versions that were measured in turns came along.
 *
 * @param pairs in which both versions gave what they should
 * @param failures all runs that failed, in their order; the pair of each was left out as a whole
 *     and measured again
 * @param ending the failure after which it was not tried again; absent when the pairs were enough
 *     or the time was over
 */
public record InterleavedOutcome(int pairs, List<FailedRun> failures, @Nullable FailedRun ending) {
  private static final int TOLERATED = 2;
  private static final int PAIRS_PER_FAILURE = 20;

  public InterleavedOutcome {
    failures = List.copyOf(failures);
  }

  /** Which of the two versions. */
  public enum Side {
    BASE,
    HEAD;

    /** Such as "the base". */
    public String words() {
      return this == BASE ? "the base" : "the head";
    }
  }

  /**
   * A run that gave nothing.
   *
   * @param pair the pair that it belongs to, from 0
   * @param outcome of it, with the reason and what it wrote
   */
  public record FailedRun(int pair, Side side, BenchmarkOutcome outcome) {
    /** What happened, such as "it exited with 3". */
    public String reason() {
      return String.valueOf(outcome.reason());
    }
  }

  /** How often that side failed. */
  public long failuresOf(Side side) {
    return failures.stream().filter(failure -> failure.side() == side).count();
  }

  /**
   * Whether one version failed, or lacked a value, too often to be compared by the pairs that are
   * left: what is left out could then hide what is looked for, such as a version that often takes
   * too long. It is beyond {@value #TOLERATED} and one in {@value #PAIRS_PER_FAILURE} pairs.
   */
  public static boolean isTooOften(long failures, int pairs) {
    return failures > TOLERATED + pairs / PAIRS_PER_FAILURE;
  }
}
