package dev.nightjar.gate.statistics;

import dev.nightjar.gate.statistics.estimate.Robust;
import java.util.ArrayList;
import java.util.List;

/**
 * The present run against earlier ones, with the run as the unit.
 *
 * <p>Each run counts as one number ({@link RunLevel}), because repetitions within a run share what
 * differs between runs: a JVM's compilation choices, page placement, the hour of the night. The
 * present run is held against what one more run of the baseline would give: centre of the earlier
 * levels, deviation between them times √(1 + 1/m), Student's quantiles.
 *
 * <p>Only runs since the last step of the history count ({@link Regime}).
 *
 * <p>The noise is at least what rounding makes of equal levels ({@link Resolution}): levels that
 * look equal have no spread of zero. Where every value is the same, nothing shows that they were
 * rounded as coarsely as their digits suggest, and the floor is at most that of a rounding to
 * {@value #COARSEST_OF_EQUALS_PERCENT} %.
 *
 * <p>Three departures from the textbook keep the stated error on real noise, whose tails are
 * heavier than normal. The centre is Hodges–Lehmann's. Earlier levels count at most {@value
 * #WILD_DEVIATIONS} robust deviations from it (from {@value #RUNS_FOR_CLIPPING} runs on), so that
 * one bad night does not blind the gate for a month. And the degrees of freedom are at most {@value
 * #MOST_DEGREES}, however many runs there are: more runs tell more of the middle of a distribution,
 * hardly more of the tail that a correction over a hundred series reaches into. Simulated with
 * normal, Student (5), gamma, two-humped and contaminated noise, 3 to 30 runs, at one in ten
 * thousand, the textbook's error is up to 110 times the stated one.
 */
public final class HistoryComparison {
  private static final double BETWEEN_RUNS = 0.0001;
  private static final int RUNS_FOR_CLIPPING = 8;
  private static final double WILD_DEVIATIONS = 4;
  private static final double MOST_DEGREES = 4;

  /** Earlier runs from which on more of them make no comparison sharper by themselves. */
  public static final int ENOUGH_RUNS = (int) MOST_DEGREES + 1;

  /**
   * The degrees of freedom of a noise that shows only in the rounding: more than of one that was
   * seen, as it is bounded, and few, as nobody has seen its tails.
   */
  private static final double DEGREES_OF_ROUNDING = 6;

  /** What converting units leaves between equal values. */
  private static final double ROUNDED_ALIKE = 1e-9;

  private static final int COARSEST_OF_EQUALS_PERCENT = 1;

  private HistoryComparison() {}

  public static Difference of(String unit, List<RunValues> history, RunValues current) {
    return of(unit, false, history, current);
  }

  /**
   * As the other.
   *
   * @param isCounted whether repetitions tell how much runs differ: of a count that nothing else
   *     touches they do, but for {@value #BETWEEN_RUNS}, which the length of the environment, of
   *     paths and of process numbers may make from run to run and not within one
   */
  public static Difference of(
      String unit, boolean isCounted, List<RunValues> history, RunValues current) {
    Scale scale = Scale.fitting(history, current);
    return of(unit, isCounted, scale, Regime.of(history, scale), current);
  }

  /** The same against runs that are known to be of one level: no step is looked for among them. */
  public static Difference ofLevel(
      String unit, boolean isCounted, List<RunValues> level, RunValues current) {
    return of(unit, isCounted, Scale.fitting(level, current), new Regime(level, null), current);
  }

  private static Difference of(
      String unit, boolean isCounted, Scale scale, Regime regime, RunValues current) {
    List<RunValues> earlier = regime.runs();
    double[] levels = new double[earlier.size()];
    double meanSquaredError = 0;
    for (int i = 0; i < levels.length; i++) {
      RunLevel run = RunLevel.of(earlier.get(i), scale);
      levels[i] = run.level();
      meanSquaredError += run.standardError() * run.standardError() / levels.length;
    }
    RunLevel present = RunLevel.of(current, scale);
    double baseline = Robust.hodgesLehmann(levels);
    double spread = variance(baseline, levels);
    Resolution resolution = resolution(unit, earlier, current);
    double rounding = resolution.deviation(scale, baseline);
    double within = isCounted ? within(earlier, current, scale, baseline) : 0;
    double between = Math.max(within, Math.max(spread, rounding * rounding));
    double excess = present.standardError() * present.standardError() - meanSquaredError;
    double variance = between * (1 + 1.0 / levels.length) + Math.max(0, excess);
    return new Difference(
        present.level() - baseline,
        Math.sqrt(variance),
        within > 0 && within >= spread
            ? Math.min(repetitions(earlier, current), MOST_DEGREES)
            : degreesOfFreedom(levels.length, spread, between),
        scale,
        baseline,
        regime,
        between > spread && within < between ? resolution.step() : 0);
  }

  /** The variance of repetitions about their own run's level, and what runs add to it at least. */
  private static double within(
      List<RunValues> earlier, RunValues current, Scale scale, double baseline) {
    double sum = 0;
    for (RunValues run : and(earlier, current)) {
      double level = RunLevel.of(run, scale).level();
      for (double value : run.values()) {
        double away = scale.of(value) - level;
        sum += away * away;
      }
    }
    int degrees = repetitions(earlier, current);
    double least = scale == Scale.RATIO ? BETWEEN_RUNS : BETWEEN_RUNS * Math.abs(baseline);
    return degrees == 0 ? 0 : sum / degrees + least * least;
  }

  /** Those beyond the first of each run. */
  private static int repetitions(List<RunValues> earlier, RunValues current) {
    return and(earlier, current).stream().mapToInt(run -> run.values().length - 1).sum();
  }

  private static List<RunValues> and(List<RunValues> earlier, RunValues current) {
    List<RunValues> all = new ArrayList<>(earlier);
    all.add(current);
    return all;
  }

  /** By Welch and Satterthwaite: what was seen of the noise, and what rounding adds to it. */
  private static double degreesOfFreedom(int runs, double spread, double between) {
    double seen = Math.min(runs - 1, MOST_DEGREES);
    if (seen <= 0 || between <= spread) {
      return seen;
    }
    double added = between - spread;
    return between * between / (spread * spread / seen + added * added / DEGREES_OF_ROUNDING);
  }

  private static Resolution resolution(String unit, List<RunValues> earlier, RunValues current) {
    List<double[]> values = new ArrayList<>(earlier.size() + 1);
    for (RunValues run : earlier) {
      values.add(run.values());
    }
    values.add(current.values());
    Resolution told = Resolution.of(unit, values);
    double first = current.values()[0];
    double most = Math.abs(first) * COARSEST_OF_EQUALS_PERCENT / 100;
    return told.step() > most && isAllTheSame(values, first) ? new Resolution(most) : told;
  }

  private static boolean isAllTheSame(List<double[]> values, double first) {
    for (double[] run : values) {
      for (double value : run) {
        if (Math.abs(value - first) > ROUNDED_ALIKE * Math.abs(first)) {
          return false;
        }
      }
    }
    return true;
  }

  private static double variance(double centre, double[] levels) {
    if (levels.length < 2) {
      return 0;
    }
    double reach =
        levels.length < RUNS_FOR_CLIPPING
            ? Double.POSITIVE_INFINITY
            : WILD_DEVIATIONS * Robust.deviationFrom(centre, levels);
    if (reach == 0) {
      reach = Double.POSITIVE_INFINITY; // most levels are equal: the few others tell the spread
    }
    double sum = 0;
    for (double level : levels) {
      double away = Math.min(Math.abs(level - centre), reach);
      sum += away * away;
    }
    return sum / (levels.length - 1);
  }
}
