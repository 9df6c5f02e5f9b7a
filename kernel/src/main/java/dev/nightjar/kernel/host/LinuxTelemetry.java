package dev.nightjar.kernel.host;

import dev.nightjar.kernel.HostTelemetry;
import dev.nightjar.kernel.bpf.BpfOptions;
import dev.nightjar.kernel.linux.CLibrary;
import dev.nightjar.kernel.proc.KernelRoot;
import dev.nightjar.kernel.process.WatchedTasks;
import dev.nightjar.kernel.source.TelemetrySources;
import dev.nightjar.kernel.telemetry.Columns;
import dev.nightjar.kernel.telemetry.TelemetrySource;
import dev.nightjar.model.Skip;
import java.util.ArrayList;
import java.util.List;

/** What Linux offers to be sampled, and the programs that are measured. */
final class LinuxTelemetry implements HostTelemetry {
  private final TelemetrySources sources;
  private final WatchedTasks watched;
  private final TelemetrySource watchedReadings;

  LinuxTelemetry(KernelRoot root, Columns columns) {
    sources = new TelemetrySources(root, columns, CLibrary.userTicksPerSecond());
    watched = new WatchedTasks(root, columns);
    watchedReadings = sources.guarded("programs that are measured", watched);
  }

  @Override
  public void open(BpfOptions bpf) {
    sources.open();
    sources.openPrograms(bpf);
  }

  @Override
  public List<TelemetrySource> fast() {
    List<TelemetrySource> all = new ArrayList<>(sources.fast());
    all.add(watchedReadings);
    return all;
  }

  @Override
  public List<TelemetrySource> slow() {
    return sources.slow();
  }

  @Override
  public List<Skip> absent() {
    return sources.absent();
  }

  @Override
  public void watch(long pid) {
    watched.watch(pid);
  }

  @Override
  public void forget(long pid) {
    watched.forget(pid);
  }

  @Override
  public void close() {
    fast().forEach(TelemetrySource::close);
    slow().forEach(TelemetrySource::close);
  }
}
