package dev.nightjar.gate.trial;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Matteson and James, "A nonparametric approach for multiple change point analysis of multivariate
 * data" (2014): hierarchical division by the energy statistic with exponent 1, both the split and
 * the end of the right part searched, each new point tested by permutation within the segments so
 * far (199 permutations, level 0.05).
 *
 * @param shortest the smallest segment; 30 is the authors' default
 */
record EDivisive(int shortest) implements Detector {
  private static final int PERMUTATIONS = 199;
  private static final double LEVEL = 0.05;
  private static final long SEED = 1;

  private record Split(double statistic, int at) {}

  @Override
  public String name() {
    return "E-divisive/" + shortest;
  }

  @Override
  public int[] detect(double[] values) {
    SplittableRandom random = new SplittableRandom(SEED);
    TreeSet<Integer> cuts = new TreeSet<>();
    while (true) {
      Split best = bestOfAll(values, cuts);
      if (best.at < 0 || !isSignificant(values, cuts, best.statistic, random)) {
        return cuts.stream().mapToInt(Integer::intValue).toArray();
      }
      cuts.add(best.at);
    }
  }

  private boolean isSignificant(
      double[] values, TreeSet<Integer> cuts, double statistic, SplittableRandom random) {
    int above = 0;
    for (int k = 0; k < PERMUTATIONS; k++) {
      double[] shuffled = values.clone();
      int from = 0;
      for (int cut : cuts) {
        shuffle(shuffled, from, cut, random);
        from = cut;
      }
      shuffle(shuffled, from, values.length, random);
      above += bestOfAll(shuffled, cuts).statistic >= statistic ? 1 : 0;
      if (above + 1 > LEVEL * (PERMUTATIONS + 1)) {
        return false; // whatever the others say
      }
    }
    return true;
  }

  private static void shuffle(double[] values, int from, int to, SplittableRandom random) {
    for (int i = to - 1; i > from; i--) {
      int other = random.nextInt(from, i + 1);
      double kept = values[i];
      values[i] = values[other];
      values[other] = kept;
    }
  }

  private Split bestOfAll(double[] values, TreeSet<Integer> cuts) {
    Split best = new Split(Double.NEGATIVE_INFINITY, -1);
    int from = 0;
    TreeSet<Integer> ends = new TreeSet<>(cuts);
    ends.add(values.length);
    for (int end : ends) {
      Split split = best(Arrays.copyOfRange(values, from, end));
      if (split.at >= 0 && split.statistic > best.statistic) {
        best = new Split(split.statistic, split.at + from);
      }
      from = end;
    }
    return best;
  }

  /** The best split of a segment over all places and all ends of the right part. */
  private Split best(double[] part) {
    int n = part.length;
    double[][] sums = new double[n][n + 1]; // sums[k][i]: distances of k to all before i
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < n; i++) {
        sums[k][i + 1] = sums[k][i] + Math.abs(part[k] - part[i]);
      }
    }
    Split best = new Split(Double.NEGATIVE_INFINITY, -1);
    double withinLeft = 0;
    for (int at = 1; at < n; at++) {
      withinLeft += sums[at - 1][at - 1];
      if (at < shortest || n - at < shortest) {
        continue;
      }
      double between = 0;
      double withinRight = 0;
      for (int end = at + 1; end <= n; end++) {
        between += sums[end - 1][at];
        withinRight += sums[end - 1][end - 1] - sums[end - 1][at];
        double left = at;
        double right = end - at;
        if (right < shortest) {
          continue;
        }
        double energy =
            2 * between / (left * right)
                - 2 * withinLeft / (left * (left - 1))
                - 2 * withinRight / (right * (right - 1));
        double statistic = left * right / (left + right) * energy;
        if (statistic > best.statistic) {
          best = new Split(statistic, at);
        }
      }
    }
    return best;
  }
}
