package dev.nightjar.jobs.paired;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.bench.Placement;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
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
import org.junit.jupiter.params.provider.CsvSource;

class DuetTest {
  private static Sample onOneCpu() {
    Series series =
        new Series(
            new Benchmark("p", null, "time", "s", Direction.LOWER_IS_BETTER),
            new TreeMap<>(),
            Device.CPU);
    BoundaryReadings readings =
        BoundaryReadings.builder()
            .put(Indicator.USER_CPU, 90_000_000L)
            .put(Indicator.SYSTEM_CPU, 0L)
            .build();
    return new Sample(series, 0, 0.1, Instant.EPOCH, 100_000_000, readings);
  }

  @ParameterizedTest
  @CsvSource({"2, false", "3, false", "4, true", "6, true"})
  void eachVersionIsFirstOnEveryCpuAsOftenAsTheOther(int cpus, boolean isTogether) {
    BitSet allowed = new BitSet();
    allowed.set(0, cpus);
    Duet duet = new Duet(null, allowed, isTogether);
    for (int pair = 0; pair < 4; pair++) {
      assertEquals(Placement.TURNS, duet.placement(pair));
      assertEquals(
          isTogether && pair == 3, duet.pairDone(List.of(onOneCpu()), List.of(onOneCpu())));
    }
    Map<Integer, Integer> baseFirst = new HashMap<>();
    Set<Integer> used = new TreeSet<>();
    for (int pair = 4; pair < 4 + 4 * cpus; pair++) {
      Placement placement = duet.placement(pair);
      assertEquals(isTogether, placement.isTogether());
      int cpu = Objects.requireNonNull(placement.cpus()).nextSetBit(0);
      used.add(cpu);
      baseFirst.merge(cpu, pair % 2 == 0 ? 1 : -1, Integer::sum);
    }
    assertEquals(cpus, used.size());
    assertEquals(Set.of(0), Set.copyOf(baseFirst.values()), baseFirst.toString());
  }
}
