package dev.nightjar.kernel;

import dev.nightjar.kernel.bpf.BpfOptions;
import dev.nightjar.kernel.telemetry.TelemetrySource;
import dev.nightjar.model.Skip;
import java.util.List;

/** What a system offers to be sampled. One thread opens, samples and closes. */
public interface HostTelemetry {
  /**
   * Opens everything there is, and notes what is not.
   *
   * @param bpf programs to run beside it
   */
  void open(BpfOptions bpf);

  /** What is read at every tick. */
  List<TelemetrySource> fast();

  /** What is read about once a second. */
  List<TelemetrySource> slow();

  /** What is not offered, or failed to be given, and why. May be asked by any thread. */
  List<Skip> absent();

  /** Also reads a process, its threads and descendants. May be called by any thread. */
  void watch(long pid);

  /** Ends {@link #watch}; what the process had stays in the totals. */
  void forget(long pid);

  void close();
}
