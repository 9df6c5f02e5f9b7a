package dev.nightjar.site.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.finding.ComparedBy;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
  private static Sample sample(BoundaryReadings readings) {
    Benchmark benchmark = new Benchmark("parse", null, "time", "s", Direction.LOWER_IS_BETTER);
    Series series = new Series(benchmark, new TreeMap<>(), Device.CPU);
    return new Sample(series, 0, 2.5, Instant.EPOCH, 2_500_000_000L, readings);
  }

  @Test
  void cpuTimeIsOfUserAndSystem() {
    BoundaryReadings both =
        BoundaryReadings.builder()
            .put(Indicator.USER_CPU, 1_200_000_000L)
            .put(Indicator.SYSTEM_CPU, 80_000_000L)
            .build();
    assertEquals(Optional.of(1.28), Comparison.of(ComparedBy.CPU_TIME, sample(both)));
    assertEquals(Optional.of(2.5), Comparison.of(ComparedBy.VALUE, sample(both)));
  }

  @Test
  void whatWasNotReadIsAbsent() {
    BoundaryReadings one =
        BoundaryReadings.builder().put(Indicator.USER_CPU, 1_200_000_000L).build();
    assertEquals(Optional.empty(), Comparison.of(ComparedBy.CPU_TIME, sample(one)));
  }

  @ParameterizedTest
  @CsvSource({
    "1.28 s of CPU time (median of 12) against 1.2 s over 5 runs, CPU_TIME",
    "'measured in turns, CPU time, side by side', CPU_TIME",
    "1.28 s (median of 12) against 1.2 s over 5 runs, VALUE",
    "'measured in turns, time without waiting for a CPU', VALUE"
  })
  void theGroundsOfAVerdictNameItsMeasure(String evidence, ComparedBy by) {
    assertEquals(by, ComparedBy.saidIn(evidence));
  }
}
