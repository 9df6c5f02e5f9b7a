package dev.nightjar.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SeriesTest {
  private static final Benchmark PARSE = benchmark("parse", "memory", "time", "s");

  private static Benchmark benchmark(String name, String suite, String metric, String unit) {
    return new Benchmark(name, suite, metric, unit, Direction.LOWER_IS_BETTER);
  }

  private static Series series(Benchmark benchmark, Map<String, String> parameters, Device device) {
    return new Series(benchmark, new TreeMap<>(parameters), device);
  }

  /** As many as there are components, and the absent suite. */
  static List<Series> othersInOneComponent() {
    List<Series> others =
        Stream.of(
                benchmark("scan", "memory", "time", "s"),
                benchmark("parse", "cpu", "time", "s"),
                benchmark("parse", null, "time", "s"),
                benchmark("parse", "memory", "throughput", "s"),
                benchmark("parse", "memory", "time", "By"),
                new Benchmark("parse", "memory", "time", "s", Direction.HIGHER_IS_BETTER))
            .map(one -> series(one, Map.of("size", "10"), Device.CPU))
            .toList();
    return Stream.concat(
            others.stream(),
            Stream.of(
                series(PARSE, Map.of("size", "11"), Device.CPU),
                series(PARSE, Map.of("count", "10"), Device.CPU),
                series(PARSE, Map.of(), Device.CPU),
                series(PARSE, Map.of("size", "10"), Device.of("gpu"))))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("othersInOneComponent")
  void isAnotherByAnyComponent(Series other) {
    Series series = series(PARSE, Map.of("size", "10"), Device.CPU);

    assertNotEquals(series, other);
    assertNotEquals(other, series);
    assertNotEquals(series.hashCode(), other.hashCode());
  }

  @Test
  void isTheSameByAllComponents() {
    Series series = series(PARSE, Map.of("size", "10"), Device.CPU);
    Series same =
        series(benchmark("parse", "memory", "time", "s"), Map.of("size", "10"), Device.CPU);

    assertEquals(series, same);
    assertEquals(series.hashCode(), same.hashCode());
    int components =
        Series.class.getRecordComponents().length + Benchmark.class.getRecordComponents().length;
    assertTrue(othersInOneComponent().size() >= components - 1, "a component lacks its case");
  }
}
