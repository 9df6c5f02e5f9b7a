package dev.nightjar.gate.noise;

import dev.nightjar.gate.history.PastRun;
import dev.nightjar.model.Sample;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the telemetry says of the machine in the window of a sample. The clock's frequency is known
 * from there alone; of what a sample's boundaries did not tell, it tells the growth of the totals
 * from the last reading before the window to the first after it, so never too little.
 */
public final class MachineWindows {
  /** Without telemetry: the boundaries alone tell. */
  public static final MachineWindows NONE = new MachineWindows(List.of());

  private static final String SOME = "system.pressure.stall_type=some";
  private static final List<String> METRICS =
      List.of(
          "nightjar.pressure.cpu",
          "nightjar.pressure.memory",
          "nightjar.pressure.io",
          "nightjar.cgroup.cpu.throttled_time",
          "system.cpu.time",
          "system.cpu.frequency");

  /** Readings farther from a sample's ends than this say too little of it. */
  private static final Duration REACH = Duration.ofSeconds(2);

  private final List<TelemetryBatch> batches;
  private final Function<PastRun, MachineWindows> past;
  private final Map<UUID, MachineWindows> known = new HashMap<>();

  public MachineWindows(List<TelemetryBatch> batches) {
    this(batches, _ -> NONE);
  }

  /**
   * Windows of a run.
   *
   * @param past gives those of an earlier one
   */
  public MachineWindows(List<TelemetryBatch> batches, Function<PastRun, MachineWindows> past) {
    this.batches = batches;
    this.past = past;
  }

  /** What the telemetry says of an earlier run. */
  MachineWindows ofPast(PastRun run) {
    return known.computeIfAbsent(run.id(), _ -> past.apply(run));
  }

  /** The telemetry of the machine of a run while these samples were taken. */
  public static MachineWindows of(Database database, UUID runId, Collection<List<Sample>> samples) {
    Instant first = Instant.MAX;
    Instant last = Instant.MIN;
    for (List<Sample> series : samples) {
      for (Sample sample : series) {
        Instant end = sample.startedAt().plusNanos(sample.wallNanos());
        first = sample.startedAt().isBefore(first) ? sample.startedAt() : first;
        last = end.isAfter(last) ? end : last;
      }
    }
    if (first.isAfter(last)) {
      return NONE;
    }
    return new MachineWindows(
        database.telemetry().ofRun(runId, METRICS, first.minus(REACH), last.plus(REACH)),
        run -> of(database, run.id(), List.of(database.samples().of(run.id()))));
  }

  Observation observe(Sample sample) {
    if (batches.isEmpty()) {
      return Observation.of(sample);
    }
    BoundaryReadings known = sample.readings();
    BoundaryReadings all =
        new BoundaryReadings(
            known.userCpuNanos(),
            known.systemCpuNanos(),
            known.maxRssBytes(),
            known.minorFaults(),
            known.majorFaults(),
            known.voluntarySwitches(),
            known.involuntarySwitches(),
            known.runQueueWaitNanos(),
            or(known.cpuPressureNanos(), sample, "nightjar.pressure.cpu", SOME),
            or(known.memoryPressureNanos(), sample, "nightjar.pressure.memory", SOME),
            or(known.ioPressureNanos(), sample, "nightjar.pressure.io", SOME),
            or(known.stealNanos(), sample, "system.cpu.time", "cpu.mode=steal"),
            or(known.throttledNanos(), sample, "nightjar.cgroup.cpu.throttled_time", ""));
    return new Observation(
        new Sample(
            sample.series(),
            sample.ordinal(),
            sample.value(),
            sample.startedAt(),
            sample.wallNanos(),
            all),
        clock(sample));
  }

  private @Nullable Long or(@Nullable Long known, Sample sample, String name, String attributes) {
    if (known != null || sample.wallNanos() == 0) {
      return known;
    }
    for (TelemetryBatch batch : batches) {
      if (batch.metric().name().equals(name) && batch.metric().attributes().equals(attributes)) {
        Long growth = growth(batch, sample);
        if (growth != null) { // else the sample was taken on the run's next machine
          return growth;
        }
      }
    }
    return null;
  }

  private static @Nullable Long growth(TelemetryBatch batch, Sample sample) {
    long start = sample.startedAt().toEpochMilli();
    long end = sample.startedAt().plusNanos(sample.wallNanos()).toEpochMilli();
    int before = place(batch, start);
    int after = place(batch, end);
    if (before < 0 || batch.epochMillis()[before] != start) {
      before = (before < 0 ? -before - 1 : before) - 1;
    }
    after = after < 0 ? -after - 1 : after;
    boolean isCovered =
        before >= 0
            && after < batch.values().length
            && start - batch.epochMillis()[before] <= REACH.toMillis()
            && batch.epochMillis()[after] - end <= REACH.toMillis();
    return isCovered ? (long) ((batch.values()[after] - batch.values()[before]) * 1e9) : null;
  }

  private static int place(TelemetryBatch batch, long epochMillis) {
    return Arrays.binarySearch(batch.epochMillis(), epochMillis);
  }

  private @Nullable Double clock(Sample sample) {
    long start = sample.startedAt().toEpochMilli();
    long end = sample.startedAt().plusNanos(sample.wallNanos()).toEpochMilli();
    List<Double> readings = new ArrayList<>();
    for (TelemetryBatch batch : batches) {
      if (batch.metric().name().equals("system.cpu.frequency")) {
        addWithin(batch, start, end, readings);
      }
    }
    OptionalDouble mean = readings.stream().mapToDouble(Double::doubleValue).average();
    return mean.isPresent() && mean.getAsDouble() > 0 ? mean.getAsDouble() : null;
  }

  private static void addWithin(TelemetryBatch batch, long from, long to, List<Double> readings) {
    int at = place(batch, from);
    for (int i = at < 0 ? -at - 1 : at;
        i < batch.values().length && batch.epochMillis()[i] <= to;
        i++) {
      readings.add(batch.values()[i]);
    }
  }
}
