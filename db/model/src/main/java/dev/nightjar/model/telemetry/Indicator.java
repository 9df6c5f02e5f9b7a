package dev.nightjar.model.telemetry;

import static dev.nightjar.model.telemetry.IndicatorTraits.growth;
import static dev.nightjar.model.telemetry.IndicatorTraits.state;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What can be read of the machine while a sample is taken: its meaning, its unit, where it comes
 * from, how it is stored, shown and weighed. A further one is a constant here, and a source that
 * reads it.
 */
public enum Indicator {
  /** CPU time in user mode of the benchmark's processes. */
  USER_CPU(growth("user_cpu_nanos", "ns", Source.USAGE).inColumn().headed("User CPU")),
  /** CPU time in kernel mode of the benchmark's processes. */
  SYSTEM_CPU(growth("system_cpu_nanos", "ns", Source.USAGE).inColumn().headed("System CPU")),
  /** Peak resident set of the largest process. */
  MAX_RSS(state("max_rss_bytes", "By", Source.USAGE).inColumn().headed("Peak memory")),
  /** Page faults without I/O. */
  MINOR_FAULTS(growth("minor_faults", "1", Source.USAGE).inColumn()),
  /** Page faults with I/O. */
  MAJOR_FAULTS(growth("major_faults", "1", Source.USAGE).inColumn().lost(Loss.FAULTS)),
  /** Context switches asked for. */
  VOLUNTARY_SWITCHES(growth("voluntary_switches", "1", Source.USAGE).inColumn()),
  /** Context switches forced. */
  INVOLUNTARY_SWITCHES(
      growth("involuntary_switches", "1", Source.USAGE).inColumn().headed("Forced switches")),
  /** Time that the benchmark's tasks were runnable and not running. */
  RUN_QUEUE_WAIT(
      growth("run_queue_wait_nanos", "ns", Source.SCHEDULER)
          .inColumn()
          .headed("Run-queue wait")
          .lost(Loss.TIME)),
  /** Time that some task of the machine waited for a CPU. */
  CPU_PRESSURE(
      growth("cpu_pressure_nanos", "ns", Source.PRESSURE)
          .inColumn()
          .headed("CPU pressure")
          .lost(Loss.TIME)),
  /** Time that some task of the machine waited for memory. */
  MEMORY_PRESSURE(
      growth("memory_pressure_nanos", "ns", Source.PRESSURE)
          .inColumn()
          .lost(Loss.TIME)
          .by(Condition.MEMORY_PRESSURE)),
  /** Time that some task of the machine waited for I/O. */
  IO_PRESSURE(growth("io_pressure_nanos", "ns", Source.PRESSURE).inColumn().lost(Loss.TIME)),
  /**
   * CPU time that the hypervisor gave to others, over all CPUs; as fine as the ticks of the
   * kernel's USER_HZ.
   */
  STEAL(
      growth("steal_nanos", "ns", Source.CPU_TIMES)
          .inColumn()
          .headed("Steal")
          .lost(Loss.TIME)
          .by(Condition.STEAL)
          .ofSurroundings()),
  /** Time that the control group was kept from running by its quota. */
  THROTTLED(
      growth("throttled_nanos", "ns", Source.CONTROL_GROUP)
          .inColumn()
          .lost(Loss.TIME)
          .by(Condition.THROTTLING)
          .ofSurroundings()),
  /** {@link #CPU_PRESSURE} by the telemetry, never too little. */
  CPU_PRESSURE_WINDOW(
      growth("cpu_pressure_window_nanos", "ns", Source.TELEMETRY)
          .from("nightjar.pressure.cpu", Metric.SOME)
          .insteadOf(CPU_PRESSURE)),
  /** {@link #MEMORY_PRESSURE} by the telemetry, never too little. */
  MEMORY_PRESSURE_WINDOW(
      growth("memory_pressure_window_nanos", "ns", Source.TELEMETRY)
          .from("nightjar.pressure.memory", Metric.SOME)
          .insteadOf(MEMORY_PRESSURE)),
  /** {@link #IO_PRESSURE} by the telemetry, never too little. */
  IO_PRESSURE_WINDOW(
      growth("io_pressure_window_nanos", "ns", Source.TELEMETRY)
          .from("nightjar.pressure.io", Metric.SOME)
          .insteadOf(IO_PRESSURE)),
  /** {@link #STEAL} by the telemetry, never too little. */
  STEAL_WINDOW(
      growth("steal_window_nanos", "ns", Source.TELEMETRY)
          .from("system.cpu.time", "cpu.mode=steal")
          .insteadOf(STEAL)),
  /** {@link #THROTTLED} by the telemetry, never too little. */
  THROTTLED_WINDOW(
      growth("throttled_window_nanos", "ns", Source.TELEMETRY)
          .from("nightjar.cgroup.cpu.throttled_time", "")
          .insteadOf(THROTTLED)),
  /** How fast the CPUs ran on average. */
  CLOCK(
      state("clock_hertz", "Hz", Source.TELEMETRY)
          .from("system.cpu.frequency", Metric.ANY)
          .lost(Loss.PERIOD)
          .by(Condition.SLOW_CLOCK)),
  /** Instructions in user mode of the benchmark's processes, by the processor's own counter. */
  INSTRUCTIONS(growth("instructions", "{instruction}", Source.PROCESSOR)),
  /** What the machine's processors took, whoever used them. */
  ENERGY(growth("energy_microjoules", "uJ", Source.POWER_CAP));

