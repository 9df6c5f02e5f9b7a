package dev.nightjar.gate.statistics;

import dev.nightjar.gate.statistics.estimate.Robust;
import dev.nightjar.gate.statistics.estimate.StudentQuantiles;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How far the present run lies from its baseline, and how uncertain that is, on a scale of
 * comparison.
 *
 * @param centre present level minus baseline
 * @param standardError its uncertainty, between-run differences included
 * @param degreesOfFreedom of Student's distribution that the uncertainty follows; 0 when nothing is
 *     known of it
 * @param scale the scale of the above
 * @param baseline the baseline on that scale
 * @param regime the earlier runs that it was compared with
 * @param coarseStep what the values are rounded to, in their unit, where that makes the
 *     uncertainty; 0 where it does not
 */
public record Difference(
    double centre,
    double standardError,
    double degreesOfFreedom,
    Scale scale,
    double baseline,
    Regime regime,
    double coarseStep) {

  /** More than what computing a limit in two ways differs by. */
  private static final double BORDER = 1e-9;

  /**
   * What several runs that followed one another tell together, each of which was held against the
   * same baseline: of that as much as of one, of themselves the more the more they are. Where they
   * differ among themselves more than the baseline's do, that counts. The tails of a mean of
   * several are lighter than those of one, so each adds its degrees of freedom, up to what all runs
   * have.
   *
   * @param runs at least one
   */
  public static Difference pooled(List<Difference> runs) {
    Difference last = runs.getLast();
    double[] centres = runs.stream().mapToDouble(Difference::centre).toArray();
    double[] errors = runs.stream().mapToDouble(Difference::standardError).toArray();
    double one = Robust.median(errors);
    double baselines = 1.0 / last.regime.runs().size();
    double between = one * one / (1 + baselines);
    double centre = Robust.hodgesLehmann(centres);
    double own = Math.max(between, variance(centre, centres));
    return new Difference(
        centre,
        Math.sqrt(between * baselines + own / runs.size()),
        Math.max(
            last.degreesOfFreedom,
            Math.min(
                runs.size() * last.degreesOfFreedom,
                last.regime.runs().size() + runs.size() - 2.0)),
        last.scale,
        last.baseline,
        last.regime,
        last.coarseStep);
  }

  private static double variance(double centre, double[] values) {
    double squares = Arrays.stream(values).map(value -> (value - centre) * (value - centre)).sum();
    return values.length == 1 ? 0 : squares / (values.length - 1);
  }

  /** Whether there is a relative effect at all: none can be told against a baseline of zero. */
  public boolean isRelative() {
    return scale == Scale.RATIO || baseline != 0;
  }

  /** The present run's level, in the series' unit. */
  public double present() {
    return scale.back(baseline + centre);
  }

  public double effect() {
    return scale.effect(centre, baseline);
  }

  /** The interval that each of its two ends holds with probability 1 − tail. */
  public Interval interval(double tail) {
    if (degreesOfFreedom <= 0) {
      return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    double reach = standardError * quantile(tail);
    return new Interval(
        scale.effect(centre - reach, baseline), scale.effect(centre + reach, baseline));
  }

  /**
   * Whether a level this far from the baseline, on the side of the centre, would lie beyond the
   * smallest effect at the given chance of error.
   */
  public boolean isBeyond(double away, double smallestEffect, double tail) {
    double limit = centre > 0 ? upperLimit(smallestEffect) : -lowerLimit(smallestEffect);
    double reach = degreesOfFreedom <= 0 ? 0 : standardError * quantile(tail);
    return away * Math.signum(centre) > limit + reach;
  }

  private double quantile(double tail) {
    return StudentQuantiles.upper(degreesOfFreedom, tail);
  }

  /**
   * Whether an interval about the effect, however narrow, may lie beyond the smallest effect: if
   * not, none of any confidence has to be made.
   */
  public boolean mayBeBeyond(double smallestEffect) {
    double limit = centre > 0 ? upperLimit(smallestEffect) : -lowerLimit(smallestEffect);
    return Math.abs(centre) > limit - BORDER * (1 + limit);
  }

  /**
   * How often, at most, noise alone would put the present run this far beyond the smallest effect,
   * on either side, when the true effect is no larger than that.
   */
  public double chanceBeyond(double smallestEffect) {
    if (degreesOfFreedom <= 0) {
      return 1;
    }
    double limit = centre > 0 ? upperLimit(smallestEffect) : -lowerLimit(smallestEffect);
    double beyond = Math.abs(centre) - limit;
    if (beyond <= 0) {
      return 1;
    }
    if (standardError == 0) {
      return 0;
    }
    double tail = TDistribution.of(degreesOfFreedom).survivalProbability(beyond / standardError);
    return Math.min(1, 2 * tail);
  }

  private double upperLimit(double effect) {
    return scale == Scale.RATIO ? Math.log1p(effect) : effect * Math.abs(baseline);
  }

  private double lowerLimit(double effect) {
    return scale == Scale.RATIO ? Math.log1p(-effect) : -effect * Math.abs(baseline);
  }
}
