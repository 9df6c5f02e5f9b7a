package dev.nightjar.gate.statistics;

import dev.nightjar.gate.statistics.estimate.Robust;
import dev.nightjar.gate.statistics.series.Drift;
import dev.nightjar.gate.statistics.series.Drifts;
import dev.nightjar.model.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a series creeps, as its runs tell it.
 *
 * @param runs of the stretch in which it shows, oldest first, the present one with them
 * @param steepest the run of it about which the level changes fastest
 * @param scale that levels were compared on
 * @param total the relative change over the stretch
 * @param low where it lies with 95 % confidence
 * @param high not below low
 */
public record HistoryDrift(
    List<RunValues> runs, RunValues steepest, Scale scale, double total, double low, double high) {
  private static final double SECONDS_OF_A_WEEK = 7 * 86_400;

  /**
   * What shows that the series gets worse bit by bit; null where nothing does.
   *
   * @param earlier the runs before, oldest first
   * @param smallestEffect what it must have gone beyond
   */
  public static @Nullable HistoryDrift forTheWorse(
      List<RunValues> earlier, RunValues current, double smallestEffect, Direction direction) {
    List<RunValues> all = new ArrayList<>(earlier);
    all.add(current);
    Scale scale = Scale.fitting(earlier, current);
    double[] levels = all.stream().mapToDouble(run -> RunLevel.of(run, scale).level()).toArray();
    Drift drift = Drifts.detect(levels, smallest(scale, levels[0], smallestEffect));
    boolean isRise = drift != null && drift.total() > 0;
    return drift == null || isRise != (direction == Direction.LOWER_IS_BETTER)
        ? null
        : of(all, drift, scale, levels[drift.from()]);
  }

  private static double smallest(Scale scale, double first, double effect) {
    return scale == Scale.RATIO ? Math.log1p(effect) : effect * Math.abs(first);
  }

  private static HistoryDrift of(List<RunValues> all, Drift drift, Scale scale, double first) {
    return new HistoryDrift(
        List.copyOf(all.subList(drift.from(), all.size())),
        all.get(drift.steepest()),
        scale,
        scale.effect(drift.total(), first),
        scale.effect(drift.low(), first),
        scale.effect(drift.high(), first));
  }

  public RunValues since() {
    return runs.getFirst();
  }

  /** The relative change in a week; absent where all runs began within a day. */
  public @Nullable Double aWeek() {
    Duration time = Duration.between(since().startedAt(), runs.getLast().startedAt());
    double weeks = time.toSeconds() / SECONDS_OF_A_WEEK;
    return time.toDays() < 1 ? null : Math.expm1(Math.log1p(total) / weeks);
  }

  /** How far the newest of so many runs are from the oldest, by their medians. */
  public static double effect(List<RunValues> good, List<RunValues> now) {
    Scale scale = Scale.fitting(good, now.getLast());
    double before = level(good, scale);
    return scale.effect(level(now, scale) - before, before);
  }

  private static double level(List<RunValues> runs, Scale scale) {
    return Robust.median(
        runs.stream().mapToDouble(run -> RunLevel.of(run, scale).level()).toArray());
  }
}
