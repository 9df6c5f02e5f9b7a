package dev.nightjar.jobs.paired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.gate.noise.Yardstick;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
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
    OptionalLong wait =
        waitMillis == null
            ? OptionalLong.empty()
            : OptionalLong.of((long) (waited * NANOS_PER_MILLI));
    BoundaryReadings readings =
        BoundaryReadings.builder()
            .put(Indicator.USER_CPU, (long) (cpuMillis * NANOS_PER_MILLI))
            .put(Indicator.SYSTEM_CPU, 0L)
            .put(Indicator.RUN_QUEUE_WAIT, wait)
            .build();
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
    Duet single = new Duet(null, false);
    Duet parallelHead = new Duet(null, false);
    assertNull(single.placement(0).cpus());
    for (int pair = 0; pair < 4; pair++) {
      single.pairDone(List.of(sample(50, 2.0, 1)), List.of(sample(52, 2.0, 1)));
      parallelHead.pairDone(List.of(sample(50, 2.0, 1)), List.of(sample(50, 0.0, -20)));
    }
    assertNull(parallelHead.placement(4).cpus());
    if (Runtime.getRuntime().availableProcessors() > 1) {
      BitSet one = single.placement(4).cpus();
      assertTrue(one != null && one.cardinality() == 1, String.valueOf(one));
    }
  }
}
