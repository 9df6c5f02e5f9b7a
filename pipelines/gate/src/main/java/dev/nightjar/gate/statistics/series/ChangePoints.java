package dev.nightjar.gate.statistics.series;

import dev.nightjar.model.ChangePoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds where a series went over to another level, with one configuration for all data.
 *
 * <p><b>What counts.</b> A change is a step: the level differs before and after, beyond what the
 * series does by itself. A drift is no change, nor is an outlier, another variance, a second mode
 * that comes and goes, or a wave; they are what a step must be told from. A trend that ends in a
 * step, or breaks into another trend by a jump, is a change there.
 *
 * <p><b>How.</b> Penalised optimal partitioning (Jackson and others 2005) of a cleaned series, with
 * three departures that the data of benchmarks ask for:
 *
 * <ol>
 *   <li><i>Outliers</i> are pulled in to three robust deviations from a running median ({@link
 *       SeriesNoise}), so up to four wild points in a row cannot make a segment, and a step is left
 *       where it is. (Fearnhead and Rigaill 2019 bound the loss instead; this keeps sums of
 *       squares, hence constant-time costs.)
 *   <li><i>Autocorrelation</i> makes a series wander, which independent-noise penalties take for
 *       steps. Its strength is estimated from differences at lags 1 and 2, which steps hardly touch
 *       (Chakar, Lebarbier, Lévy-Leduc and Robin 2017), and costs are divided by the long-run
 *       variance that follows.
 *   <li><i>Drift</i>: each segment may be a constant or, at a price, a line, so a slope is no
 *       staircase.
 * </ol>
 *
 * <p>Each step that the partition proposes must then stand on its own ({@link Segmentation}): a
 * Welch test between its two segments, with the autocorrelation left in their residuals and the
 * search over places accounted for, and a size of at least one deviation. The weakest that fails is
 * taken out, its neighbours are looked at anew, until all stand. This is what stops a series whose
 * variance changes from breaking up in its louder half.
 *
 * <p>A step that is clear to those next to it ({@link ClearStep}) counts though few values follow
 * it, and whatever the rest of the series is like.
 *
 * <p><b>Costs.</b> Up to {@value #ALL_PLACES} points every place is a candidate. Beyond, candidates
 * are the local peaks of differences of window means over a geometric ladder of windows (as in
 * seeded segmentation, Kovács and others 2023), the strongest {@value #MOST_CANDIDATES} at most:
 * O(n log n) with a bounded quadratic part. No randomness; only finite arithmetic on a centred and
 * scaled copy, so huge, tiny and negative values behave alike.
 *
 * <p>Rejected: PELT and binary segmentation as they stand (one noise model, so outliers and
 * autocorrelation become steps), E-divisive (cubic, permutations, any difference of distribution
 * counts), Bayesian online detection (needs a prior on scale). The trial in the tests holds this
 * against the first three.
 */
public final class ChangePoints {
  private static final int SHORTEST_SERIES = 6;
  private static final int ALL_PLACES = 200;
  private static final int MOST_CANDIDATES = 1024;
  private static final double CANDIDATE_SHARE = 0.8;
  private static final double LARGEST_CONFIDENCE = 1 - 1e-9;

  /** What a change costs, in units of the noise's variance and of log n. */
  private static final double PENALTY = 4;

  /** The chance above which a step is taken for noise. */
  private static final double LEVEL = 0.005;

  /** The chance that a clear step is none. */
  private static final double UNCLEAR = 1 - ClearStep.CONFIDENCE;

  private ChangePoints() {}

  /**
   * The changes of a series, ascending.
   *
   * @param values in the order of time; NaN or infinite where one is missing
   */
  public static List<ChangePoint> detect(double[] values) {
    FiniteValues finite = FiniteValues.of(values);
    double[] scaled = finite.scaled();
    if (finite.count() < SHORTEST_SERIES || scaled.length == 0) {
      return List.of();
    }
    Segmentation segments = new Segmentation(new SeriesNoise(scaled));
    SortedMap<Integer, Double> cuts = standing(segments, partition(segments, candidates(segments)));
    add(ClearStep.in(scaled), cuts);
    return described(cuts, finite);
  }

  private static int[] candidates(Segmentation segments) {
    int n = segments.length();
    if (n <= ALL_PLACES) {
      int[] all = new int[n + 1];
      Arrays.setAll(all, i -> i);
      return all;
    }
    double[] strength = new double[n + 1];
    int shortest = Segmentation.SHORTEST;
    for (int window = shortest; window <= n / 2; window += Math.max(1, window / 2)) {
      markPeaks(segments, window, strength);
    }
    double[] ranked = strength.clone();
    Arrays.sort(ranked);
    double threshold = Math.max(Double.MIN_VALUE, ranked[Math.max(0, n + 1 - MOST_CANDIDATES)]);
    int[] places = new int[MOST_CANDIDATES + 2];
    int count = 1; // the first is 0
    for (int i = shortest; i <= n - shortest && count <= MOST_CANDIDATES; i++) {
      if (strength[i] >= threshold) {
        places[count++] = i;
      }
    }
    places[count++] = n;
    return Arrays.copyOf(places, count);
  }

  /** Keeps, for every half window, the place where the means on both sides differ most. */
  private static void markPeaks(Segmentation segments, int window, double[] strength) {
    int n = segments.length();
    int last = n - Segmentation.SHORTEST;
    double least = CANDIDATE_SHARE * Math.sqrt(2 * Math.log(n));
    int stride = Math.max(2, window / 2);
    for (int from = Segmentation.SHORTEST; from <= last; from += stride) {
      int peak = from;
      double highest = 0;
      for (int i = from; i < Math.min(last + 1, from + stride); i++) {
        double contrast = segments.contrast(Math.max(0, i - window), i, Math.min(n, i + window));
        if (contrast > highest) {
          highest = contrast;
          peak = i;
        }
      }
      if (highest > least) {
        strength[peak] = Math.max(strength[peak], highest);
      }
    }
  }

  private static List<Integer> partition(Segmentation segments, int[] candidates) {
    int count = candidates.length;
    double penalty = PENALTY * Math.log(segments.length());
    double[] least = new double[count];
    int[] from = new int[count];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    least[0] = 0;
    for (int to = 1; to < count; to++) {
      for (int start = 0; start < to; start++) {
        if (candidates[to] - candidates[start] < Segmentation.SHORTEST) {
          break;
        }
        double total = least[start] + penalty + segments.cost(candidates[start], candidates[to]);
        if (total < least[to]) {
          least[to] = total;
          from[to] = start;
        }
      }
    }
    List<Integer> cuts = new ArrayList<>();
    for (int at = from[count - 1]; at > 0; at = from[at]) {
      cuts.addFirst(candidates[at]);
    }
    return cuts;
  }

  /**
   * Takes out the weakest step until all stand on their own, but for breaks of the slope: those are
   * no steps, and yet the stretches of others end there.
   */
  private static SortedMap<Integer, Double> standing(Segmentation segments, List<Integer> cuts) {
    List<Double> chances = new ArrayList<>();
    for (int k = 0; k < cuts.size(); k++) {
      chances.add(chance(segments, cuts, k));
    }
    for (int weakest = weakest(chances); weakest >= 0; weakest = weakest(chances)) {
      cuts.subList(weakest, weakest + 1).clear();
      chances.subList(weakest, weakest + 1).clear();
      // Only the neighbours' segments have become longer.
      for (int k = Math.max(0, weakest - 1); k <= Math.min(weakest, cuts.size() - 1); k++) {
        chances.set(k, chance(segments, cuts, k));
      }
    }
    SortedMap<Integer, Double> standing = new TreeMap<>();
    for (int k = 0; k < cuts.size(); k++) {
      standing.put(cuts.get(k), chances.get(k));
    }
    return standing;
  }

  /** The place of the largest chance above the level; -1 where there is none. */
  private static int weakest(List<Double> chances) {
    int weakest = -1;
    double worst = LEVEL;
    for (int k = 0; k < chances.size(); k++) {
      if (chances.get(k) > worst) {
        worst = chances.get(k);
        weakest = k;
      }
    }
    return weakest;
  }

  private static double chance(Segmentation segments, List<Integer> cuts, int k) {
    int from = k == 0 ? 0 : cuts.get(k - 1);
    int to = k + 1 < cuts.size() ? cuts.get(k + 1) : segments.length();
    return segments.chance(from, cuts.get(k), to);
  }

  /** Clear ones are steps, but where the partition has put one a place or two away. */
  private static void add(List<Integer> clear, SortedMap<Integer, Double> cuts) {
    for (int place : clear) {
      int first = place - Segmentation.SHORTEST + 1;
      SortedMap<Integer, Double> near = cuts.subMap(first, place + Segmentation.SHORTEST);
      if (near.values().stream().allMatch(chance -> chance.isNaN())) {
        near.clear();
        cuts.put(place, 1.0);
      }
    }
    clear.forEach(place -> cuts.computeIfPresent(place, (_, own) -> Math.min(own, UNCLEAR)));
  }

  private static List<ChangePoint> described(SortedMap<Integer, Double> cuts, FiniteValues finite) {
    List<ChangePoint> changes = new ArrayList<>();
    List<Integer> ends = new ArrayList<>(cuts.keySet());
    ends.addFirst(0);
    ends.add(finite.count());
    for (int k = 1; k + 1 < ends.size(); k++) {
      int at = ends.get(k);
      double chance = cuts.getOrDefault(at, Double.NaN);
      if (!Double.isNaN(chance)) {
        changes.add(
            new ChangePoint(
                finite.places()[at],
                Math.min(1 - chance, LARGEST_CONFIDENCE),
                finite.median(ends.get(k - 1), at),
                finite.median(at, ends.get(k + 1))));
      }
    }
    return changes;
  }
}
