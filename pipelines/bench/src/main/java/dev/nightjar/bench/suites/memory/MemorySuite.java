package dev.nightjar.bench.suites.memory;

import dev.nightjar.bench.StoppingRule;
import dev.nightjar.bench.suites.Measure;
import dev.nightjar.bench.suites.Suite;
import dev.nightjar.bench.suites.SuiteCase;
import dev.nightjar.bench.suites.Workload;
import dev.nightjar.model.Device;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Memory bandwidth by BabelStream's kernels, sizes and rules, see {@link StreamKernels}.
 *
 * <p>Every repetition but the first, which BabelStream leaves out as well, is a sample of the
 * kernel's {@code throughput}; the headline is {@code best_throughput}, the best of them. Arrays
 * that do not fit in memory are not made smaller, since the results would not compare: the suite is
 * skipped.
 */
public final class MemorySuite implements Suite {
  /** BabelStream's default: 2^25 doubles, 256 MiB an array. */
  private static final int DEFAULT_ELEMENTS = 1 << 25;

  /** BabelStream's default of 100, without the first. */
  private static final int DEFAULT_REPETITIONS = 99;

  private static final Duration TIMEOUT = Duration.ofMinutes(10);
  private static final long OTHER_HEAP_BYTES = 64L << 20;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<SuiteCase> cases(List<Device> devices, int cpus) {
    StoppingRule rule = StoppingRule.exactly(DEFAULT_REPETITIONS);
    return devices.contains(Device.CPU)
        ? List.of(ofProcessors(DEFAULT_ELEMENTS, cpus, rule))
        : List.of();
  }

  /** A case of another size. */
  static SuiteCase ofProcessors(int elements, int threads, StoppingRule repetitions) {
    long heapBytes = 3L * Double.BYTES * elements + OTHER_HEAP_BYTES;
    return new SuiteCase(
        "memory",
        Device.CPU,
        new TreeMap<>(
            Map.of("elements", String.valueOf(elements), "threads", String.valueOf(threads))),
        measures(elements),
        repetitions,
        1,
        heapBytes,
        List.of(
            "-Xms" + heapBytes,
            "-Xmx" + heapBytes,
            "-XX:+UseSerialGC",
            // All of the heap is one array after the other: nothing is ever collected.
            "-XX:NewSize=16m",
            "-XX:MaxNewSize=16m"),
        TIMEOUT);
  }

  private static List<Measure> measures(int elements) {
    List<Measure> measures = new ArrayList<>();
    for (int kernel = 0; kernel < StreamKernels.NAMES.size(); kernel++) {
      double bytes = (double) Double.BYTES * elements * StreamKernels.ARRAYS.get(kernel);
      measures.add(
          Measure.rate(
              StreamKernels.NAMES.get(kernel), "throughput", "By/s", bytes, "best_throughput"));
    }
    return measures;
  }

  @Override
  public Workload open(Device device, SortedMap<String, String> parameters) {
    return new StreamKernels(number(parameters, "elements"), number(parameters, "threads"));
  }

  private static int number(SortedMap<String, String> parameters, String name) {
    return Integer.parseInt(Objects.requireNonNull(parameters.get(name), name));
  }
}
