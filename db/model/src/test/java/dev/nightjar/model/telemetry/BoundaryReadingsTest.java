package dev.nightjar.model.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundaryReadingsTest {
  private static final BoundaryReadings SOME =
      BoundaryReadings.builder()
          .put(Indicator.THROTTLED, 0)
          .put(Indicator.USER_CPU, 7)
          .put(Indicator.CLOCK, Long.MAX_VALUE)
          .put(Indicator.STEAL, OptionalLong.empty())
          .build();

  @ParameterizedTest
  @EnumSource
  void eachIsAloneInItsPlace(Indicator indicator) {
    BoundaryReadings one = BoundaryReadings.ABSENT.with(indicator, 5);
    for (Indicator other : Indicator.values()) {
      assertEquals(other == indicator ? OptionalLong.of(5) : OptionalLong.empty(), one.of(other));
    }
    assertEquals(OptionalLong.of(6), SOME.with(indicator, 6).of(indicator));
    assertEquals(one, BoundaryReadings.parse(one.toString()));
  }

  @Test
  void zeroIsAReadingAndAbsentIsNot() {
    assertEquals(OptionalLong.of(0), SOME.of(Indicator.THROTTLED));
    assertEquals(OptionalLong.empty(), SOME.of(Indicator.STEAL));
    assertFalse(SOME.has(Indicator.STEAL));
    assertTrue(BoundaryReadings.ABSENT.isEmpty());
    assertSame(BoundaryReadings.ABSENT, BoundaryReadings.builder().build());
    assertNotEquals(BoundaryReadings.ABSENT, BoundaryReadings.ABSENT.with(Indicator.STEAL, 0));
  }

  @Test
  void whatTheTelemetryToldCanBeTakenAway() {
    assertEquals(
        BoundaryReadings.builder().put(Indicator.USER_CPU, 7).put(Indicator.THROTTLED, 0).build(),
        SOME.atBoundaries());
  }

  @Test
  void textIsReadBack() {
    assertEquals(
        "user_cpu_nanos=7,throttled_nanos=0,clock_hertz=9223372036854775807", SOME.toString());
    assertEquals(SOME, BoundaryReadings.parse(SOME.toString()));
    assertEquals(
        BoundaryReadings.ABSENT, BoundaryReadings.parse(BoundaryReadings.ABSENT.toString()));
    assertEquals(
        BoundaryReadings.ABSENT.with(Indicator.STEAL, 3),
        BoundaryReadings.parse("of_next_year=1,steal_nanos=3"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "steal_nanos", "steal_nanos=", "steal_nanos=x", "steal_nanos=1,,"})
  void otherTextIsNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> BoundaryReadings.parse(text));
  }

  @Test
  void namesAreOfOneIndicatorEachAndSayTheUnit() {
    Set<String> words = new HashSet<>();
    for (Indicator indicator : Indicator.values()) {
      assertTrue(words.add(indicator.word()), indicator.word());
      String end =
          switch (indicator.unit()) {
            case "ns" -> "_nanos";
            case "By" -> "_bytes";
            case "Hz" -> "_hertz";
            default -> "s";
          };
      assertTrue(indicator.word().endsWith(end), indicator.word());
    }
    assertTrue(Indicator.values().length <= Long.SIZE);
  }

  @Test
  void whatStandsForAnotherOneIsTheTelemetrysAndIsNotWeighedTwice() {
    Arrays.stream(Indicator.values())
        .filter(one -> one.replaced().isPresent())
        .forEach(one -> {
          assertEquals(Indicator.Source.TELEMETRY, one.source());
          assertTrue(one.loss().isEmpty());
          assertEquals(one.replaced().get().unit(), one.unit());
        });
    Indicator.ofTelemetry().forEach(one -> assertTrue(one.metric().isPresent(), one.word()));
    Indicator.inColumns().forEach(one -> assertTrue(one.isColumn(), one.word()));
  }
}
