package dev.nightjar.gate.statistics;

import dev.nightjar.gate.statistics.series.ChangePoints;
import dev.nightjar.model.ChangePoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The earlier runs that the present one can fairly be held against: those since the last step of
 * their levels. What lies before a step tells of another program or another machine; kept, it would
 * make the noise look as large as the step and blind the gate for weeks.
 *
 * @param runs since the step, oldest first; never empty
 * @param step the last step, as a relative change; absent when there is none
 */
public record Regime(List<RunValues> runs, @Nullable Double step) {
  /** Fewer runs tell a step from noise too seldom to cut by it. */
  private static final int FEWEST_RUNS = 8;

  /**
   * A step so sure is no noise: what is cut off wrongly makes the noise look smaller than it is.
   */
  private static final double SURE = 0.999;

  /** What is left after a cut must still tell how much runs differ by themselves. */
  private static final int FEWEST_LEFT = 4;

  static Regime of(List<RunValues> earlier, Scale scale) {
    if (earlier.size() < FEWEST_RUNS) {
      return new Regime(earlier, null);
    }
    double[] levels =
        earlier.stream().mapToDouble(run -> RunLevel.of(run, scale).level()).toArray();
    for (ChangePoint change : ChangePoints.detect(levels).reversed()) {
      if (change.confidence() >= SURE && levels.length - change.index() >= FEWEST_LEFT) {
        return new Regime(
            earlier.subList(change.index(), earlier.size()),
            scale.effect(change.after() - change.before(), change.before()));
      }
    }
    return new Regime(earlier, null);
  }
}
