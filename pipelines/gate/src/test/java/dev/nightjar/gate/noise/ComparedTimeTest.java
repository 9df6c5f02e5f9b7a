package dev.nightjar.gate.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.gate.history.PastRun;
import dev.nightjar.gate.history.RunHistory.PastValues;
import dev.nightjar.gate.statistics.RunValues;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.finding.ComparedBy;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparedTimeTest {
  private static final Instant FIRST = Instant.parse("2026-10-01T02:00:00Z");
  private static final Series SERIES =
      new Series(
          new Benchmark("parse", null, "time", "s", Direction.LOWER_IS_BETTER),
          new TreeMap<>(),
          Device.CPU);

  private final SplittableRandom random = new SplittableRandom(7);

  /** Ten repetitions; CPU time, sleep and time waited for a CPU in seconds. */
  private List<Sample> samples(double cpu, double sleep, double wait) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      double nanos = 1e9 * cpu * (1 + 0.002 * random.nextGaussian());
      double waited = 1e9 * wait * (1 + 0.1 * random.nextGaussian());
      long wall = (long) (nanos + waited + 1e9 * sleep);
      BoundaryReadings readings =
          BoundaryReadings.builder()
              .put(Indicator.USER_CPU, (long) nanos)
              .put(Indicator.SYSTEM_CPU, 0)
              .put(Indicator.RUN_QUEUE_WAIT, (long) waited)
              .build();
      samples.add(new Sample(SERIES, i, wall / 1e9, FIRST, wall, readings));
    }
    return samples;
  }

  private List<PastValues> past(int runs, double sleep, double mostWait) {
    List<PastValues> past = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      PastRun run =
          new PastRun(new UUID(0, i), "nightly", null, "main", FIRST.plus(Duration.ofDays(i)));
      double cpu = 0.4 * (1 + 0.003 * random.nextGaussian());
      List<Sample> samples = samples(cpu, sleep, mostWait * random.nextDouble());
      past.add(PastValues.of(run, samples, RunValues.undisturbed(samples.size())));
    }
    return past;
  }

  @ParameterizedTest(name = "{0} runs that sleep {1} s and wait up to {2} s, now {3} s: {4}")
  @CsvSource({
    "10, 0.01, 0.3, 0.01, CPU_TIME", // other programs are most of the noise
    "3, 0.01, 0.3, 0.01, VALUE", // too few to know
    "10, 0.01, 0.3, 0.06, VALUE", // it sleeps more, which CPU time would hide
    "10, 0.06, 0.3, 0.01, VALUE", // or less
    "10, 0.4, 0.3, 0.4, VALUE", // it sleeps half of its time
    "10, 0.01, 0, 0.01, VALUE" // a quiet machine: the clock tells as much
  })
  void cpuTimeIsTakenWhereItHidesNothingAndTellsMore(
      int runs, double sleep, double mostWait, double sleepNow, ComparedBy expected) {
    assertEquals(
        expected, ComparedTime.choose(past(runs, sleep, mostWait), samples(0.44, sleepNow, 0.2)));
  }

  @Test
  void whatIsNoTimeOfACommandIsComparedAsItIs() {
    List<Sample> printed = new ArrayList<>();
    samples(0.4, 0, 0)
        .forEach(sample ->
            printed.add(
                new Sample(
                    SERIES,
                    sample.ordinal(),
                    0.123,
                    FIRST,
                    sample.wallNanos(),
                    sample.readings())));
    assertEquals(ComparedBy.VALUE, ComparedTime.choose(past(10, 0.01, 0.3), printed));
    List<Sample> unread =
        samples(0.4, 0, 0).stream().map(one -> one.with(BoundaryReadings.ABSENT)).toList();
    assertEquals(ComparedBy.VALUE, ComparedTime.choose(past(10, 0.01, 0.3), unread));
  }
}
