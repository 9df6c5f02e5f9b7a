package dev.nightjar.gate;

import dev.nightjar.model.Direction;
import dev.nightjar.model.VerdictKind;

/**
 * Where a relative effect lies.
 *
 * @param low 0.03 being 3 % more; may be infinite when unknown
 * @param high not below low
 */
record Interval(double low, double high) {

  /** Whether it lies wholly beyond the smallest effect, on either side. */
  boolean isBeyond(double smallestEffect) {
    return low > smallestEffect || high < -smallestEffect;
  }

  /** Whether it lies wholly within the smallest effect. */
  boolean isWithin(double smallestEffect) {
    return low >= -smallestEffect && high <= smallestEffect;
  }

  boolean isBounded() {
    return Double.isFinite(low) && Double.isFinite(high);
  }

  /** The verdict on a change that lies beyond the smallest effect. */
  VerdictKind changed(Direction direction) {
    boolean grew = low > 0;
    boolean lowerIsBetter = direction == Direction.LOWER_IS_BETTER;
    return grew == lowerIsBetter ? VerdictKind.REGRESSED : VerdictKind.IMPROVED;
  }
}
