package dev.nightjar.gate.trial;

import java.util.ArrayList;
import java.util.List;

/**
 * Killick, Fearnhead and Eckley, "Optimal detection of changepoints with a linear computational
 * cost" (2012): optimal partitioning with inequality-based pruning, change in mean, the paper's
 * penalty p·log n with p = 2 (a mean and a place).
 */
record Pelt() implements Detector {
  @Override
  public String name() {
    return "PELT";
  }

  @Override
  public int[] detect(double[] values) {
    int n = values.length;
    MeanCost cost = new MeanCost(values);
    double penalty = 2 * Math.log(n);
    double[] best = new double[n + 1];
    int[] last = new int[n + 1];
    best[0] = -penalty;
    List<Integer> open = new ArrayList<>(List.of(0));
    for (int to = 1; to <= n; to++) {
      best[to] = Double.POSITIVE_INFINITY;
      for (int from : open) {
        double total = best[from] + cost.of(from, to) + penalty;
        if (total < best[to]) {
          best[to] = total;
          last[to] = from;
        }
      }
      int end = to;
      open.removeIf(from -> best[from] + cost.of(from, end) > best[end]);
      open.add(to);
    }
    List<Integer> cuts = new ArrayList<>();
    for (int at = last[n]; at > 0; at = last[at]) {
      cuts.addFirst(at);
    }
    return cuts.stream().mapToInt(Integer::intValue).toArray();
  }
}
