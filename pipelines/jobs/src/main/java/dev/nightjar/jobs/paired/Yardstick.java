package dev.nightjar.jobs.paired;

import dev.nightjar.model.BoundaryReadings;
import dev.nightjar.model.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * By what two runs of a timed command are compared. Their wall times hold what other programs took,
 * which on a loaded machine is most of their noise; so what the command itself did is taken, as far
 * as the readings tell it without hiding a change.
 */
enum Yardstick {
  /**
   * Wall time less the time its task waited for a CPU. It keeps all a program does and all it waits
   * for by itself, but is true only for one task at a time: of several, the waits overlap.
   */
  WITHOUT_QUEUEING("time without waiting for a CPU"),
  /** CPU time of all its tasks, for programs that keep CPUs busy for nearly all of their time. */
  CPU("CPU time"),
  /** Wall time: the only true one for programs that wait, or spread work over CPUs by a plan. */
  WALL("wall time");

  /** How much CPU time may exceed the time without waits before it must be of several tasks. */
  private static final double ONE_TASK = 1.03;

  /** The share of the wall time that working and waiting for a CPU must explain. */
  private static final double BUSY = 0.9;

  private final String words;

  Yardstick(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** The one that is true for these runs of both sides, chosen before any effect is looked at. */
  static Yardstick of(List<Sample> samples) {
    if (samples.stream().anyMatch(sample -> cpuNanos(sample) <= 0)) {
      return WALL;
    }
    boolean isOneTask =
        samples.stream().allMatch(sample -> sample.readings().runQueueWaitNanos() != null)
            && median(samples, sample -> cpuNanos(sample) / withoutQueueing(sample)) <= ONE_TASK
            && samples.stream().allMatch(sample -> withoutQueueing(sample) > 0);
    if (isOneTask) {
      return WITHOUT_QUEUEING;
    }
    double busy =
        median(samples, sample -> (cpuNanos(sample) + waitNanos(sample)) / sample.wallNanos());
    return busy >= BUSY ? CPU : WALL;
  }

  double of(Sample sample) {
    return switch (this) {
      case WITHOUT_QUEUEING -> withoutQueueing(sample);
      case CPU -> cpuNanos(sample);
      case WALL -> sample.wallNanos();
    };
  }

  private static double withoutQueueing(Sample sample) {
    return sample.wallNanos() - waitNanos(sample);
  }

  private static double waitNanos(Sample sample) {
    Long wait = sample.readings().runQueueWaitNanos();
    return wait == null ? 0 : wait;
  }

  /** 0 where it was not read. */
  private static double cpuNanos(Sample sample) {
    BoundaryReadings readings = sample.readings();
    Long user = readings.userCpuNanos();
    Long system = readings.systemCpuNanos();
    return user == null || system == null ? 0 : user + system;
  }

  private static double median(List<Sample> samples, ToDoubleFunction<Sample> value) {
    double[] values = samples.stream().mapToDouble(value).toArray();
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
