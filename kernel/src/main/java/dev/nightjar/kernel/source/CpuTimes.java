package dev.nightjar.kernel.source;

import static dev.nightjar.kernel.proc.KernelText.ascii;
import static dev.nightjar.kernel.proc.KernelText.put;

import dev.nightjar.kernel.proc.FileSource;
import dev.nightjar.kernel.proc.KernelText;
import dev.nightjar.kernel.telemetry.Columns;
import dev.nightjar.kernel.telemetry.Columns.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /proc/stat}: CPU time by mode, context switches, interrupts, forks, and how many tasks run
 * or wait for I/O.
 *
 * <p>The kernel counts a guest's time in {@code user} and {@code nice} as well, so it is no mode of
 * its own here: the modes add up to the CPU's whole time. Hardware and software interrupts are one
 * mode in OpenTelemetry ({@code interrupt}); soft ones also get a metric of their own. A single CPU
 * gets its idle and stolen time, which is what tells who disturbed a pinned benchmark.
 */
final class CpuTimes implements FileSource.Parser {
  private static final int MOST_CPUS = 256;
  private static final byte[] CPU = ascii("cpu");
  private static final byte[] INTERRUPTS = ascii("intr ");
  private static final byte[] SWITCHES = ascii("ctxt ");
  private static final byte[] FORKS = ascii("processes ");
  private static final byte[] RUNNING = ascii("procs_running ");
  private static final byte[] BLOCKED = ascii("procs_blocked ");
  private static final byte[] SOFT_INTERRUPTS = ascii("softirq ");

  private final Columns columns;
  private final double ticksPerSecond;
  private final @Nullable Column[] modes = new Column[7];
  private final @Nullable Column softInterruptTime;
  private final @Nullable Column interrupts;
  private final @Nullable Column switches;
  private final @Nullable Column forks;
  private final @Nullable Column running;
  private final @Nullable Column blocked;
  private final @Nullable Column softInterrupts;
  private final List<@Nullable Column> idleByCpu = new ArrayList<>();
  private final List<@Nullable Column> stealByCpu = new ArrayList<>();
  private final long[] ticks = new long[8];

  CpuTimes(Columns columns, long ticksPerSecond) {
    this.columns = columns;
    this.ticksPerSecond = ticksPerSecond;
    String[] names = {"user", "nice", "system", "idle", "iowait", "interrupt", "steal"};
    for (int i = 0; i < names.length; i++) {
      modes[i] = columns.column("system.cpu.time", "cpu.mode=" + names[i], "s");
    }
    softInterruptTime = columns.column("nightjar.cpu.softirq.time", "", "s");
    interrupts = columns.column("nightjar.interrupts", "", "{interrupt}");
    softInterrupts = columns.column("nightjar.softirqs", "", "{interrupt}");
    switches = columns.column("nightjar.context_switches", "", "{context_switch}");
    forks = columns.column("system.process.created", "", "{process}");
    running = columns.column("nightjar.tasks", "state=running", "{task}");
    blocked = columns.column("nightjar.tasks", "state=blocked", "{task}");
  }

  @Override
  public void parse(KernelText text, long epochMillis) {
    while (!text.atEnd()) {
      if (text.skip(CPU)) {
        cpuLine(text, epochMillis);
      } else if (text.skip(INTERRUPTS)) {
        put(interrupts, epochMillis, text.number());
      } else if (text.skip(SWITCHES)) {
        put(switches, epochMillis, text.number());
      } else if (text.skip(FORKS)) {
        put(forks, epochMillis, text.number());
      } else if (text.skip(RUNNING)) {
        put(running, epochMillis, text.number());
      } else if (text.skip(BLOCKED)) {
        put(blocked, epochMillis, text.number());
      } else if (text.skip(SOFT_INTERRUPTS)) {
        put(softInterrupts, epochMillis, text.number());
      }
      text.nextLine();
    }
  }

  private void cpuLine(KernelText text, long epochMillis) {
    boolean together = text.atBlank();
    long cpu = together ? 0 : text.number();
    for (int i = 0; i < ticks.length; i++) {
      ticks[i] = text.number();
    }
    if (together) {
      putModes(epochMillis);
    } else if (cpu >= 0 && cpu < MOST_CPUS) {
      putCpu((int) cpu, epochMillis);
    }
  }

  /** The kernel's order: user nice system idle iowait irq softirq steal. */
  private void putModes(long epochMillis) {
    for (int i = 0; i < 5; i++) {
      put(modes[i], epochMillis, ticks[i], ticksPerSecond);
    }
    if (ticks[5] != KernelText.NONE && ticks[6] != KernelText.NONE) {
      put(modes[5], epochMillis, ticks[5] + ticks[6], ticksPerSecond);
    }
    put(modes[6], epochMillis, ticks[7], ticksPerSecond);
    put(softInterruptTime, epochMillis, ticks[6], ticksPerSecond);
  }

  private void putCpu(int cpu, long epochMillis) {
    while (idleByCpu.size() <= cpu) {
      String number = "cpu.logical_number=" + idleByCpu.size();
      idleByCpu.add(columns.column("system.cpu.time", number + ",cpu.mode=idle", "s"));
      stealByCpu.add(columns.column("system.cpu.time", number + ",cpu.mode=steal", "s"));
    }
    put(idleByCpu.get(cpu), epochMillis, ticks[3], ticksPerSecond);
    put(stealByCpu.get(cpu), epochMillis, ticks[7], ticksPerSecond);
  }
}
