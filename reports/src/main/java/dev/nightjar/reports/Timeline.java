package dev.nightjar.reports;

import dev.nightjar.model.TelemetryBatch;
import java.util.List;

/**
 * What the machine did during the run.
 *
 * @param telemetry one batch a metric
 * @param windows when benchmarks ran
 * @param noise the repetitions that the machine disturbed, the earliest first
 */
public record Timeline(
    List<TelemetryBatch> telemetry, List<BenchmarkWindow> windows, List<NoiseMark> noise) {
  /** Nothing was recorded. */
  public static final Timeline NONE = new Timeline(List.of(), List.of(), List.of());

  public Timeline {
    telemetry = List.copyOf(telemetry);
    windows = List.copyOf(windows);
    noise = List.copyOf(noise);
  }
}
