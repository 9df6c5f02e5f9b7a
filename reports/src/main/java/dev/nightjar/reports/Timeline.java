package dev.nightjar.reports;

import dev.nightjar.model.TelemetryBatch;
import java.util.List;

/**
 * What the machine did during the run.
 *
 * @param telemetry one batch a metric
 * @param windows when benchmarks ran
 */
public record Timeline(List<TelemetryBatch> telemetry, List<BenchmarkWindow> windows) {
  /** Nothing was recorded. */
  public static final Timeline NONE = new Timeline(List.of(), List.of());

  public Timeline {
    telemetry = List.copyOf(telemetry);
    windows = List.copyOf(windows);
  }
}
