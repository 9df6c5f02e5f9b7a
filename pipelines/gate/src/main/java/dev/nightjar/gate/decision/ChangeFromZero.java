package dev.nightjar.gate.decision;

import dev.nightjar.gate.statistics.Difference;
import dev.nightjar.gate.statistics.Resolution;
import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.model.Direction;
import dev.nightjar.model.unit.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/**
 * A cost that was counted as exactly zero in every run and is none any more: it has no relative
 * size, and is a change all the same. Only whole numbers count: what is near zero by its clock or
 * as a share is noise.
 *
 * <p>Every value of every run since the last step has to be zero, in at least {@value #FEWEST_RUNS}
 * runs, as many as tell how much runs differ elsewhere; and every value of the present run has to
 * lie beyond what counting can make of nothing: one, of bytes a word, as tools divide what a whole
 * run took by its repetitions.
 */
final class ChangeFromZero {
  private static final int FEWEST_RUNS = 4;
  private static final double WORD_BYTES = 8;

  private ChangeFromZero() {}

  /**
   * Why it is not told that the series got worse from zero to something, and what would tell it;
   * absent if it is told.
   *
   * @param isAssumed whether nobody says which way is better
   */
  static @Nullable String open(
      Direction direction,
      boolean isAssumed,
      String unit,
      RunValues current,
      Difference difference) {
    List<RunValues> earlier = difference.regime().runs();
    double least = unit.equals("By") ? WORD_BYTES : 1;
    if (!Resolution.isCounted(unit)) {
      return "near zero a time, a share or a rate is its clock's or its sample's noise:"
          + " measure more at a time";
    }
    if (!isAll(earlier, value -> value == 0)) {
      return "earlier runs since its last step were not all exactly zero, so it comes and goes";
    }
    if (isAll(List.of(current), value -> value == 0)) {
      return "it is zero as before";
    }
    if (direction == Direction.HIGHER_IS_BETTER) {
      return "higher is better, so it did not get worse";
    }
    if (!isAll(List.of(current), value -> value >= least && value == Math.rint(value))) {
      return unit.equals("By")
          ? "fewer than 8 bytes may be what the whole run took once, divided by its repetitions:"
              + " more repetitions decide"
          : "not every value of this run is a whole number of at least one";
    }
    if (isAssumed) {
      return "nobody says which way is better: a rule with 'direction: lower' in gate.rules does,"
          + " or the result file (of Go, a line 'Unit NAME better=lower')";
    }
    return earlier.size() >= FEWEST_RUNS
        ? null
        : "%d earlier run%s exactly zero, and %d tell that it always is: later runs decide"
            .formatted(earlier.size(), earlier.size() == 1 ? " was" : "s were", FEWEST_RUNS);
  }

  private static boolean isAll(List<RunValues> runs, DoublePredicate holds) {
    return runs.stream().flatMapToDouble(run -> Arrays.stream(run.values())).allMatch(holds);
  }

  /** The grounds, in absolute numbers. */
  static String evidence(String unit, RunValues current, Difference difference) {
    return String.format(
        Locale.ROOT,
        "0 -> %s (median of %d), where each of %d runs had exactly 0: a change from zero has no"
            + " relative size",
        Unit.text(difference.present(), unit),
        current.values().length,
        difference.regime().runs().size());
  }
}
