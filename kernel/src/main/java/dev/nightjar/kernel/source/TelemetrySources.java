package dev.nightjar.kernel.source;

import dev.nightjar.kernel.bpf.BpfOptions;
import dev.nightjar.kernel.bpf.BpfProgram;
import dev.nightjar.kernel.bpf.BpfTracer;
import dev.nightjar.kernel.linux.CannotOpen;
import dev.nightjar.kernel.linux.HeldFile;
import dev.nightjar.kernel.modules.KernelModule;
import dev.nightjar.kernel.modules.gpu.AcceleratorStatus;
import dev.nightjar.kernel.modules.memory.MemoryStatus;
import dev.nightjar.kernel.modules.scheduler.SchedulerStatus;
import dev.nightjar.kernel.proc.Cgroup;
import dev.nightjar.kernel.proc.DeviceRows;
import dev.nightjar.kernel.proc.FileSource;
import dev.nightjar.kernel.proc.KernelRoot;
import dev.nightjar.kernel.telemetry.Columns;
import dev.nightjar.kernel.telemetry.Columns.Column;
import dev.nightjar.kernel.telemetry.TelemetrySource;
import dev.nightjar.model.Skip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Finds what this host offers to be sampled. Fast sources are read at every tick: who had the CPUs,
 * what waited for what. Slow ones about once a second: they change slowly, make a device work to
 * answer, or cost too much. A read costs several times more in cold caches than in a loop: {@code
 * /proc/vmstat}, disks and network took 200 of 360 µs a tick.
 */
public final class TelemetrySources {
  /** Bounds the held descriptors on hosts with hundreds of CPUs or sensors. */
  private static final int MOST_CPUS = 64;

  private static final int MOST_SENSORS = 64;

  private final KernelRoot root;
  private final Columns columns;
  private final long ticksPerSecond;
  private final List<TelemetrySource> fast = new ArrayList<>();
  private final List<TelemetrySource> slow = new ArrayList<>();

  private final List<GuardedSource> guards = new CopyOnWriteArrayList<>();

  /** A bpf program may end while others read this. */
  private final List<Skip> absent = new CopyOnWriteArrayList<>();

  public TelemetrySources(KernelRoot root, Columns columns, long ticksPerSecond) {
    this.root = root;
    this.columns = columns;
    this.ticksPerSecond = ticksPerSecond;
  }

  public List<TelemetrySource> fast() {
    return fast;
  }

  public List<TelemetrySource> slow() {
    return slow;
  }

  /** What the host does not offer, or failed to give, and why. */
  public List<Skip> absent() {
    List<Skip> all = new ArrayList<>(absent);
    guards.forEach(guard -> guard.missed().ifPresent(all::add));
    return all;
  }

  /** A source whose failures are its own. */
  public TelemetrySource guarded(String subject, TelemetrySource source) {
    GuardedSource guard = new GuardedSource(subject, source);
    guards.add(guard);
    return guard;
  }

  /** Opens everything there is, and notes what is not. */
  public void open() {
    add(fast, "CPU time", "/proc/stat", true, new CpuTimes(columns, ticksPerSecond));
    for (String resource : List.of("cpu", "memory", "io")) {
      String file = "/proc/pressure/" + resource;
      add(fast, resource + " pressure", file, true, new PressureTotals(columns, resource));
    }
    add(slow, "paging", "/proc/vmstat", false, new PagingCounters(columns));
    add(fast, "run-queue wait of the host", "/proc/schedstat", false, new SchedulerStats(columns));
    add(slow, "disks", "/proc/diskstats", false, new DiskCounters(columns, this::isWholeDisk));
    add(slow, "network", "/proc/net/dev", false, new NetworkCounters(columns));
    openCgroup();
    add(slow, "memory", "/proc/meminfo", true, new MemoryState(columns));
    add(slow, "load average", "/proc/loadavg", true, new LoadAverage(columns));
    openFrequencies();
    openThrottling();
    openSensors();
    openModules();
  }

  /** Starts the bpf programs that are wanted. */
  public void openPrograms(BpfOptions options) {
    for (BpfProgram program : options.programs()) {
      BpfTracer.start(program, options, columns, absent::add)
          .ifPresent(tracer -> fast.add(guarded("bpf program " + program.word(), tracer)));
    }
  }

  private void openModules() {
    openModule(KernelModule.AI_MEM, MemoryStatus.FILE, new PoolReadings(columns));
    openModule(KernelModule.AI_SCHEDULER, SchedulerStatus.FILE, new BoostReadings(columns));
    openModule(KernelModule.AI_GPU, AcceleratorStatus.FILE, new AcceleratorReadings(columns));
  }

  private void openModule(KernelModule module, String file, FileSource.Parser parser) {
    if (root.exists(file)) {
      add(slow, "kernel module " + module.word(), file, true, parser);
    } else {
      skip(
          "kernel module " + module.word(), "it is not loaded: no readings of " + module.purpose());
    }
  }

  private boolean isWholeDisk(String name) {
    return !root.exists("/sys/class/block/" + name + "/partition");
  }

