package dev.nightjar.site.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MomentsTest {
  @Test
  void tellsMomentsOfOneDayApartByTheMinute() {
    Instant morning = Instant.parse("2026-11-22T02:00:00Z");
    Instant noon = Instant.parse("2026-11-22T12:30:00Z");
    Instant nextDay = Instant.parse("2026-11-23T02:00:00Z");
    assertEquals("22 Nov 02:00", Moments.dayApartFrom(morning, noon));
    assertEquals("22 Nov 12:30", Moments.dayApartFrom(noon, morning));
    assertEquals("22 Nov 2026", Moments.dayApartFrom(morning, nextDay));
  }
}
