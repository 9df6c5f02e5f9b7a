package dev.nightjar.jobs.steps;

import dev.nightjar.doors.Ingest;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.kernel.HostSampler;
import dev.nightjar.settings.Settings;
import java.time.Duration;

/** Starts the reading of the host that goes with every run that measures. */
public final class RunSampler {
  private static final Duration FLUSH = Duration.ofSeconds(5);

  private RunSampler() {}

  /** Reads until it is closed, and stores by the run's ingest as this machine's. */
  public static HostSampler start(Settings settings, long machineId, Ingest ingest) {
    Duration interval = settings.telemetryInterval();
    return HostSampler.start(
        HostPlatform.current(),
        interval,
        interval.compareTo(FLUSH) > 0 ? interval : FLUSH,
        settings.bpf(),
        batches -> ingest.telemetry(machineId, batches));
  }
}
