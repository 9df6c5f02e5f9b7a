package dev.nightjar.site.data;

import dev.nightjar.model.telemetry.TelemetryBatch;
import java.time.Duration;
import java.util.List;

/**
 * What the machine did during the run.
 *
 * @param telemetry one batch a metric; of a long run the telling readings
 * @param resolution readings that are no farther apart may have had others between them, and are no
 *     pause
 * @param windows when benchmarks ran
 * @param noise the repetitions that the machine disturbed, the earliest first
 */
public record Timeline(
    List<TelemetryBatch> telemetry,
    Duration resolution,
    List<BenchmarkWindow> windows,
    List<NoiseMark> noise) {
  /** Slots of time that a metric is thinned to: a plot shows no more. */
  public static final int SLOTS = 600;

  /** Nothing was recorded. */
  public static final Timeline NONE = new Timeline(List.of(), Duration.ZERO, List.of(), List.of());

  public Timeline {
    telemetry = List.copyOf(telemetry);
    windows = List.copyOf(windows);
    noise = List.copyOf(noise);
  }
}
