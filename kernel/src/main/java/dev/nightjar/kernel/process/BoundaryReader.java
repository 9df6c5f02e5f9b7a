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
import dev.nightjar.model.telemetry.Indicator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the running totals of the host at the two ends of a repetition. The files are opened before
 * the first reading, so that a reading is a few system calls.
 */
public final class BoundaryReader implements RunningTotals {
  private static final byte[] SOME = ascii("some ");
  private static final byte[] CPU = ascii("cpu ");
  private static final int STEAL = 7;

  private static final String POWER_CAP = "/sys/class/powercap";

  private final List<Total> totals = new ArrayList<>();

  /** That of each processor package; all of them or none, as a part is no whole. */
  private final List<HeldFile> energies = new ArrayList<>();

  private final KeyedLines throttled = new KeyedLines("throttled_usec", "throttled_time");
  private final KernelText text = new KernelText();
  private final long nanosPerTick = 1_000_000_000L / CLibrary.userTicksPerSecond();

  /** A running total: the file that shows it, and what to read there. */
  private record Total(Indicator indicator, HeldFile file, ToLongFunction<KernelText> reading) {}

  /** A reader of the totals that are there. */
  public static BoundaryReader open(KernelRoot root) {
    return new BoundaryReader(root);
  }

  private BoundaryReader(KernelRoot root) {
    add(Indicator.CPU_PRESSURE, root.path("/proc/pressure/cpu"), BoundaryReader::pressure);
    add(Indicator.MEMORY_PRESSURE, root.path("/proc/pressure/memory"), BoundaryReader::pressure);
    add(Indicator.IO_PRESSURE, root.path("/proc/pressure/io"), BoundaryReader::pressure);
    add(Indicator.STEAL, root.path("/proc/stat"), this::steal);
    add(
        Indicator.THROTTLED,
        Cgroup.fileWith(root, "cpu", "cpu.stat", "nr_throttled"),
        this::throttled);
    addEnergies(root);
  }

  /** Of the packages alone: the zones below them, and that of the whole platform, count twice. */
  private void addEnergies(KernelRoot root) {
    for (String zone : root.names(POWER_CAP, "intel-rapl:[0-9]")) {
      String folder = POWER_CAP + "/" + zone;
      if (root.text(folder + "/name").orElse("").startsWith("package")) {
        try {
          energies.add(HeldFile.open(root.path(folder + "/energy_uj").toString(), true));
        } catch (CannotOpen e) {
          energies.forEach(HeldFile::close);
          energies.clear();
          return;
        }
      }
    }
  }

  private void add(Indicator indicator, @Nullable Path file, ToLongFunction<KernelText> reading) {
    if (file == null) {
      return;
    }
    try {
      totals.add(new Total(indicator, HeldFile.open(file.toString(), true), reading));
    } catch (CannotOpen e) {
      // this reading is absent
    }
  }

  @Override
  public Moment read() {
    BoundaryReadings.Builder readings = BoundaryReadings.builder();
    for (Total total : totals) {
      long value = load(total.file) ? total.reading.applyAsLong(text) : NONE;
      if (value != NONE) {
        readings.put(total.indicator, value);
      }
    }
    energy().ifPresent(microjoules -> readings.put(Indicator.ENERGY, microjoules));
    return new Moment(readings.build());
  }

  private OptionalLong energy() {
    long sum = 0;
    for (HeldFile file : energies) {
      long value = load(file) ? text.number() : NONE;
      if (value == NONE) {
        return OptionalLong.empty();
      }
      sum += value;
    }
    return energies.isEmpty() ? OptionalLong.empty() : OptionalLong.of(sum);
  }

  private boolean load(HeldFile file) {
    int length = file.read();
    if (length <= 0) {
      return false;
    }
    text.reset(file.bytes(), length);
    return true;
  }

  private static long pressure(KernelText text) {
    return text.skip(SOME) ? times(PressureTotals.total(text), 1000) : NONE;
  }

  private long steal(KernelText text) {
    if (!text.skip(CPU)) {
      return NONE;
    }
    for (int i = 0; i < STEAL; i++) {
      text.skipWord();
    }
    return times(text.number(), nanosPerTick);
  }

  private long throttled(KernelText text) {
    long[] times = throttled.read(text);
    return times[0] != NONE ? times(times[0], 1000) : times[1];
  }

  private static long times(long value, long factor) {
    return value == NONE ? NONE : value * factor;
  }

  @Override
  public void close() {
    totals.forEach(total -> total.file.close());
    energies.forEach(HeldFile::close);
  }
}