  private void openCgroup() {
    Path stat = Cgroup.fileWith(root, "cpu", "cpu.stat", "nr_throttled");
    if (stat == null) {
      skip("throttling by the control group", "this process is in no group with a CPU controller");
    } else {
      add(fast, "throttling by the control group", stat, true, new CgroupCounters(columns));
    }
    Path current = Cgroup.fileWith(root, "memory", "memory.current", "");
    Path usage = Cgroup.fileWith(root, "memory", "memory.usage_in_bytes", "");
    Path memory = current != null ? current : usage;
    if (memory == null) {
      skip("memory of the control group", "this process is in no group with a memory controller");
    } else {
      Column column = columns.column("nightjar.cgroup.memory.usage", "", "By");
      add(slow, "memory of the control group", memory, true, new SingleValue(column, 1));
    }
  }

  private void openFrequencies() {
    int found = 0;
    for (int cpu = 0; cpu < MOST_CPUS; cpu++) {
      String file = "/sys/devices/system/cpu/cpu" + cpu + "/cpufreq/scaling_cur_freq";
      if (root.exists(file)) {
        Column column = columns.column("system.cpu.frequency", "cpu.logical_number=" + cpu, "Hz");
        found += add(slow, "frequency", file, true, new SingleValue(column, 1e-3)) ? 1 : 0;
      }
    }
    if (found == 0) {
      skip("CPU frequency", "the kernel shows no cpufreq here, as in most virtual machines");
    }
  }

  private void openThrottling() {
    int found = 0;
    for (int cpu = 0; cpu < MOST_CPUS; cpu++) {
      for (String scope : List.of("core", "package")) {
        String file =
            "/sys/devices/system/cpu/cpu" + cpu + "/thermal_throttle/" + scope + "_throttle_count";
        if (root.exists(file)) {
          String attributes = "cpu.logical_number=" + cpu + ",scope=" + scope;
          Column column = columns.column("nightjar.cpu.thermal_throttles", attributes, "{event}");
          found += add(slow, "thermal throttling", file, true, new SingleValue(column, 1)) ? 1 : 0;
        }
      }
    }
    if (found == 0) {
      skip("thermal throttling", "the kernel counts no thermal throttling on this CPU");
    }
  }

  private void openSensors() {
    int found = 0;
    for (String zone : root.names("/sys/class/thermal", "thermal_zone*")) {
      String file = "/sys/class/thermal/" + zone + "/temp";
      found += openSensor(file, "hw.temperature", zone, "Cel", 1e3, found);
    }
    for (String chip : root.names("/sys/class/hwmon", "hwmon*")) {
      found += openChip(chip, found);
    }
    if (found == 0) {
      skip("temperatures, fans, power", "no sensor is visible, as in most virtual machines");
    }
  }

  private int openChip(String chip, int before) {
    String folder = "/sys/class/hwmon/" + chip;
    String name = root.text(folder + "/name").orElse(chip);
    if (name.equals("drivetemp")) {
      return 0; // each reading is a command to the disk, which would disturb what is measured
    }
    int found = 0;
    for (String input : root.names(folder, "{temp,fan,power}*_input")) {
      String id = name + "/" + input.replace("_input", "");
      String metric = "hw.temperature";
      String unit = "Cel";
      double perUnit = 1e3;
      if (input.startsWith("fan")) {
        metric = "hw.fan.speed";
        unit = "rpm";
        perUnit = 1;
      } else if (input.startsWith("power")) {
        metric = "hw.power";
        unit = "W";
        perUnit = 1e6;
      }
      found += openSensor(folder + "/" + input, metric, id, unit, perUnit, before + found);
    }
    return found;
  }

  private int openSensor(
      String file, String metric, String id, String unit, double perUnit, int before) {
    if (before >= MOST_SENSORS) {
      return 0;
    }
    Column column = columns.column(metric, "hw.id=" + DeviceRows.attributeValue(id), unit);
    return add(slow, "sensor " + id, file, true, new SingleValue(column, perUnit)) ? 1 : 0;
  }

  private boolean add(
      List<TelemetrySource> group,
      String subject,
      String file,
      boolean oneRecord,
      FileSource.Parser parser) {
    return add(group, subject, root.path(file), oneRecord, parser);
  }

  private boolean add(
      List<TelemetrySource> group,
      String subject,
      Path file,
      boolean oneRecord,
      FileSource.Parser parser) {
    HeldFile held = null;
    try {
      held = HeldFile.open(file.toString(), oneRecord);
      int first = held.read();
      if (first > 0) {
        group.add(guarded(subject, new FileSource(held, parser)));
        return true;
      }
      held.close();
      skip(subject, file + " gives nothing to read");
      return false;
    } catch (CannotOpen e) {
      skip(subject, Files.exists(file) ? e.getMessage() : "the kernel has no " + file);
      return false;
    }
  }

  private void skip(String subject, @Nullable String reason) {
    absent.add(new Skip("telemetry", subject, String.valueOf(reason)));
  }
}
