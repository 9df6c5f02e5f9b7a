package dev.nightjar.gate.noise;

import dev.nightjar.gate.history.RunHistory.PastValues;
import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.model.Sample;
import dev.nightjar.model.finding.ComparedBy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Chooses by what the runs of a timed command are compared: by CPU time where that hides nothing
 * and tells more. It hides nothing while the command computes for nearly all of its time, in this
 * run no less than in those before ({@link Yardstick}), and it tells more where it varied less from
 * run to run.
 */
public final class ComparedTime {
  private static final int FEWEST_RUNS = 4;

  /** By so much less, as a choice that changes from night to night helps nobody. */
  private static final double CLEARLY_LESS = 0.8;

  private static final double NANOS_PER_SECOND = 1e9;

  /** How far a value and the clock differ that are the same. */
  private static final double ROUNDING = 1e-6;

  private ComparedTime() {}

  /**
   * Chooses.
   *
   * @param past oldest first
   */
  public static ComparedBy choose(List<PastValues> past, List<Sample> present) {
    if (past.size() < FEWEST_RUNS || !isTimed(present)) {
      return ComparedBy.VALUE;
    }
    List<List<Sample>> runs = new ArrayList<>();
    for (PastValues run : past) {
      if (!isTimed(run.observed())) {
        return ComparedBy.VALUE;
      }
      runs.add(run.observed());
    }
    boolean isTrue = Yardstick.CPU.isTrueFor(runs, present);
    return isTrue && change(runs, Yardstick.CPU) < CLEARLY_LESS * change(runs, Yardstick.WALL)
        ? ComparedBy.CPU_TIME
        : ComparedBy.VALUE;
  }

  /** Whether the values are the times by the clock of a command whose CPU times are known. */
  private static boolean isTimed(List<Sample> samples) {
    return !samples.isEmpty()
        && samples.stream()
            .allMatch(sample ->
                Math.abs(sample.value() * NANOS_PER_SECOND - sample.wallNanos())
                    <= ROUNDING * sample.wallNanos())
        && Yardstick.CPU.isReadable(samples);
  }

  /** How much the runs' levels change from one to the next: steps among them hardly count. */
  private static double change(List<List<Sample>> runs, Yardstick by) {
    double[] changes = new double[runs.size() - 1];
    for (int i = 0; i < changes.length; i++) {
      changes[i] = Math.abs(Math.log(level(runs.get(i + 1), by) / level(runs.get(i), by)));
    }
    Arrays.sort(changes);
    return changes[changes.length / 2];
  }

  private static double level(List<Sample> run, Yardstick by) {
    return Yardstick.median(run, by::of);
  }

  /** Whether a run can be compared by it. */
  public static boolean isReadable(ComparedBy by, List<Sample> samples) {
    return by == ComparedBy.VALUE || (!samples.isEmpty() && Yardstick.CPU.isReadable(samples));
  }

  /** The run by what it is compared by, seconds of CPU time in place of seconds. */
  public static RunValues of(ComparedBy by, PastValues run) {
    if (by == ComparedBy.VALUE) {
      return run.values();
    }
    ToDoubleFunction<Sample> seconds = sample -> Yardstick.cpuNanos(sample) / NANOS_PER_SECOND;
    RunValues values = run.values();
    return new RunValues(
        values.runId(),
        values.headCommit(),
        values.startedAt(),
        run.observed().stream().mapToDouble(seconds).toArray(),
        values.weights());
  }
}
