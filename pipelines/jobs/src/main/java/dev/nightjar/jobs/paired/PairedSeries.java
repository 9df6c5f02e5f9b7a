package dev.nightjar.jobs.paired;

import dev.nightjar.gate.PairedComparison;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One series of two versions, compared pair by pair until it is decided. */
final class PairedSeries {
  /** Pairs by which the yardstick is chosen; the comparison's first look comes no earlier. */
  private static final int PAIRS_TO_CHOOSE = 16;

  private final Series series;
  private final boolean isTimed;
  private final PairedComparison comparison;
  private final double shift;
  private final List<List<Sample>> bases = new ArrayList<>();
  private final List<List<Sample>> heads = new ArrayList<>();
  private @Nullable Yardstick yardstick;
  private PairedComparison.@Nullable Decision decision;
  private int pairs;
  private double timeShare;

  /**
   * A series.
   *
   * @param isTimed whether its values are the command's wall times
   * @param shift what is subtracted from each log ratio: 0 to ask for any difference, a threshold
   *     to ask on which side of it the effect lies
   */
  PairedSeries(Series series, boolean isTimed, PairedComparison comparison, double shift) {
    this.series = series;
    this.isTimed = isTimed;
    this.comparison = comparison;
    this.shift = shift;
  }

  Series series() {
    return series;
  }

  boolean isDecided() {
    return decision != null && !decision.goesOn();
  }

  /** Absent before there is one. */
  PairedComparison.@Nullable Decision decision() {
    return decision;
  }

  int pairs() {
    return pairs;
  }

  String yardstickWords() {
    return isTimed && yardstick != null ? yardstick.words() : series.benchmark().metric();
  }

  /**
   * Takes what both versions gave in a pair; one that either lacks is no pair.
   *
   * @param timeShare how much of the time for measuring is used up
   */
  void add(List<Sample> base, List<Sample> head, double timeShare) {
    if (isDecided() || base.isEmpty() || head.isEmpty()) {
      return;
    }
    pairs++;
    this.timeShare = timeShare;
    bases.add(base);
    heads.add(head);
    if (isTimed && yardstick == null && bases.size() < PAIRS_TO_CHOOSE) {
      return;
    }
    decideWithWhatWaits();
  }

  private void decideWithWhatWaits() {
    if (isTimed && yardstick == null) {
      yardstick =
          Yardstick.of(
              bases.stream().flatMap(List::stream).toList(),
              heads.stream().flatMap(List::stream).toList());
    }
    for (int i = 0; i < bases.size() && !isDecided(); i++) {
      double ratio = Math.log(value(heads.get(i)) / value(bases.get(i))) - shift;
      if (Double.isFinite(ratio)) {
        // How much time was used up when those that waited came is not known: they get no look.
        decision = comparison.add(ratio, i == bases.size() - 1 ? timeShare : 0);
      }
    }
    bases.clear();
    heads.clear();
  }

  /** Decides with what there is. */
  void finish() {
    if (!bases.isEmpty()) {
      decideWithWhatWaits();
    }
    if (pairs > 0 && !isDecided()) {
      decision = comparison.finish();
    }
  }

  private double value(List<Sample> samples) {
    Yardstick by = yardstick;
    double[] values =
        samples.stream().mapToDouble(s -> by == null ? s.value() : by.of(s)).sorted().toArray();
    int half = values.length / 2;
    return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  }
}
