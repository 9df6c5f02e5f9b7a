package dev.nightjar.gate.pairs;

import dev.nightjar.gate.decision.GatePolicy;
import dev.nightjar.gate.pairs.PairedComparison.Decision;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Series;

/** Compares two programs that are run in turns, and says after each pair whether to go on. */
public sealed interface TurnComparison permits PairedComparison, CountComparison {

  /**
   * One of so many benchmarks in a run, which together keep the policy's confidence; what is
   * counted is compared as counts are.
   */
  static TurnComparison under(GatePolicy policy, Series series, int benchmarks, int mostPairs) {
    return series.isCounted()
        ? CountComparison.under(policy, series, benchmarks, mostPairs)
        : PairedComparison.under(policy, series, benchmarks, mostPairs);
  }

  /** Whether there is any difference, however small, at that chance of error. */
  static TurnComparison ofAny(Series series, double error, int mostPairs) {
    String unit = series.benchmark().unit();
    Direction direction = Direction.LOWER_IS_BETTER;
    return series.isCounted()
        ? new CountComparison(unit, error, 0, direction, mostPairs)
        : new PairedComparison(unit, error, 0, direction, mostPairs);
  }

  /**
   * Takes the next pair.
   *
   * @param a a value of the one
   * @param b a value of the other
   * @param timeShare how much of the time is used up, from 0; from 1 on this pair is the last
   */
  Decision add(double a, double b, double timeShare);

  /**
   * Looks in between, though no look is due.
   *
   * @param used how much of the time is used up, below 1
   */
  Decision pause(double used);

  /** Decides with what there is, when the time is over before the pairs are. */
  Decision finish();

  /** The change that matters. */
  double smallestEffect();

  /** Whether the estimate is beyond the change that matters, however unsure it is. */
  boolean looksChanged();

  /** How many pairs were taken. */
  int pairs();

  /** In how many pairs a value is zero or negative, so that there is no ratio. */
  int zeros();

  /** The fewest pairs of which the last look can decide anything. */
  int fewestPairs();

  /**
   * How many pairs would decide what these leave open, if the rest are like them.
   *
   * @return infinite when no number would
   */
  double pairsToDecide();
}
