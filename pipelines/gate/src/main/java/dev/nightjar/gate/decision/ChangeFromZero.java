package dev.nightjar.gate.decision;

import dev.nightjar.gate.statistics.Difference;
import dev.nightjar.gate.statistics.Resolution;
import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.model.Direction;
import dev.nightjar.model.unit.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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

  /** Whether the series got worse from zero to something. */
  static boolean isWorse(
      Direction direction, String unit, RunValues current, Difference difference) {
    List<RunValues> earlier = difference.regime().runs();
    double least = unit.equals("By") ? WORD_BYTES : 1;
    return direction == Direction.LOWER_IS_BETTER
        && Resolution.isCounted(unit)
        && earlier.size() >= FEWEST_RUNS
        && earlier.stream()
            .flatMapToDouble(run -> Arrays.stream(run.values()))
            .allMatch(value -> value == 0)
        && Arrays.stream(current.values())
            .allMatch(value -> value >= least && value == Math.rint(value));
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
