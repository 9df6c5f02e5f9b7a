package dev.nightjar.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.gate.Disturbance.Condition;
import dev.nightjar.model.BoundaryReadings;
import dev.nightjar.model.Sample;
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
        new BoundaryReadings(
            45_000_000L,
            1_000_000L,
            null,
            null,
            faults,
            null,
            null,
            waited,
            waited,
            memory,
            io,
            steal,
            throttled);
    return new Sample(SeriesFixtures.series("parser"), 0, 0.05, Instant.EPOCH, WALL, readings);
  }

  private Sample quiet() {
    return sample(random.nextLong(600_000), random.nextLong(50_000), 0, 0, 0, 0);
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
  void aDisturbedRepetitionWeighsLess() {
    List<Sample> samples = List.of(quiet(), quiet(), sample(25_000_000, 0, 0, 0, 0, 0));
    RunValues run =
        RunValues.weighted(new java.util.UUID(0, 1), null, Instant.EPOCH, samples, baseline());
    assertEquals(1, run.weights()[0]);
    assertEquals(3, run.values().length);
    assertTrue(run.weights()[2] < 0.1);
  }
}
