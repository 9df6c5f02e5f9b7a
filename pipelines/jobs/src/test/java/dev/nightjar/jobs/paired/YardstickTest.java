package dev.nightjar.jobs.paired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.telemetry.BoundaryReadings;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class YardstickTest {
  private static final long SEED = 11;
  private static final double NANOS_PER_MILLI = 1e6;

  private final SplittableRandom random = new SplittableRandom(SEED);

  private static Sample sample(double cpuMillis, @Nullable Double waitMillis, double restMillis) {
    double waited = waitMillis == null ? 0 : waitMillis;
    long wall = (long) ((cpuMillis + waited + restMillis) * NANOS_PER_MILLI);
    Long wait = waitMillis == null ? null : (Long) (long) (waited * NANOS_PER_MILLI);
    BoundaryReadings readings =
        new BoundaryReadings(
            (long) (cpuMillis * NANOS_PER_MILLI),
            0L,
            null,
            null,
            null,
            null,
            null,
            wait,
            null,
            null,
            null,
            null,
            null);
    Benchmark benchmark = new Benchmark("work", null, "time", "s", Direction.LOWER_IS_BETTER);
    Series series = new Series(benchmark, Collections.emptySortedMap(), Device.CPU);
    return new Sample(series, 0, wall / 1e9, Instant.EPOCH, wall, readings);
  }

  /** Sixteen runs on a loaded machine. */
  private List<Sample> runs(double cpuMillis, double sleepMillis) {
    return IntStream.range(0, 16)
        .mapToObj(i ->
            sample(
                cpuMillis + random.nextGaussian(),
                random.nextDouble(40),
                sleepMillis + random.nextDouble(0.5, 1)))
        .toList();
  }

  @Test
  void programsThatComputeAreComparedByCpuTime() {
    assertEquals(Yardstick.CPU, Yardstick.of(runs(50, 0), runs(50, 0)));
    assertEquals(Yardstick.CPU, Yardstick.of(runs(50, 0), runs(60, 0)));
  }

  @Test
  void oneThatSleepsMoreIsNotHiddenByItsCpuTime() {
    assertEquals(Yardstick.WITHOUT_QUEUEING, Yardstick.of(runs(50, 0), runs(50, 5)));
    assertEquals(Yardstick.WITHOUT_QUEUEING, Yardstick.of(runs(10, 60), runs(10, 60)));
  }

  @Test
  void withoutReadingsItIsTheWallTime() {
    List<Sample> unread = List.of(sample(0, null, 50));
    assertEquals(Yardstick.WALL, Yardstick.of(unread, unread));
    List<Sample> waiting = List.of(sample(5, null, 50));
    assertEquals(Yardstick.WALL, Yardstick.of(waiting, waiting));
  }

  @Test
  void onlyProgramsOfOneCpuAreKeptOnOne() {
    OneCpu single = new OneCpu();
    OneCpu parallelHead = new OneCpu();
    assertNull(single.cpus(0));
    for (int pair = 0; pair < 4; pair++) {
      single.pairDone(List.of(sample(50, 2.0, 1)), List.of(sample(52, 2.0, 1)));
      parallelHead.pairDone(List.of(sample(50, 2.0, 1)), List.of(sample(50, 0.0, -20)));
    }
    assertNull(parallelHead.cpus(4));
    if (Runtime.getRuntime().availableProcessors() > 1) {
      BitSet one = single.cpus(4);
      assertTrue(one != null && one.cardinality() == 1, String.valueOf(one));
    }
  }
}