  /** Whether a reading is the growth of a running total, or what something was. */
  public enum Kind {
    GROWTH,
    STATE
  }

  /** Where a reading comes from. */
  public enum Source {
    /** What the kernel counted of a process when it was waited for ({@code wait4}). */
    USAGE,
    /** The processor's counters ({@code perf_event_open}). */
    PROCESSOR,
    /** The processor packages' account of energy ({@code powercap}). */
    POWER_CAP,
    /** The scheduler's account of each task ({@code schedstat}). */
    SCHEDULER,
    /** The machine's pressure stall information, "some total". */
    PRESSURE,
    /** The machine's account of CPU time. */
    CPU_TIMES,
    /** The control group's account of CPU time ({@code cpu.stat}). */
    CONTROL_GROUP,
    /**
     * The sampler's readings about the sample: of totals, from the last before it to the first
     * after it.
     */
    TELEMETRY
  }

  /**
   * What the telemetry keeps a reading under.
   *
   * @param attributes {@link #ANY} where all of that name count
   */
  public record Metric(String name, String attributes) {
    static final String SOME = "system.pressure.stall_type=some";
    static final String ANY = "*";

    /** Whether a metric is this one. */
    public boolean is(TelemetryMetric other) {
      return name.equals(other.name())
          && (attributes.equals(ANY) || attributes.equals(other.attributes()));
    }
  }

  private static final List<Indicator> ALL = List.of(values());
  private static final List<Indicator> AT_BOUNDARIES = those(one -> one.source != Source.TELEMETRY);
  private static final List<Indicator> OF_TELEMETRY = those(one -> one.source == Source.TELEMETRY);
  private static final List<Indicator> IN_COLUMNS = those(Indicator::isColumn);
  private static final List<Indicator> SHOWN = those(one -> one.heading != null);
  private static final List<Indicator> WEIGHED = those(one -> one.loss != null);

  private final String word;
  private final String unit;
  private final Kind kind;
  private final Source source;
  private final boolean isColumn;
  private final @Nullable String heading;
  private final @Nullable Loss loss;
  private final @Nullable Condition condition;
  private final boolean isOfSurroundings;
  private final @Nullable String metric;
  private final @Nullable String metricAttributes;
  private final @Nullable Indicator replaced;

  Indicator(IndicatorTraits traits) {
    word = traits.word;
    unit = traits.unit;
    kind = traits.kind;
    source = traits.source;
    isColumn = traits.isColumn;
    heading = traits.heading;
    loss = traits.loss;
    condition = traits.condition;
    isOfSurroundings = traits.isOfSurroundings;
    metric = traits.metric;
    metricAttributes = traits.metricAttributes;
    replaced = traits.replaced;
  }

  private static List<Indicator> those(Predicate<Indicator> wanted) {
    return ALL.stream().filter(wanted).toList();
  }

  /** Those that are read exactly at both ends of a sample. */
  public static List<Indicator> atBoundaries() {
    return AT_BOUNDARIES;
  }

  /** Those that the telemetry tells. */
  public static List<Indicator> ofTelemetry() {
    return OF_TELEMETRY;
  }

  /** Those that have a column each in the database; the others share one. */
  public static List<Indicator> inColumns() {
    return IN_COLUMNS;
  }

  /** Those that the report shows of each repetition. */
  public static List<Indicator> shown() {
    return SHOWN;
  }

  /** Those that tell of lost time. */
  public static List<Indicator> weighed() {
    return WEIGHED;
  }

  /** The one of that name; empty when this version knows none. */
  public static Optional<Indicator> named(String word) {
    return ALL.stream().filter(one -> one.word().equals(word)).findFirst();
  }

  /** Its name in the database, in files and tables, with its unit. */
  public String word() {
    return word;
  }

  /** Its unit, by UCUM. */
  public String unit() {
    return unit;
  }

  public Kind kind() {
    return kind;
  }

  public Source source() {
    return source;
  }

  /** Whether it has a column of its own in the database. */
  public boolean isColumn() {
    return isColumn;
  }

  /** Its heading in a table for people; its name where none is given. */
  public String heading() {
    return heading == null ? word : heading;
  }

  /** How much time it says was lost; empty of what tells of none. */
  public Optional<Loss> loss() {
    return Optional.ofNullable(loss);
  }

  /**
   * The condition that it tells of by itself; empty where more than one reading must be looked at.
   */
  public Optional<Condition> condition() {
    return Optional.ofNullable(condition);
  }

  /** Whether it is time that a program cannot lose by what it does itself. */
  public boolean isOfSurroundings() {
    return isOfSurroundings;
  }

  /** What the telemetry keeps it under; empty of what is read at the boundaries. */
  public Optional<Metric> metric() {
    return metric == null || metricAttributes == null
        ? Optional.empty()
        : Optional.of(new Metric(metric, metricAttributes));
  }

  /** The one that it stands for where that was not read. */
  public Optional<Indicator> replaced() {
    return Optional.ofNullable(replaced);
  }
}
