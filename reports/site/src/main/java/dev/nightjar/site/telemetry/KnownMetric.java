package dev.nightjar.site.telemetry;

import dev.nightjar.model.telemetry.TelemetryMetric;
import java.util.Arrays;
import java.util.Optional;

/** What the report knows of metrics beyond their names, in the order in which they are shown. */
enum KnownMetric {
  CPU_TIME("system.cpu.time", "Processors by mode"),
  PRESSURE("nightjar.pressure", "Pressure: time in which something stalled"),
  RUN_QUEUE_WAIT("nightjar.sched.wait_time", "Tasks waiting for a processor"),
  WATCHED_WAIT("nightjar.watched.run_queue_wait", "The run's own tasks waiting for a processor"),
  BOOST_WAKEUP("nightjar.boost.wakeup_latency", "Boosted tasks: from wake-up to a processor"),
  BOOST_LEASES("nightjar.boost.leases", "Boost leases"),
  POOL("nightjar.pool.memory", "Pinned pool"),
  ACCELERATOR_USE(
      "nightjar.accelerator.utilization", "Devices driven by ai_gpu: share of time busy"),
  TASKS("nightjar.tasks", "Tasks"),
  SWITCHES("nightjar.context_switches", "Context switches"),
  FREQUENCY("system.cpu.frequency", "Processor frequency"),
  THROTTLES("nightjar.cpu.thermal_throttles", "Thermal throttling"),
  CGROUP_THROTTLED("nightjar.cgroup.cpu.throttled_time", "Throttled by the control group"),
  TEMPERATURE("hw.temperature", "Temperature"),
  MEMORY("system.memory.usage", "Memory"),
  FAULTS("system.paging.faults", "Page faults"),
  SWAP("nightjar.paging.swapped", "Swapping"),
  DISK("system.disk.io", "Disk traffic"),
  NETWORK("system.network.io", "Network traffic"),
  LOAD("nightjar.load_average", "Load average"),
  INTERRUPTS("nightjar.interrupts", "Interrupts"),
  SOFT_INTERRUPTS("nightjar.softirqs", "Soft interrupts"),
  FORKS("system.process.created", "Processes created"),
  POWER("hw.power", "Power");

  private final String name;
  private final String title;

  KnownMetric(String name, String title) {
    this.name = name;
    this.title = title;
  }

  /** Where the metric's lane stands; unknown ones come last. */
  static int rank(TelemetryMetric metric) {
    return find(metric).map(Enum::ordinal).orElse(values().length);
  }

  /** The name of the lane in which the metric stands, its own unless it shares one. */
  static String lane(TelemetryMetric metric) {
    return find(metric).map(known -> known.name).orElse(metric.name());
  }

  static String title(TelemetryMetric metric) {
    return find(metric).map(known -> known.title).orElse(metric.name());
  }

  /** Whether the metric's lines are parts of one whole. */
  static boolean isStacked(TelemetryMetric metric) {
    return metric.name().equals(CPU_TIME.name) || metric.name().equals(MEMORY.name);
  }

  /** Idle processors and free memory are the empty rest of the plot. */
  static boolean isRest(TelemetryMetric metric) {
    return (metric.name().equals(CPU_TIME.name) && metric.attributes().endsWith("=idle"))
        || (metric.name().equals(MEMORY.name) && metric.attributes().endsWith("=free"));
  }

  private static Optional<KnownMetric> find(TelemetryMetric metric) {
    String name = metric.name();
    return Arrays.stream(values())
        .filter(known -> name.equals(known.name) || known.holdsFamily(name))
        .findFirst();
  }

  /** Pressure of processors, memory and I/O is one lane, as they explain one another. */
  private boolean holdsFamily(String metric) {
    return this == PRESSURE && metric.startsWith(name + ".");
  }
}
