package dev.nightjar.gate.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Series;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a tool puts around a name hides no benchmark. */
class NearNameTest {
  private static String near(String name) {
    Benchmark benchmark = new Benchmark(name, null, "time", "s", Direction.LOWER_IS_BETTER);
    return NearName.of(new Series(benchmark, new TreeMap<>(), Device.CPU));
  }

  @ParameterizedTest
  @CsvSource({
    "BM_Sort/1024, BM_Sort/1024/real_time",
    "BM_Sort/1024, BM_Sort/1024/process_time/real_time",
    "BM_Sort/1024, BM_Sort/1024/threads:8",
    "BM_Sort/1024/threads:8, BM_Sort/1024/threads:16",
    "BM_Sort/1024, BM_Sort/1024/min_time:2.000/repeats:3",
    "BM_Sort/1024, BM_Sort/n:1024/iterations:10",
    "BM_Sort<int>, 'BM_Sort<std::vector<std::int32_t>>/8'",
    "BM_Sort<int>, BM_Sort",
    "./sort in, ./sort in --verbose",
    "./sort -n in, ./sort in",
    "a.B.x, a.C.x()",
    "x/a.BenchmarkSort, x/a/v2.BenchmarkSort",
    "tests/a.py::test_x[1], bench/a.py::test_x[2]"
  })
  void isNear(String name, String other) {
    assertEquals(near(name), near(other));
  }

  @ParameterizedTest
  @CsvSource({
    "BM_Sort/1024/threads:8, BM_Copy/1024/threads:8",
    "BM_Sort/real_time, BM_Copy/real_time",
    "BM_Sort<int>, BM_Copy<int>",
    "a:sort, a:copy",
    "./sort --fast, ./copy --fast"
  })
  void isFar(String name, String other) {
    assertNotEquals(near(name), near(other));
  }
}
