package dev.nightjar.site.telemetry;

import dev.nightjar.model.telemetry.TelemetryMetric;
import java.util.List;
import java.util.Set;

/** How readings of a metric become something to look at. */
enum MetricForm {
  /** The value as it was read. */
  LEVEL,
  /** A counter of events or bytes: shown per second. */
  RATE,
  /** A counter of time: shown as the share of time. */
  SHARE_OF_TIME,
  /** Processor time over all processors: shown as the number of cores kept busy. */
  CORES,
  /** Time that tasks waited, over all of them: shown as the number that waits. */
  TASKS;

  private static final Set<String> PROCESSOR_TIMES =
      Set.of(
          "system.cpu.time",
          "nightjar.cpu.softirq.time",
          "nightjar.sched.run_time",
          "nightjar.watched.run_time");
  private static final Set<String> WAITING_TIMES =
      Set.of("nightjar.sched.wait_time", "nightjar.watched.run_queue_wait");
  private static final List<String> COUNTER_ENDINGS =
      List.of(
          ".time",
          "_time",
          "_wait",
          ".total",
          ".interrupts",
          ".softirqs",
          ".context_switches",
          ".created",
          ".faults",
          ".operations",
          ".io",
          ".swapped",
          ".oom_kills",
          ".reclaimed",
          "_refaults",
          ".count",
          ".errors",
          ".dropped",
          "periods",
          "_throttles",
          ".energy",
          ".allocations",
          ".failures",
          ".granted",
          ".expired",
          ".refused",
          ".shifts",
          ".done");
  private static final Set<String> TIME_UNITS = Set.of("s", "ms", "us", "ns");

  static MetricForm of(TelemetryMetric metric) {
    String name = metric.name();
    if (PROCESSOR_TIMES.contains(name)) {
      return CORES;
    }
    if (WAITING_TIMES.contains(name)) {
      return TASKS;
    }
    boolean counts =
        name.startsWith("nightjar.pressure.") || COUNTER_ENDINGS.stream().anyMatch(name::endsWith);
    if (!counts) {
      return LEVEL;
    }
    return TIME_UNITS.contains(metric.unit()) ? SHARE_OF_TIME : RATE;
  }

  boolean isCounter() {
    return this != LEVEL;
  }

  /** What a rate in the metric's unit per second is multiplied by to be shown. */
  double factor(String unit) {
    double seconds =
        switch (unit) {
          case "ms" -> 1e-3;
          case "us" -> 1e-6;
          case "ns" -> 1e-9;
          default -> 1;
        };
    return switch (this) {
      case LEVEL, RATE -> 1;
      case CORES, TASKS -> seconds;
      case SHARE_OF_TIME -> seconds * 100;
    };
  }

  /** The UCUM unit of what is shown. */
  String shownUnit(String unit) {
    return switch (this) {
      case LEVEL -> unit;
      case RATE -> unit + "/s";
      case CORES -> "{cores}";
      case TASKS -> "{tasks}";
      case SHARE_OF_TIME -> "%";
    };
  }
}
