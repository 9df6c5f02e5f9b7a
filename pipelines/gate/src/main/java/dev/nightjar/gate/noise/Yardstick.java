package dev.nightjar.gate.noise;

import dev.nightjar.model.Sample;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * By what runs of a timed command are compared. Their wall times hold what other programs took,
 * which on a loaded machine is most of their noise; so what the command itself did is taken, as far
 * as the readings tell it without hiding a change.
 */
public enum Yardstick {
  /**
   * CPU time of all its tasks, for programs that keep CPUs busy for nearly all of their time. Who
   * measures has to get a CPU too before the end is seen, so on a loaded machine this is an order
   * of magnitude quieter than any time by the clock.
   */
  CPU("CPU time"),
  /**
   * Wall time less the time its task waited for a CPU. It keeps all a program does and all it waits
   * for by itself, but is true only for one task at a time: of several, the waits overlap.
   */
  WITHOUT_QUEUEING("time without waiting for a CPU"),
  /** Wall time: the only true one for programs that wait, or spread work over CPUs by a plan. */
  WALL("wall time");

  /** How much CPU time may exceed the time without waits before it must be of several tasks. */
  private static final double ONE_TASK = 1.03;

  /**
   * The share of the wall time that working and waiting for a CPU must explain. The rest is also
   * the measurer's own wait, a fifth of the time on a machine with three times its load; of several
   * tasks the wait is read too low.
   */
  private static final double BUSY = 0.7;

  /** How much that share may differ between the versions: one that sleeps more shows in it. */
  private static final double ALIKE = 0.02;

  /** So many standard errors of the difference are chance. */
  private static final double CHANCE = 3;

  /** The standard error of a median, by the median absolute deviation and the root of the count. */
  private static final double MEDIAN_ERROR = 1.4826 * 1.2533;

  private final String words;

  Yardstick(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }

  /** The one that is true for these runs of both versions. */
  public static Yardstick of(List<Sample> base, List<Sample> head) {
    List<Sample> all = Stream.concat(base.stream(), head.stream()).toList();
    if (!CPU.isReadable(all)) {
      return WALL;
    }
    double baseBusy = median(base, Yardstick::busy);
    double headBusy = median(head, Yardstick::busy);
    double chance = CHANCE * Math.hypot(errorOfBusy(base, baseBusy), errorOfBusy(head, headBusy));
    boolean areAlike = Math.abs(baseBusy - headBusy) <= Math.max(ALIKE * baseBusy, chance);
    if (Math.min(baseBusy, headBusy) >= BUSY && areAlike) {
      return CPU;
    }
    boolean isOneTask =
        WITHOUT_QUEUEING.isReadable(all)
            && median(all, sample -> cpuNanos(sample) / withoutQueueing(sample)) <= ONE_TASK;
    return isOneTask ? WITHOUT_QUEUEING : WALL;
  }

  /** Whether a program computes for nearly all of its time, or waits for a CPU. */
  public static boolean isComputing(List<Sample> samples) {
    return CPU.isReadable(samples) && median(samples, Yardstick::busy) >= BUSY;
  }

  /** Whether CPU time is true for a run and those before: it waits no more, and no less, in it. */
  boolean isTrueFor(List<List<Sample>> past, List<Sample> present) {
    double[] shares =
        past.stream().mapToDouble(run -> median(run, Yardstick::computing)).sorted().toArray();
    double usual = shares[shares.length / 2];
    double[] away = Arrays.stream(shares).map(one -> Math.abs(one - usual)).sorted().toArray();
    double now = median(present, Yardstick::computing);
    double chance = CHANCE * MEDIAN_ERROR * away[away.length / 2];
    return Math.min(shares[0], now) >= BUSY
        && Math.abs(now - usual) <= Math.max(ALIKE * usual, chance);
  }

  /**
   * The share of its own time that a program of one task computes, however long it waits for a CPU;
   * of several tasks, whose waits overlap, how much of the time any of them does either.
   */
  private static double computing(Sample sample) {
    double own = withoutQueueing(sample);
    return own < cpuNanos(sample) ? busy(sample) : cpuNanos(sample) / own;
  }

  /** Whether all of these were read by it. */
  public boolean isReadable(List<Sample> samples) {
    return switch (this) {
      case WITHOUT_QUEUEING ->
          samples.stream()
              .allMatch(sample ->
                  sample.readings().has(Indicator.RUN_QUEUE_WAIT) && withoutQueueing(sample) > 0);
      case CPU -> samples.stream().allMatch(sample -> cpuNanos(sample) > 0);
      case WALL -> true;
    };
  }

  private static double errorOfBusy(List<Sample> samples, double median) {
    double deviation = median(samples, sample -> Math.abs(busy(sample) - median));
    return MEDIAN_ERROR * deviation / Math.sqrt(samples.size());
  }

  private static double busy(Sample sample) {
    return (cpuNanos(sample) + waitNanos(sample)) / sample.wallNanos();
  }

  public double of(Sample sample) {
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
    return sample.readings().of(Indicator.RUN_QUEUE_WAIT).orElse(0);
  }

  /** 0 where it was not read. */
  public static double cpuNanos(Sample sample) {
    BoundaryReadings readings = sample.readings();
    OptionalLong user = readings.of(Indicator.USER_CPU);
    OptionalLong system = readings.of(Indicator.SYSTEM_CPU);
    return user.isEmpty() || system.isEmpty() ? 0 : user.getAsLong() + system.getAsLong();
  }

  static double median(List<Sample> samples, ToDoubleFunction<Sample> value) {
    double[] values = samples.stream().mapToDouble(value).toArray();
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
