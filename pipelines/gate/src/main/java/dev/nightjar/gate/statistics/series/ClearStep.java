package dev.nightjar.gate.statistics.series;

import dev.nightjar.gate.statistics.estimate.Robust;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Steps so clear that three values after them show them, and that they stay when more are added.
 *
 * <p>Three values are as few as an outlier's company, and a partition that is to tell them apart in
 * all noise wants more of them; it also looks at the series as a whole, so that what comes later
 * can hide what was plain. Here each side, some values next to the step, stands within its reach,
 * the distance from its median that all but an eighth of them keep, and between the two reaches
 * there is a gap of at least {@value #GAP} times both together. In noise without memory that is
 * rarer than one series in a thousand, however short and whatever the noise's tails; among two
 * modes that come and go by chance it is as frequent as three in a row at the end, or eight before
 * it.
 */
final class ClearStep {
  /** That such a step is none of noise's: see above. */
  static final double CONFIDENCE = 0.999;

  /** How many values a side needs before the step; they alone tell what is usual. */
  private static final int FEWEST_BEFORE = 5;

  private static final int MOST_BEFORE = 12;
  private static final int FEWEST_AFTER = 3;
  private static final int MOST_AFTER = 8;

  /** The gap between the sides, in reaches. */
  private static final double GAP = 1.5;

  /** Of so many values one may lie beyond the reach. */
  private static final int WILD_ONE_IN = 8;

  private ClearStep() {}

  /**
   * The places of clear steps, ascending: the clearest among those next to each other.
   *
   * @param values finite, in the order of time
   */
  static List<Integer> in(double[] values) {
    double[] gaps = new double[values.length];
    for (int at = FEWEST_BEFORE; at <= values.length - FEWEST_AFTER; at++) {
      gaps[at] =
          gap(
              Arrays.copyOfRange(values, Math.max(0, at - MOST_BEFORE), at),
              Arrays.copyOfRange(values, at, Math.min(values.length, at + MOST_AFTER)));
    }
    List<Integer> places = new ArrayList<>();
    for (int at = FEWEST_BEFORE; at <= values.length - FEWEST_AFTER; at++) {
      if (gaps[at] > GAP && isClearest(gaps, at)) {
        places.add(at);
      }
    }
    return places;
  }

  private static boolean isClearest(double[] gaps, int at) {
    for (int i = Math.max(0, at - FEWEST_AFTER); i <= at + FEWEST_AFTER && i < gaps.length; i++) {
      if (gaps[i] > gaps[at] || (gaps[i] == gaps[at] && i < at)) {
        return false;
      }
    }
    return true;
  }

  private static double gap(double[] before, double[] after) {
    double reaches = reach(before) + reach(after);
    double distance = Math.abs(Robust.median(after) - Robust.median(before));
    // Of equal values nothing shows what is usual: a partition decides.
    return reaches == 0 ? 0 : (distance - reaches) / reaches;
  }

  private static double reach(double[] values) {
    double median = Robust.median(values);
    double[] away = new double[values.length];
    Arrays.setAll(away, i -> Math.abs(values[i] - median));
    Arrays.sort(away);
    return away[away.length - 1 - away.length / WILD_ONE_IN];
  }
}
