package dev.nightjar.site.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.model.telemetry.TelemetryMetric;
import dev.nightjar.site.chart.Buckets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadingsTest {
  private static final TelemetryMetric FAULTS =
      new TelemetryMetric("system.paging.faults", "", "{fault}");

  @Test
  void aStepCountsForTheTimeThatItTook() {
    long[] times = {0, 100, 5_000, 5_100, 10_000};
    double[] values = {0, 90, 90, 100, 100};
    Buckets column =
        new Readings(new TelemetryBatch(FAULTS, times, values), Duration.ofSeconds(5))
            .gather(0, 10_000, 1);
    assertEquals(10, column.mean(0), 1e-9);
    assertEquals(900, column.highest(0), 1e-9);
    assertEquals(0, column.lowest(0), 1e-9);
  }

  @Test
  void aGapIsAPauseUnlessReadingsMayHaveBeenLeftOutThere() {
    long[] times = {0, 100, 200, 300, 9_000, 9_100, 9_200};
    double[] values = {0, 1, 2, 3, 90, 91, 92};
    TelemetryBatch batch = new TelemetryBatch(FAULTS, times, values);
    assertTrue(new Readings(batch, Duration.ZERO).gather(0, 9_200, 10).isGap(5));
    assertFalse(new Readings(batch, Duration.ofSeconds(10)).gather(0, 9_200, 10).isGap(5));
  }
}
