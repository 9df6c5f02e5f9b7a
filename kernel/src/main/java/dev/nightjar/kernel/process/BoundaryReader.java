package dev.nightjar.kernel.process;

import static dev.nightjar.kernel.proc.KernelText.NONE;
import static dev.nightjar.kernel.proc.KernelText.ascii;

import dev.nightjar.kernel.linux.CLibrary;
import dev.nightjar.kernel.linux.CannotOpen;
import dev.nightjar.kernel.linux.HeldFile;
import dev.nightjar.kernel.proc.Cgroup;
import dev.nightjar.kernel.proc.KernelRoot;
import dev.nightjar.kernel.proc.KernelText;
import dev.nightjar.kernel.proc.KeyedLines;
import dev.nightjar.kernel.source.PressureTotals;
import dev.nightjar.model.telemetry.BoundaryReadings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads the running totals of the host at the two ends of a repetition. The files are opened before
 * the first reading, so that a reading is a few system calls.
 */
public final class BoundaryReader implements AutoCloseable {
  private static final byte[] SOME = ascii("some ");
  private static final byte[] CPU = ascii("cpu ");
  private static final int STEAL = 7;

  private final @Nullable HeldFile cpuPressure;
  private final @Nullable HeldFile memoryPressure;
  private final @Nullable HeldFile ioPressure;
  private final @Nullable HeldFile stat;
  private final @Nullable HeldFile throttling;
  private final KeyedLines throttled = new KeyedLines("throttled_usec", "throttled_time");
  private final KernelText text = new KernelText();
  private final long nanosPerTick = 1_000_000_000L / CLibrary.userTicksPerSecond();

  /** A reader of this host's totals. On a system other than Linux all of them are absent. */
  public static BoundaryReader open() {
    return new BoundaryReader(KernelRoot.ofThisHost());
  }

  private BoundaryReader(KernelRoot root) {
    cpuPressure = open(root.path("/proc/pressure/cpu"));
    memoryPressure = open(root.path("/proc/pressure/memory"));
    ioPressure = open(root.path("/proc/pressure/io"));
    stat = open(root.path("/proc/stat"));
    Path group = Cgroup.fileWith(root, "cpu", "cpu.stat", "nr_throttled");
    throttling = group == null ? null : open(group);
  }

  private static @Nullable HeldFile open(Path file) {
    if (!CLibrary.isLinux()) {
      return null;
    }
    try {
      return HeldFile.open(file.toString(), true);
    } catch (CannotOpen e) {
      return null; // this reading is absent
    }
  }

  /** The totals of this moment. */
  public Totals read() {
    return new Totals(
        pressure(cpuPressure),
        pressure(memoryPressure),
        pressure(ioPressure),
        steal(),
        throttled());
  }

  private boolean load(@Nullable HeldFile file) {
    int length = file == null ? -1 : file.read();
    if (file == null || length <= 0) {
      return false;
    }
    text.reset(file.bytes(), length);
    return true;
  }

  private long pressure(@Nullable HeldFile file) {
    return load(file) && text.skip(SOME) ? times(PressureTotals.total(text), 1000) : NONE;
  }

  private long steal() {
    if (!load(stat) || !text.skip(CPU)) {
      return NONE;
    }
    for (int i = 0; i < STEAL; i++) {
      text.skipWord();
    }
    return times(text.number(), nanosPerTick);
  }

  private long throttled() {
    if (!load(throttling)) {
      return NONE;
    }
    long[] times = throttled.read(text);
    return times[0] != NONE ? times(times[0], 1000) : times[1];
  }

  private static long times(long value, long factor) {
    return value == NONE ? NONE : value * factor;
  }

  @Override
  public void close() {
    closeIfOpen(cpuPressure);
    closeIfOpen(memoryPressure);
    closeIfOpen(ioPressure);
    closeIfOpen(stat);
    closeIfOpen(throttling);
  }

  private static void closeIfOpen(@Nullable HeldFile file) {
    if (file != null) {
      file.close();
    }
  }

  /** Running totals in nanoseconds, {@link KernelText#NONE} where there is none. */
  public record Totals(
      long cpuPressure, long memoryPressure, long ioPressure, long steal, long throttled) {

    /** What a process used, with how much these totals have grown until a later reading. */
    BoundaryReadings until(Totals after, BoundaryReadings used) {
      return new BoundaryReadings(
          used.userCpuNanos(),
          used.systemCpuNanos(),
          used.maxRssBytes(),
          used.minorFaults(),
          used.majorFaults(),
          used.voluntarySwitches(),
          used.involuntarySwitches(),
          used.runQueueWaitNanos(),
          growth(cpuPressure, after.cpuPressure),
          growth(memoryPressure, after.memoryPressure),
          growth(ioPressure, after.ioPressure),
          growth(steal, after.steal),
          growth(throttled, after.throttled));
    }

    /** How much these totals have grown until a later reading. */
    public BoundaryReadings until(Totals after) {
      return until(after, BoundaryReadings.ABSENT);
    }

    /** How much a total has grown; absent if one end is, or if the counter began anew. */
    private static @Nullable Long growth(long before, long after) {
      return before == NONE || after == NONE || after < before ? null : after - before;
    }
  }
}
