package dev.nightjar.gate.trial;

import java.util.TreeSet;

/**
 * Scott and Knott, "A cluster analysis method for grouping means in the analysis of variance"
 * (1974), in the form in use: split where the cost falls most, as long as it falls by more than the
 * penalty; change in mean, penalty 2·log n.
 */
record BinarySegmentation() implements Detector {
  @Override
  public String name() {
    return "BinSeg";
  }

  @Override
  public int[] detect(double[] values) {
    TreeSet<Integer> cuts = new TreeSet<>();
    split(new MeanCost(values), 0, values.length, 2 * Math.log(values.length), cuts);
    return cuts.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void split(
      MeanCost cost, int from, int to, double penalty, TreeSet<Integer> cuts) {
    double whole = cost.of(from, to);
    double least = Double.POSITIVE_INFINITY;
    int at = -1;
    for (int cut = from + 1; cut < to; cut++) {
      double parts = cost.of(from, cut) + cost.of(cut, to);
      if (parts < least) {
        least = parts;
        at = cut;
      }
    }
    if (at >= 0 && least + penalty < whole) {
      cuts.add(at);
      split(cost, from, at, penalty, cuts);
      split(cost, at, to, penalty, cuts);
    }
  }
}
