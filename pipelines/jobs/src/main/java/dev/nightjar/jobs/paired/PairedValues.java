package dev.nightjar.jobs.paired;

import dev.nightjar.gate.noise.Yardstick;
import dev.nightjar.gate.pairs.PairedComparison;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What two versions gave of one series, pair by pair, as the values that are compared. */
final class PairedValues {
  /** Pairs by which the yardstick is chosen. */
  private static final int PAIRS_TO_CHOOSE = 16;

  private static final double NANOS_PER_SECOND = 1e9;

  private final Series series;
  private final boolean isTimed;
  private final List<List<Sample>> bases = new ArrayList<>();
  private final List<List<Sample>> heads = new ArrayList<>();
  private @Nullable Yardstick yardstick;
  private boolean isTogether;

  /**
   * Of a series.
   *
   * @param isTimed whether its values are the command's wall times
   */
  PairedValues(Series series, boolean isTimed) {
    this.series = series;
    this.isTimed = isTimed;
  }

  Series series() {
    return series;
  }

  void add(List<Sample> base, List<Sample> head) {
    bases.add(base);
    heads.add(head);
    if (pairs() == PAIRS_TO_CHOOSE) {
      choose();
    }
  }

  int pairs() {
    return bases.size();
  }

  /**
   * Forgets the pairs, before they are compared.
   *
   * @param together whether those that follow run together
   */
  void restart(boolean together) {
    bases.clear();
    heads.clear();
    yardstick = null;
    isTogether = together;
  }

  /** Whether they run together although CPU time does not tell what they do. */
  boolean isUnfit() {
    return isTogether && yardstick != null && yardstick != Yardstick.CPU;
  }

  /** Whether there are enough pairs to know by what they are compared, once and for all. */
  boolean isChosenForGood() {
    return !isTimed || pairs() >= PAIRS_TO_CHOOSE;
  }

  /** Whether it is known by what they are compared. */
  boolean isChosen() {
    return !isTimed || (yardstick != null && !isUnfit());
  }

  /** Chooses by the pairs there are, if it is not done yet. */
  void choose() {
    if (isTimed && yardstick == null && pairs() > 0) {
      yardstick = Yardstick.of(flat(bases), flat(heads));
    }
  }

  String words() {
    return isTimed && yardstick != null
        ? yardstick.words() + (isTogether ? ", side by side" : "")
        : series.benchmark().metric();
  }

  double base(int pair) {
    return value(bases.get(pair));
  }

  double head(int pair) {
    return value(heads.get(pair));
  }

  double[] bases() {
    return bases.stream().mapToDouble(this::value).toArray();
  }

  double[] heads() {
    return heads.stream().mapToDouble(this::value).toArray();
  }

  private double value(List<Sample> samples) {
    Yardstick by = yardstick;
    return median(samples, by == null ? Sample::value : s -> by.of(s) / NANOS_PER_SECOND);
  }

  static double median(List<Sample> samples, ToDoubleFunction<Sample> value) {
    double[] values = samples.stream().mapToDouble(value).sorted().toArray();
    int half = values.length / 2;
    return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  }

  private static List<Sample> flat(List<List<Sample>> samples) {
    return samples.stream().flatMap(List::stream).toList();
  }

  /**
   * How much each measure varies from pair to pair, the one that is compared first: who has to
   * choose a measure should know which is steadier.
   */
  String spreads() {
    List<String> measures = new ArrayList<>();
    measures.add(words() + " by " + percent(PairedComparison.spread(bases(), heads())));
    for (Yardstick other : Yardstick.values()) {
      if (isTimed
          && !isTogether
          && other != yardstick
          && other.isReadable(flat(bases))
          && other.isReadable(flat(heads))) {
        measures.add(other.words() + " by " + percent(spread(other)));
      }
    }
    return "from pair to pair the ratio of " + String.join(", of ", measures);
  }

  private double spread(Yardstick by) {
    return PairedComparison.spread(
        bases.stream().mapToDouble(one -> median(one, by::of)).toArray(),
        heads.stream().mapToDouble(one -> median(one, by::of)).toArray());
  }

  private String percent(double share) {
    return String.format(Locale.ROOT, series.isCounted() ? "%.3f %%" : "%.1f %%", 100 * share);
  }
}
