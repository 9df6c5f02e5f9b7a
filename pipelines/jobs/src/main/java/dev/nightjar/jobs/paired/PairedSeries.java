package dev.nightjar.jobs.paired;

import dev.nightjar.bench.InterleavedOutcome.Side;
import dev.nightjar.gate.pairs.PairedComparison;
import dev.nightjar.gate.pairs.TurnComparison;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One series of two versions, compared pair by pair until it is decided. */
final class PairedSeries {
  private final PairedValues values;
  private final TurnComparison comparison;
  private final Map<Side, Integer> lacking = new EnumMap<>(Side.class);
  private PairedComparison.@Nullable Decision decision;
  private int compared;
  private double timeShare;

  /**
   * A series.
   *
   * @param isTimed whether its values are the command's wall times
   */
  PairedSeries(Series series, boolean isTimed, TurnComparison comparison) {
    values = new PairedValues(series, isTimed);
    this.comparison = comparison;
  }

  Series series() {
    return values.series();
  }

  TurnComparison comparison() {
    return comparison;
  }

  boolean isDecided() {
    return decision != null && !decision.goesOn();
  }

  /** Absent before there is one. */
  PairedComparison.@Nullable Decision decision() {
    return decision;
  }

  int pairs() {
    return values.pairs();
  }

  /** In how many pairs that version gave no value of it. */
  int lacking(Side side) {
    return lacking.getOrDefault(side, 0);
  }

  /** In how many pairs either version gave none. */
  int lacking() {
    return lacking.values().stream().mapToInt(Integer::intValue).sum();
  }

  String yardstickWords() {
    return values.words();
  }

  String spreads() {
    return values.spreads();
  }

  /**
   * Takes what both versions gave in a pair; one that either lacks is counted and left out.
   *
   * @param timeShare how much of the time for measuring is used up
   */
  void add(List<Sample> base, List<Sample> head, double timeShare) {
    if (isDecided() && base.isEmpty() && head.isEmpty()) {
      return; // it is not measured any more
    }
    if (base.isEmpty() || head.isEmpty()) {
      lacking.merge(base.isEmpty() ? Side.BASE : Side.HEAD, 1, Integer::sum);
    } else if (!isDecided()) {
      this.timeShare = timeShare;
      values.add(base, head);
      compareThoseThatWait();
    }
  }

  private void compareThoseThatWait() {
    while (values.isChosen() && compared < values.pairs() && !isDecided()) {
      boolean isLast = compared == values.pairs() - 1;
      // How much time was used up when those that waited came is not known: they get no look.
      decision =
          comparison.add(values.base(compared), values.head(compared), isLast ? timeShare : 0);
      compared++;
    }
  }

  /** Whether any pair is compared. */
  boolean isCompared() {
    return compared > 0;
  }

  /** Forgets the pairs; only before any is compared. */
  void restart(boolean together) {
    values.restart(together);
  }

  /** Whether its pairs run together although that does not tell what the programs do. */
  boolean isUnfit() {
    return values.isUnfit();
  }

  /**
   * Looks at what there is when a share of the time is over.
   *
   * @param share of all the time there may be, below 1
   */
  void pause(double share) {
    if (values.isChosen() && !isDecided() && compared > 0) {
      decision = comparison.pause(share);
    }
  }

  /** Decides with what there is. */
  void finish() {
    if (values.pairs() == 0) {
      return;
    }
    values.choose();
    compareThoseThatWait();
    if (!isDecided()) {
      decision = comparison.finish();
    }
  }

  /** How many pairs are missing for a decision, by those there are; 0 where it is decided. */
  double pairsMissing() {
    if (isDecided()) {
      return 0;
    }
    return compared == 0 ? comparison.fewestPairs() : comparison.pairsToDecide() - compared;
  }

  /** Whether the estimate, of which nobody is sure yet, is beyond the smallest effect. */
  boolean looksChanged() {
    return !isDecided() && decision != null && comparison.looksChanged();
  }
}
