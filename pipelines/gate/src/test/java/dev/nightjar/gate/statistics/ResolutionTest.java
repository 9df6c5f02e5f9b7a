package dev.nightjar.gate.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolutionTest {
  private static Resolution of(String unit, double... values) {
    return Resolution.of(unit, List.of(values));
  }

  @ParameterizedTest(name = "{1} {0}: {2}")
  @CsvSource({
    "s,   0.001 0.001 0.002,             0.001",
    "s,   0.01 0.02 0.01,                0.01",
    "s,   1.5 1.5 1.25,                  0.01",
    "s,   0 0.003,                       0.001",
    "s,   -1.5 2,                        0.1",
    "s,   1 2,                           1",
    "s,   1000 1500,                     1",
    "ns,  10000000 20000000,             10000000",
    "ns,  1000000,                       1",
    "s,   0.015625 0.03125,              0.015625",
    "ms,  15.625 46.875,                 15.625",
    "1/s, 40 41,                         1",
    "%,   3 4,                           1",
    "1,   3 4,                           0",
    "By,  1048576 2097152,               0",
    "By,  0.5 1,                         0.1",
    "{allocs}, 2 3,                      0",
    "s,   0 0,                           0"
  })
  void isTheLastDigitOrTheTickUnlessItIsACount(String unit, String values, double step) {
    double[] numbers = Arrays.stream(values.split(" ")).mapToDouble(Double::parseDouble).toArray();
    assertEquals(step, of(unit, numbers).step(), step * 1e-9);
  }

  @Test
  void seesThroughTheNoiseOfConvertedUnits() {
    assertEquals(1e-4, of("s", 1.1 * 1e-3, 1.3 * 1e-3, 2.7 * 1e-3).step(), 1e-13);
    assertEquals(1e-3, of("s", 0.1 + 0.2, 0.007).step(), 1e-12);
  }

  @Test
  void isNothingWhereValuesHaveAllDigits() {
    SplittableRandom random = new SplittableRandom(7);
    double[] values = random.doubles(100, 0.05, 0.06).toArray();
    assertEquals(0, of("s", values).step(), 1e-11);
    assertEquals(0, of("s", 1e-300 / 3, 1e300 / 3).step(), 1e-11);
  }

  @Test
  void isTakenOfAllThatIsCompared() {
    assertEquals(
        0.01, Resolution.of("s", List.of(new double[] {1, 1}, new double[] {1.25})).step(), 1e-12);
  }

  @Test
  void isAFloorOfTheNoiseOnEitherScale() {
    Resolution milliseconds = new Resolution(0.001);
    assertEquals(0.001 / Math.sqrt(12), milliseconds.deviation(), 1e-12);
    assertEquals(0.5 / Math.sqrt(12), milliseconds.deviation(Scale.RATIO, Math.log(0.002)), 1e-12);
    assertEquals(0.001 / Math.sqrt(12), milliseconds.deviation(Scale.DIFFERENCE, 0.002), 1e-12);
    assertEquals(0, Resolution.EXACT.deviation(Scale.RATIO, 0));
  }
}
