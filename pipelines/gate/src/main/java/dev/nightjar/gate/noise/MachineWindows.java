package dev.nightjar.gate.noise;

import dev.nightjar.gate.history.PastRun;
import dev.nightjar.model.Sample;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
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
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

/**
 * What the telemetry says of the machine in the window of a sample. The clock's frequency is known
 * from there alone; of what a sample's boundaries did not tell, it tells the growth of the totals
 * from the last reading before the window to the first after it, so never too little. What a sample
 * from elsewhere brings of its own telemetry stays.
 */
public final class MachineWindows {
  /** Without telemetry: the boundaries alone tell. */
  public static final MachineWindows NONE = new MachineWindows(List.of());

  private static final List<String> METRICS =
      Indicator.ofTelemetry().stream()
          .flatMap(indicator -> indicator.metric().stream())
          .map(Indicator.Metric::name)
          .distinct()
          .toList();

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

  /** The sample with what the telemetry tells besides what was read at its boundaries. */
  public Sample observe(Sample sample) {
    if (batches.isEmpty() || sample.wallNanos() == 0) {
      return sample;
    }
    BoundaryReadings.Builder all = sample.readings().with();
    for (Indicator indicator : Indicator.ofTelemetry()) {
      boolean isKnown = indicator.replaced().filter(sample.readings()::has).isPresent();
      if (!isKnown && !sample.readings().has(indicator)) {
        all.put(indicator, told(indicator, indicator.metric().orElseThrow(), sample));
      }
    }
    return sample.with(all.build());
  }

  /** The sample as it is where nobody asks the telemetry. */
  static Sample atBoundaries(Sample sample) {
    return sample.with(sample.readings().atBoundaries());
  }

  private OptionalLong told(Indicator indicator, Indicator.Metric metric, Sample sample) {
    List<TelemetryBatch> known =
        batches.stream().filter(batch -> metric.is(batch.metric())).toList();
    return switch (indicator.kind()) {
      case GROWTH -> growth(known, sample);
      case STATE -> mean(known, sample);
    };
  }

  private static OptionalLong growth(List<TelemetryBatch> batches, Sample sample) {
    for (TelemetryBatch batch : batches) {
      OptionalLong growth = growth(batch, sample);
      if (growth.isPresent()) { // else the sample was taken on the run's next machine
        return growth;
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong growth(TelemetryBatch batch, Sample sample) {
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
    double grown = isCovered ? batch.values()[after] - batch.values()[before] : -1;
    // A total that shrank began anew.
    return grown < 0 ? OptionalLong.empty() : OptionalLong.of((long) (grown * 1e9));
  }

  private static int place(TelemetryBatch batch, long epochMillis) {
    return Arrays.binarySearch(batch.epochMillis(), epochMillis);
  }

  private static OptionalLong mean(List<TelemetryBatch> batches, Sample sample) {
    long start = sample.startedAt().toEpochMilli();
    long end = sample.startedAt().plusNanos(sample.wallNanos()).toEpochMilli();
    List<Double> readings = new ArrayList<>();
    batches.forEach(batch -> addWithin(batch, start, end, readings));
    OptionalDouble mean = readings.stream().mapToDouble(Double::doubleValue).average();
    return mean.isPresent() && mean.getAsDouble() > 0
        ? OptionalLong.of(Math.round(mean.getAsDouble()))
        : OptionalLong.empty();
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
