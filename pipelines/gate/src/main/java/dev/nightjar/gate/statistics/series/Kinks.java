package dev.nightjar.gate.statistics.series;

import dev.nightjar.model.ChangePoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds where the slope of a series begins, ends or breaks: what people call a new regime of a
 * series that trends, and what {@link ChangePoints} leaves alone as its level does not step.
 *
 * <p>Between steps, the narrowest of many windows in which a bend stands out proposes a kink
 * (Baranowski, Chen and Fryzlewicz 2019, with the windows of seeded segmentation, Kovács and others
 * 2023): in a wide one two bends look like another at a third place. The proposed are moved where a
 * broken line through all fits best, and must then stand on their own: without it, the line leaves
 * more than noise with the memory of what is left explains, the search accounted for, and the slope
 * carries the level away by some deviations. A curve that bends everywhere has kinks where a broken
 * line follows it best.
 */
public final class Kinks {
  /** The fewest points of a slope. */
  private static final int SHORTEST = 8;

  /** What a bend must stand out by, in units of the noise's variance and of log n. */
  private static final double PENALTY = 4;

  /** The chance above which a kink is taken for noise. */
  private static final double LEVEL = 0.005;

  /** How far the new slope must lead from the old one, in deviations of the noise. */
  private static final double SMALLEST_BEND = 2.5;

  private static final double LEAST_VARIANCE_SHARE = 0.1;
  private static final double LARGEST_CONFIDENCE = 1 - 1e-9;
  private static final int MOVES = 3;

  private final FiniteValues finite;
  private final double[] values;
  private final SeriesNoise noise;
  private final Bends bends;

  private Kinks(FiniteValues finite) {
    this.finite = finite;
    noise = new SeriesNoise(finite.scaled());
    values = noise.values();
    bends = Bends.of(values);
  }

  /**
   * The kinks of a series, ascending.
   *
   * @param values in the order of time; NaN or infinite where one is missing
   * @param steps the steps of the same series
   */
  public static List<Kink> detect(double[] values, List<ChangePoint> steps) {
    FiniteValues finite = FiniteValues.of(values);
    return finite.count() < 2 * SHORTEST || finite.scaled().length == 0
        ? List.of()
        : new Kinks(finite).between(steps);
  }

  private List<Kink> between(List<ChangePoint> steps) {
    List<Kink> kinks = new ArrayList<>();
    int from = 0;
    for (ChangePoint step : steps) {
      int at = Arrays.binarySearch(finite.places(), step.index());
      kinks.addAll(in(from, at));
      from = at;
    }
    kinks.addAll(in(from, values.length));
    return List.copyOf(kinks);
  }

  private List<Kink> in(int from, int to) {
    List<Integer> knots = new ArrayList<>(List.of(from));
    propose(from, to, knots);
    if (knots.size() == 1) {
      return List.of();
    }
    knots.add(to - 1);
    move(knots);
    List<Double> chances = standing(knots);
    return described(knots, chances);
  }

  /** The narrowest window with a bend, and then what lies on both sides of it. */
  private void propose(int from, int to, List<Integer> knots) {
    double threshold = PENALTY * Math.log(values.length) * noise.longRunVariance();
    for (int width = 2 * SHORTEST; width / 4 * 3 < to - from; width += Math.max(1, width / 4)) {
      int place = bends.clearest(from, to, Math.min(width, to - from), SHORTEST, threshold);
      if (place >= 0) {
        propose(from, place, knots);
        knots.add(place);
        propose(place, to, knots);
        return;
      }
    }
  }

  /** Each to where the whole line fits best. */
  private void move(List<Integer> knots) {
    for (int round = 0; round < MOVES; round++) {
      for (int k = 1; k + 1 < knots.size(); k++) {
        knots.set(k, best(knots, k));
      }
    }
  }

  private int best(List<Integer> knots, int k) {
    int first = Math.max(0, k - 2);
    int last = Math.min(knots.size(), k + 3);
    int[] near = knots.subList(first, last).stream().mapToInt(knot -> knot).toArray();
    int best = knots.get(k);
    double least = Double.POSITIVE_INFINITY;
    int reach = Math.max(SHORTEST, (knots.get(k + 1) - knots.get(k - 1)) / 4);
    int from = Math.max(knots.get(k - 1) + SHORTEST / 2, knots.get(k) - reach);
    int to = Math.min(knots.get(k + 1) - SHORTEST / 2, knots.get(k) + reach);
    for (int place = from; place <= to; place++) {
      near[k - first] = place;
      double squares = new BrokenLine(values, near).squares();
      if (squares < least) {
        least = squares;
        best = place;
      }
    }
    return best;
  }

  /** Takes out the weakest until all stand on their own; the chances of those that do. */
  private List<Double> standing(List<Integer> knots) {
    while (true) {
      List<Double> chances = new ArrayList<>();
      int weakest = 0;
      for (int k = 1; k + 1 < knots.size(); k++) {
        chances.add(chance(knots, k));
        weakest = weakest == 0 || chances.get(k - 1) > chances.get(weakest - 1) ? k : weakest;
      }
      if (weakest == 0 || chances.get(weakest - 1) <= LEVEL) {
        return chances;
      }
      knots.subList(weakest, weakest + 1).clear();
      move(knots);
    }
  }

  /** Above 1 for a bend that is too slight to count. */
  private double chance(List<Integer> knots, int k) {
    int[] all =
        knots.subList(Math.max(0, k - 2), Math.min(knots.size(), k + 3)).stream()
            .mapToInt(knot -> knot)
            .toArray();
    int own = Math.min(k, 2);
    int[] others = new int[all.length - 1];
    System.arraycopy(all, 0, others, 0, own);
    System.arraycopy(all, own + 1, others, own, others.length - own);
    BrokenLine line = new BrokenLine(values, all);
    double away =
        Math.abs(line.slope(own + 1) - line.slope(own))
            * Math.min(all[own] - all[own - 1], all[own + 1] - all[own]);
    double least = LEAST_VARIANCE_SHARE * noise.variance();
    double deviation = Math.sqrt(Math.max(least, line.deviation() * line.deviation()));
    double once = line.chance(new BrokenLine(values, others), least);
    return away < SMALLEST_BEND * deviation
        ? 2 + SMALLEST_BEND - away / deviation
        : Math.min(1, once * values.length / SHORTEST);
  }

  private List<Kink> described(List<Integer> knots, List<Double> chances) {
    BrokenLine line = new BrokenLine(values, knots.stream().mapToInt(knot -> knot).toArray());
    List<Kink> kinks = new ArrayList<>();
    for (int k = 1; k + 1 < knots.size(); k++) {
      kinks.add(
          new Kink(
              finite.places()[knots.get(k)],
              Math.min(1 - chances.get(k - 1), LARGEST_CONFIDENCE),
              finite.level(line.height(k)),
              finite.difference(line.slope(k)),
              finite.difference(line.slope(k + 1))));
    }
    return kinks;
  }
}
