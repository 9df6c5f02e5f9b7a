package dev.nightjar.jobs.paired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.telemetry.BoundaryReadings;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneCpuTest {
  private static Sample onOneCpu() {
    Series series =
        new Series(
            new Benchmark("p", null, "time", "s", Direction.LOWER_IS_BETTER),
            new TreeMap<>(),
            Device.CPU);
    BoundaryReadings readings =
        new BoundaryReadings(
            90_000_000L, 0L, null, null, null, null, null, null, null, null, null, null, null);
    return new Sample(series, 0, 0.1, Instant.EPOCH, 100_000_000, readings);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 6})
  void eachVersionIsFirstOnEveryCpuAsOftenAsTheOther(int cpus) {
    BitSet allowed = new BitSet();
    allowed.set(0, cpus);
    OneCpu oneCpu = new OneCpu(allowed);
    for (int pair = 0; pair < 4; pair++) {
      assertNull(oneCpu.cpus(pair));
      oneCpu.pairDone(List.of(onOneCpu()), List.of(onOneCpu()));
    }
    Map<Integer, Integer> baseFirst = new HashMap<>();
    Set<Integer> used = new TreeSet<>();
    for (int pair = 4; pair < 4 + 4 * cpus; pair++) {
      int cpu = Objects.requireNonNull(oneCpu.cpus(pair)).nextSetBit(0);
      used.add(cpu);
      baseFirst.merge(cpu, pair % 2 == 0 ? 1 : -1, Integer::sum);
    }
    assertEquals(cpus, used.size());
    assertEquals(Set.of(0), Set.copyOf(baseFirst.values()), baseFirst.toString());
  }
}
