package dev.nightjar.gate.statistics;

import java.util.Arrays;

/**
 * Holm's step-down correction (Scandinavian Journal of Statistics 6, 1979): of the smallest chance
 * a k-th of the allowed error is asked, of the next a (k−1)-th, and so on until one is not small
 * enough. The family, one run, then errs with at most the allowed probability whatever the series
 * have to do with one another, and finds no less than Bonferroni's.
 */
public final class FamilyCorrection {
  private FamilyCorrection() {}

  /**
   * The error that each member may make on its own.
   *
   * @param chances each member's p-value
   * @param allowed the family's error
   */
  public static double[] holm(double[] chances, double allowed) {
    Integer[] order = new Integer[chances.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(chances[a], chances[b]));
    double[] shares = new double[chances.length];
    double share = 0;
    boolean open = true;
    for (int k = 0; k < order.length; k++) {
      if (open) {
        share = allowed / (chances.length - k);
        open = chances[order[k]] <= share;
      }
      shares[order[k]] = share;
    }
    return shares;
  }
}
