package dev.nightjar.gate.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many standard errors an estimate must be away from what is tested, look by look, so that each
 * look spends the error it is given: the recursion of Armitage, McPherson and Rowe ("Repeated
 * significance tests on accumulating data", Journal of the Royal Statistical Society A 132, 1969),
 * as Lan and DeMets (1983) use it.
 *
 * <p>Between looks the sum of what is observed walks like Brownian motion. The density of those
 * walks that no look has stopped is kept on a grid and carried from look to look by Simpson's rule,
 * which costs {@value #GRID} squared a look. Against adding the errors up (the union bound) this
 * narrows the last of five looks by a twelfth, which is worth a sixth of the measurements.
 */
public final class SequentialBoundary {
  private static final int GRID = 101;
  private static final double FARTHEST = 8;
  private static final int HALVINGS = 26;
  private static final double ROOT_OF_TWO_PI = Math.sqrt(2 * Math.PI);
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private final boolean twoSided;

  /** Where the walks are that go on, and the weight of each place; at first all are at 0. */
  private double[] places = {0};

  private double[] weights = {1};
  private double information;

  private SequentialBoundary(boolean twoSided) {
    this.twoSided = twoSided;
  }

  /** Crossed by an estimate that is too large. */
  public static SequentialBoundary oneSided() {
    return new SequentialBoundary(false);
  }

  /** Crossed by an estimate that is too large or too small. */
  public static SequentialBoundary twoSided() {
    return new SequentialBoundary(true);
  }

  /**
   * The boundary of the next look.
   *
   * @param seen how many values there are by then, more than at the last look
   * @param error the chance of crossing it here and not before
   * @return standard errors; infinite when there is no error to spend
   */
  public double next(double seen, double error) {
    double step = Math.sqrt(seen - information);
    if (!(step > 0)) {
      throw new IllegalArgumentException("a look at " + seen + " behind one at " + information);
    }
    double most = FARTHEST * Math.sqrt(seen);
    double low = 0;
    // Without the looks before it, the boundary would be here: with them it is nearer.
    double alone =
        error > 0 ? NORMAL.inverseSurvivalProbability(twoSided ? error / 2 : error) : FARTHEST;
    double high = Math.min(FARTHEST, alone) * Math.sqrt(seen);
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (crossing(middle, step) > error) {
        low = middle;
      } else {
        high = middle;
      }
    }
    walkTo(twoSided ? -high : -most, high, step);
    information = seen;
    return error > 0 ? high / Math.sqrt(seen) : Double.POSITIVE_INFINITY;
  }

  private double crossing(double bound, double step) {
    double chance = 0;
    for (int i = 0; i < places.length; i++) {
      double above = NORMAL.survivalProbability((bound - places[i]) / step);
      double below = twoSided ? NORMAL.survivalProbability((bound + places[i]) / step) : 0;
      chance += weights[i] * (above + below);
    }
    return chance;
  }

  private void walkTo(double from, double to, double step) {
    double[] next = new double[GRID];
    double width = (to - from) / (GRID - 1);
    Arrays.setAll(next, i -> from + i * width);
    double[] density = new double[GRID];
    for (int i = 0; i < GRID; i++) {
      double simpson = (i == 0 || i == GRID - 1 ? 1 : i % 2 == 1 ? 4 : 2) * width / 3;
      for (int j = 0; j < places.length; j++) {
        double away = (next[i] - places[j]) / step;
        density[i] += weights[j] * Math.exp(-away * away / 2);
      }
      density[i] *= simpson / (step * ROOT_OF_TWO_PI);
    }
    places = next;
    weights = density;
  }
}
