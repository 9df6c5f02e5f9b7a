package dev.nightjar.gate.noise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.gate.decision.SeriesFixtures;
import dev.nightjar.model.Sample;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Condition;
import dev.nightjar.model.telemetry.Indicator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DisturbanceTest {
  private static final long WALL = 50_000_000;
  private static final long SEED = 5;

  private final SplittableRandom random = new SplittableRandom(SEED);

  private static Sample sample(
      long waited, long memory, long io, long steal, long throttled, long faults) {
    BoundaryReadings readings =
        BoundaryReadings.builder()
            .put(Indicator.USER_CPU, 45_000_000L)
            .put(Indicator.SYSTEM_CPU, 1_000_000L)
            .put(Indicator.MAJOR_FAULTS, faults)
            .put(Indicator.RUN_QUEUE_WAIT, waited)
            .put(Indicator.CPU_PRESSURE, waited)
            .put(Indicator.MEMORY_PRESSURE, memory)
            .put(Indicator.IO_PRESSURE, io)
            .put(Indicator.STEAL, steal)
            .put(Indicator.THROTTLED, throttled)
            .build();
    return new Sample(SeriesFixtures.series("parser"), 0, 0.05, Instant.EPOCH, WALL, readings);
  }

  private Sample quiet() {
    return sample(random.nextLong(600_000), random.nextLong(50_000), 0, 0, 0, 0);
  }

  private Sample atClock(double hertz) {
    Sample quiet = quiet();
    return quiet.with(quiet.readings().with(Indicator.CLOCK, (long) hertz));
  }

  private QuietBaseline baseline() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      samples.add(quiet());
    }
    return QuietBaseline.of(samples);
  }

  private Condition first(Sample sample) {
    Disturbance disturbance = Disturbance.of(sample, baseline());
    assertTrue(disturbance.isDisturbed());
    assertTrue(disturbance.weight() > 0 && disturbance.weight() < 0.5, disturbance.toString());
    return disturbance.causes().getFirst().condition();
  }

  @Test
  void namesEachCondition() {
    assertEquals(Condition.CPU_COMPETITION, first(sample(20_000_000, 0, 0, 0, 0, 0)));
    assertEquals(Condition.STEAL, first(sample(20_000_000, 0, 0, 20_000_000, 0, 0)));
    assertEquals(Condition.THROTTLING, first(sample(20_000_000, 0, 0, 0, 25_000_000, 0)));
    assertEquals(Condition.MEMORY_PRESSURE, first(sample(0, 15_000_000, 9_000_000, 0, 0, 80)));
    assertEquals(Condition.IO, first(sample(0, 0, 20_000_000, 0, 0, 0)));
    assertEquals(Condition.PAGE_CACHE_EVICTION, first(sample(0, 0, 20_000_000, 0, 0, 90)));
  }

  @Test
  void leavesQuietSamplesAlone() {
    QuietBaseline baseline = baseline();
    int marked = 0;
    for (int i = 0; i < 1000; i++) {
      Disturbance disturbance = Disturbance.of(quiet(), baseline);
      marked += disturbance.isDisturbed() ? 1 : 0;
      assertEquals(disturbance.isDisturbed(), disturbance.weight() < 1);
    }
    assertTrue(marked <= 50, marked + " of 1000, seed " + SEED);
  }

  @Test
  void anAbsentReadingIsNoDisturbance() {
    Sample unread =
        new Sample(SeriesFixtures.series("p"), 0, 1, Instant.EPOCH, WALL, BoundaryReadings.ABSENT);
    assertFalse(Disturbance.of(unread, baseline()).isDisturbed());
    assertFalse(Disturbance.of(quiet(), QuietBaseline.of(List.of(unread))).isDisturbed());
  }

  @Test
  void aSlowerClockIsNamedAndAnUnreadOneIsNot() {
    List<Sample> usual = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      usual.add(atClock(3.0e9 + random.nextDouble(1e7)));
    }
    QuietBaseline baseline = QuietBaseline.of(usual);
    Disturbance slow = Disturbance.of(atClock(2.4e9), baseline);
    assertEquals(Condition.SLOW_CLOCK, slow.causes().getFirst().condition());
    assertEquals(0.22, slow.causes().getFirst().share(), 0.01);
    assertEquals("the CPU's clock was slower than usual (22 % of the time)", slow.sentence());
    assertFalse(Disturbance.of(quiet(), baseline).isDisturbed());
    assertFalse(Disturbance.of(atClock(3.2e9), baseline).isDisturbed());
  }
}
