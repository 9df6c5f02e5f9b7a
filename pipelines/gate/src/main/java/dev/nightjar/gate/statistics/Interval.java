package dev.nightjar.gate.statistics;

import dev.nightjar.model.Direction;
import dev.nightjar.model.VerdictKind;

/**
 * Where a relative effect lies.
 *
 * @param low 0.03 being 3 % more; may be infinite when unknown
 * @param high not below low
 */
public record Interval(double low, double high) {

  /** Whether it lies wholly beyond the smallest effect, on either side. */
  public boolean isBeyond(double smallestEffect) {
    return low > smallestEffect || high < -smallestEffect;
  }

  /** Whether it lies wholly within the smallest effect. */
  public boolean isWithin(double smallestEffect) {
    return low >= -smallestEffect && high <= smallestEffect;
  }

  public boolean isBounded() {
    return Double.isFinite(low) && Double.isFinite(high);
  }

  /** The verdict on a change that lies beyond the smallest effect. */
  public VerdictKind changed(Direction direction) {
    boolean grew = low > 0;
    boolean lowerIsBetter = direction == Direction.LOWER_IS_BETTER;
    return grew == lowerIsBetter ? VerdictKind.REGRESSED : VerdictKind.IMPROVED;
  }
}
