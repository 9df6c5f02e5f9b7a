package dev.nightjar.store.telemetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.model.telemetry.TelemetryMetric;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThinnedReadingsTest {
  private static final TelemetryMetric LOAD = new TelemetryMetric("nightjar.load", "", "1");
  private static final int SLOTS = 10;
  private static final long STEP = 100;

  @Test
  void fewReadingsAreKeptWhole() {
    double[] values = noise(SLOTS * ThinnedReadings.MOST_OF_SLOT, 1);
    TelemetryBatch kept = thinned(values);
    assertArrayEquals(values, kept.values());
    assertEquals(STEP, kept.epochMillis()[1] - kept.epochMillis()[0]);
  }

  @Test
  void ofManyTheEndsTheExtremesAndTheSteepestStepsAreKept() {
    long seed = System.nanoTime();
    double[] values = noise(100_000, seed);
    values[12_345] = 1_000;
    values[54_321] = -1_000;
    TelemetryBatch kept = thinned(values);
    String said = "seed " + seed;
    assertTrue(kept.values().length <= SLOTS * ThinnedReadings.MOST_OF_SLOT, said);
    for (int at : new int[] {0, 12_344, 12_345, 12_346, 54_320, 54_321, 54_322, 99_999}) {
      int place = Arrays.binarySearch(kept.epochMillis(), at * STEP);
      assertTrue(place >= 0, at + " of " + said);
      assertEquals(values[at], kept.values()[place], said);
    }
  }

  @Test
  void aCounterThatPausesAndRacesShowsBoth() {
    double[] values = new double[100_000];
    for (int i = 1; i < values.length; i++) {
      double growth = i == 777 ? 0 : i == 888 ? 50 : 1;
      values[i] = values[i - 1] + growth;
    }
    TelemetryBatch kept = thinned(values);
    assertTrue(Arrays.binarySearch(kept.epochMillis(), 776 * STEP) >= 0);
    assertTrue(Arrays.binarySearch(kept.epochMillis(), 777 * STEP) >= 0);
    assertTrue(Arrays.binarySearch(kept.epochMillis(), 887 * STEP) >= 0);
    assertTrue(Arrays.binarySearch(kept.epochMillis(), 888 * STEP) >= 0);
  }

  private static TelemetryBatch thinned(double[] values) {
    ThinnedReadings readings = new ThinnedReadings(0, values.length * STEP / (double) SLOTS);
    for (int i = 0; i < values.length; i++) {
      readings.add(i * STEP, values[i]);
    }
    return readings.batch(LOAD).orElseThrow();
  }

  private static double[] noise(int size, long seed) {
    return new Random(seed).doubles(size).toArray();
  }
}
