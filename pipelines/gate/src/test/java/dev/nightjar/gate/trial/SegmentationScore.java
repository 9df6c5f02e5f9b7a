package dev.nightjar.gate.trial;

import java.util.Arrays;
import java.util.List;

/**
 * How well found change points agree with the labelled ones, after van den Burg and Williams, "An
 * evaluation of change point detection algorithms" (2020): F1 with one-to-one matches within a
 * margin, the trivial change at 0 counted on both sides; cover, the mean over labelled segments,
 * weighted by length, of the best Jaccard overlap.
 */
record SegmentationScore(double f1, double cover) {
  static final int MARGIN = 5;

  static SegmentationScore of(int[] labelled, int[] found, int length) {
    return new SegmentationScore(
        f1(withZero(labelled), withZero(found)), cover(labelled, found, length));
  }

  /**
   * The same by several people: precision against what any of them marked, recall and cover as the
   * mean over them.
   *
   * @param annotators at least one
   */
  static SegmentationScore ofSeveral(List<int[]> annotators, int[] found, int length) {
    int[] any = annotators.stream().flatMapToInt(Arrays::stream).distinct().sorted().toArray();
    int[] all = withZero(found);
    double precision = (double) hits(withZero(any), all) / all.length;
    double recall = 0;
    double cover = 0;
    for (int[] one : annotators) {
      recall += (double) hits(withZero(one), all) / (one.length + 1) / annotators.size();
      cover += cover(one, found, length) / annotators.size();
    }
    return new SegmentationScore(2 * precision * recall / (precision + recall), cover);
  }

  private static int[] withZero(int[] places) {
    int[] all = new int[places.length + 1];
    System.arraycopy(places, 0, all, 1, places.length);
    return all;
  }

  private static double f1(int[] labelled, int[] found) {
    return 2.0 * hits(labelled, found) / (labelled.length + found.length);
  }

  private static int hits(int[] labelled, int[] found) {
    boolean[] taken = new boolean[found.length];
    int hits = 0;
    for (int truth : labelled) {
      int nearest = -1;
      for (int k = 0; k < found.length; k++) {
        boolean nearer =
            nearest < 0 || Math.abs(found[k] - truth) < Math.abs(found[nearest] - truth);
        if (!taken[k] && Math.abs(found[k] - truth) <= MARGIN && nearer) {
          nearest = k;
        }
      }
      if (nearest >= 0) {
        taken[nearest] = true;
        hits++;
      }
    }
    return hits;
  }

  private static double cover(int[] labelled, int[] found, int length) {
    double sum = 0;
    for (int k = 0; k <= labelled.length; k++) {
      int from = k == 0 ? 0 : labelled[k - 1];
      int to = k == labelled.length ? length : labelled[k];
      sum += (to - from) * bestOverlap(from, to, found, length);
    }
    return sum / length;
  }

  private static double bestOverlap(int from, int to, int[] found, int length) {
    double best = 0;
    for (int k = 0; k <= found.length; k++) {
      int a = k == 0 ? 0 : found[k - 1];
      int b = k == found.length ? length : found[k];
      int common = Math.min(b, to) - Math.max(a, from);
      if (common > 0) {
        best = Math.max(best, (double) common / (Math.max(b, to) - Math.min(a, from)));
      }
    }
    return best;
  }
}
