package dev.nightjar.store.telemetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.model.telemetry.TelemetryMetric;
import java.util.List;
import org.junit.jupiter.api.Test;

class TelemetryTextTest {
  private static final TelemetryBatch STEAL =
      batch("system.cpu.time", "cpu.mode=steal", 0.1, 1 / 3.0, 5e300);
  private static final TelemetryBatch LOAD = batch("nightjar.load", "", -1, 0, 17);

  @Test
  void givesBackTheVeryReadings() {
    String text = "2 metrics\n" + TelemetryText.write(7, List.of(STEAL, LOAD));
    TelemetryText read = TelemetryText.read(text).orElseThrow();
    assertEquals(7, read.machineId());
    assertTrue(read.isWhole());
    assertSame(STEAL, read.batches().get(0));
    assertSame(LOAD, read.batches().get(1));
  }

  @Test
  void ofACutTextTheWholeLinesAreThere() {
    String text = TelemetryText.write(7, List.of(STEAL, LOAD));
    int secondLine = text.indexOf('\n') + 1;
    for (int length = 0; length < text.length(); length++) {
      var read = TelemetryText.read(text.substring(0, length));
      if (read.isPresent()) {
        assertFalse(read.get().isWhole(), "cut to " + length);
        assertSame(STEAL, read.get().batches().getFirst());
      } else {
        assertTrue(length <= text.indexOf('\n', secondLine), "cut to " + length);
      }
    }
  }

  @Test
  void aNumberOfReadingsIsNone() {
    assertTrue(TelemetryText.read("72 metrics of host 3").isEmpty());
    assertTrue(TelemetryText.read("{\"machine_id\": \"x\"}\n{}\n").isEmpty());
    assertTrue(TelemetryText.read("{no json\n").isEmpty());
    assertTrue(TelemetryText.read("").isEmpty());
  }

  private static void assertSame(TelemetryBatch expected, TelemetryBatch actual) {
    assertEquals(expected.metric(), actual.metric());
    assertArrayEquals(expected.epochMillis(), actual.epochMillis());
    assertArrayEquals(expected.values(), actual.values());
  }

  private static TelemetryBatch batch(String name, String attributes, double... values) {
    long[] times = new long[values.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = 1_790_000_000_000L + 100L * i;
    }
    return new TelemetryBatch(new TelemetryMetric(name, attributes, "1"), times, values);
  }
}
