package dev.nightjar.kernel.process;

import static dev.nightjar.kernel.proc.KernelText.put;

import dev.nightjar.kernel.proc.KernelRoot;
import dev.nightjar.kernel.telemetry.Columns;
import dev.nightjar.kernel.telemetry.Columns.Column;
import dev.nightjar.kernel.telemetry.TelemetrySource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * For how long the tasks of the watched processes ran, and waited for a CPU. The totals never fall.
 * The exact reading around a benchmark is {@link MeasuredProcess}'s.
 */
public final class WatchedTasks implements TelemetrySource {
  private static final int TICKS_BETWEEN_SCANS = 5;
  private static final double NANOS_PER_SECOND = 1e9;

  private final @Nullable Column ran;
  private final @Nullable Column waited;
  private final Set<Long> watched = ConcurrentHashMap.newKeySet();
  private final TaskTree tree;
  private int ticksUntilScan;

  public WatchedTasks(KernelRoot root, Columns columns) {
    tree = new TaskTree(root);
    ran = columns.column("nightjar.watched.run_time", "", "s");
    waited = columns.column("nightjar.watched.run_queue_wait", "", "s");
  }

  /** May be called from any thread; the process is looked at from the next tick on. */
  public void watch(long pid) {
    watched.add(pid);
  }

  /** May be called from any thread. */
  public void forget(long pid) {
    watched.remove(pid);
  }

  @Override
  public void sample(long epochMillis) {
    if (watched.isEmpty() && tree.isEmpty()) {
      return;
    }
    if (--ticksUntilScan <= 0) {
      tree.scan(watched);
      ticksUntilScan = TICKS_BETWEEN_SCANS;
    }
    tree.read();
    put(ran, epochMillis, tree.ranNanos(), NANOS_PER_SECOND);
    put(waited, epochMillis, tree.waitedNanos(), NANOS_PER_SECOND);
  }

  @Override
  public void close() {
    tree.close();
  }
}
