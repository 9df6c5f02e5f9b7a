package dev.nightjar.kernel.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernel.Captures;
import dev.nightjar.kernel.proc.FileSource;
import dev.nightjar.kernel.proc.KernelText;
import dev.nightjar.kernel.proc.KeyedLines;
import dev.nightjar.kernel.telemetry.Columns;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TelemetryParsersTest {

  @Test
  void readsCpuTimeByModeInSeconds() {
    Map<String, Double> values =
        Captures.parse("proc_stat__6.18__busy.txt", columns -> new CpuTimes(columns, 100));
    assertEquals(1148.14, values.get("system.cpu.time{cpu.mode=user}"));
    assertEquals(1280.66, values.get("system.cpu.time{cpu.mode=nice}"));
    assertEquals(2367.76, values.get("system.cpu.time{cpu.mode=idle}"));
    assertEquals(20.12, values.get("system.cpu.time{cpu.mode=steal}"));
    assertEquals(4.90, values.get("system.cpu.time{cpu.mode=interrupt}"));
    assertEquals(10.20, values.get("system.cpu.time{cpu.logical_number=1,cpu.mode=steal}"));
    assertEquals(1481205, values.get("nightjar.interrupts"));
    assertEquals(2687904, values.get("nightjar.context_switches"));
    assertEquals(61052, values.get("system.process.created"));
    assertEquals(3, values.get("nightjar.tasks{state=running}"));
    assertEquals(0, values.get("nightjar.tasks{state=blocked}"));
    assertEquals(689750, values.get("nightjar.softirqs"));
    assertEquals(14 + 4, values.size());
  }

  @Test
  void modesAddUpToTheWholeTime() {
    Map<String, Double> values =
        Captures.parse("proc_stat__6.18__busy.txt", columns -> new CpuTimes(columns, 100));
    double sum =
        values.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("system.cpu.time{cpu.mode"))
            .mapToDouble(Map.Entry::getValue)
            .sum();
    assertEquals((114814 + 128066 + 26989 + 236776 + 1756 + 490 + 2012) / 100.0, sum, 1e-6);
  }

  @Test
  void oldKernelsWithoutStealLeaveItAbsent() {
    byte[] text = "cpu  1 2 3 4 5 6 7\n".getBytes(StandardCharsets.US_ASCII);
    Map<String, Double> values = Captures.parse(text, columns -> new CpuTimes(columns, 100));
    assertNull(values.get("system.cpu.time{cpu.mode=steal}"));
    assertEquals(0.13, values.get("system.cpu.time{cpu.mode=interrupt}"));
  }

  @Test
  void readsMemoryInBytes() {
    Map<String, Double> values = Captures.parse("proc_meminfo__6.18__busy.txt", MemoryState::new);
    assertEquals(10, values.size());
    double used = value(values, "system.memory.usage{system.memory.state=used}");
    double available = value(values, "system.memory.linux.available");
    assertEquals(24683656.0 * 1024, used + available);
    assertEquals(0, values.get("system.paging.usage{system.paging.state=used}"));
  }

  private static double value(Map<String, Double> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  @Test
  void usedMemoryIsAbsentWhereTheKernelDoesNotTellWhatIsAvailable() {
    byte[] text =
        "MemTotal: 1000 kB\nMemFree: 400 kB\nCached: 20 kB\n".getBytes(StandardCharsets.US_ASCII);
    Map<String, Double> values = Captures.parse(text, MemoryState::new);
    assertEquals(
        Set.of(
            "system.memory.usage{system.memory.state=free}",
            "system.memory.usage{system.memory.state=cached}"),
        values.keySet());
  }

  @Test
  void readsPagingCounters() {
    Map<String, Double> values = Captures.parse("proc_vmstat__6.18__busy.txt", PagingCounters::new);
    String text = new String(Captures.bytes("proc_vmstat__6.18__busy.txt"), StandardCharsets.UTF_8);
    double all = number(text, "pgfault");
    double major = number(text, "pgmajfault");
    assertEquals(8, values.size());
    assertEquals(major, values.get("system.paging.faults{system.paging.fault.type=major}"));
    assertEquals(all - major, values.get("system.paging.faults{system.paging.fault.type=minor}"));
    assertEquals(0, values.get("nightjar.memory.oom_kills"));
  }

  private static double number(String text, String key) {
    return text.lines()
        .filter(line -> line.startsWith(key + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(key.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void readsPressureTotals() {
    Map<String, Double> values =
        Captures.parse("proc_pressure_cpu__6.18__busy.txt", c -> new PressureTotals(c, "cpu"));
    assertEquals(
        Map.of(
            "nightjar.pressure.cpu{system.pressure.stall_type=some}", 796.469645,
            "nightjar.pressure.cpu{system.pressure.stall_type=full}", 0.0),
        values);
  }

  @Test
  void leavesUnusedDevicesOut() {
    Map<String, Double> disks =
        Captures.parse("proc_diskstats__6.18__busy.txt", c -> new DiskCounters(c, name -> true));
    assertEquals(7, disks.size());
    assertEquals(
        7037170 * 512.0, disks.get("system.disk.io{disk.io.direction=read,system.device=vda}"));
    assertEquals(
        113.140, disks.get("system.disk.operation_time{disk.io.direction=read,system.device=vda}"));
    assertEquals(42.420, disks.get("system.disk.io_time{system.device=vda}"));
    Map<String, Double> network =
        Captures.parse("proc_net_dev__6.18__busy.txt", NetworkCounters::new);
    assertEquals(16, network.size());
    assertEquals(
        2110133410.0,
        network.get("system.network.io{network.interface.name=eth0,network.io.direction=receive}"));
  }

  @Test
  void partitionsAreNoDisks() {
    Map<String, Double> disks =
        Captures.parse("proc_diskstats__6.18__busy.txt", c -> new DiskCounters(c, name -> false));
    assertEquals(Map.of(), disks);
  }

  @Test
  void aHostileInterfaceNameCannotForgeAttributes() {
    Map<String, Double> values =
        Captures.parse("proc_net_dev__hostile__composed.txt", NetworkCounters::new);
    String of = "network.interface.name=a_b_c,network.io.direction=";
    assertNull(values.get("system.network.io{" + of + "receive}"), "too large for a long");
    assertEquals(7, values.get("system.network.packet.count{" + of + "receive}"));
    assertEquals(5, values.get("system.network.io{" + of + "transmit}"));
    assertTrue(values.keySet().stream().noneMatch(name -> name.contains("no colon")));
  }

  @Test
  void readsThrottlingOfBothControlGroupVersions() {
    Map<String, Double> second =
        Captures.parse("cgroup2_cpu_stat__6.1__composed.txt", CgroupCounters::new);
    assertEquals(98.765432, second.get("nightjar.cgroup.cpu.throttled_time"));
    assertEquals(312, second.get("nightjar.cgroup.cpu.throttled_periods"));
    Map<String, Double> first =
        Captures.parse("cgroup1_cpu_stat__6.18__busy.txt", CgroupCounters::new);
    assertEquals(0, first.get("nightjar.cgroup.cpu.throttled_time"));
    Map<String, Double> rootGroup =
        Captures.parse("cgroup2_root_cpu_stat__6.18__busy.txt", CgroupCounters::new);
    assertEquals(Map.of(), rootGroup, "the root group has no quota to be held back by");
  }

  @Test
  void addsUpRunQueueWaitOfAllCpusAndNothingOfAnUnknownVersion() {
    Map<String, Double> values =
        Captures.parse("proc_schedstat__6.1__composed.txt", SchedulerStats::new);
    assertEquals(401.766, values.get("nightjar.sched.run_time"));
    assertEquals(5.901268, values.get("nightjar.sched.wait_time"));
    byte[] unknown = "version 99\ncpu0 0 0 0 0 0 0 1 2 3\n".getBytes(StandardCharsets.US_ASCII);
    assertEquals(Map.of(), Captures.parse(unknown, SchedulerStats::new));
  }

  @Test
  void readsSensorsBelowZero() {
    byte[] text = "-12500\n".getBytes(StandardCharsets.US_ASCII);
    Map<String, Double> values =
        Captures.parse(text, c -> new SingleValue(c.column("t", "", "Cel"), 1e3));
    assertEquals(Map.of("t", -12.5), values);
  }

  @Test
  void relearnsWhenLinesMove() {
    KeyedLines lines = new KeyedLines("b", "a");
    assertEquals(List.of(2L, 1L), read(lines, "x 9\na 1\nb 2\n"));
    assertEquals(List.of(2L, 1L), read(lines, "x 9\na 1\nb 2\n"));
    assertEquals(List.of(5L, 4L), read(lines, "b 5\na 4\nx 9\n"));
    assertEquals(List.of(-1L, 4L), read(lines, "a 4\n"));
    assertEquals(List.of(-1L, -1L), read(lines, ""));
    assertEquals(List.of(7L, -1L), read(lines, "b: 7 kB\naa 3\n"));
  }

  private static List<Long> read(KeyedLines lines, String content) {
    KernelText text = new KernelText();
    byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
    text.reset(bytes, bytes.length);
    return Arrays.stream(lines.read(text)).boxed().toList();
  }

  /** Every capture, cut at every length and with bytes changed, gives finite values or none. */
  @Test
  void survivesTruncatedAndDamagedText() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Map<String, Function<Columns, FileSource.Parser>> parsers =
        Map.of(
            "proc_stat__6.18__busy.txt", c -> new CpuTimes(c, 100),
            "proc_meminfo__6.18__busy.txt", MemoryState::new,
            "proc_vmstat__6.18__busy.txt", PagingCounters::new,
            "proc_diskstats__6.18__busy.txt", c -> new DiskCounters(c, name -> true),
            "proc_net_dev__6.18__busy.txt", NetworkCounters::new,
            "proc_pressure_cpu__6.18__busy.txt", c -> new PressureTotals(c, "cpu"),
            "proc_loadavg__6.18__busy.txt", LoadAverage::new,
            "proc_schedstat__6.1__composed.txt", SchedulerStats::new,
            "cgroup2_cpu_stat__6.1__composed.txt", CgroupCounters::new);
    parsers.forEach((capture, parser) -> {
      byte[] whole = Captures.bytes(capture);
      Map<String, Double> expected = Captures.parse(whole, parser);
      assertFalse(expected.isEmpty(), capture);
      for (int length = 0; length < whole.length; length += 1 + random.nextInt(7)) {
        assertAgreesWhereItAnswers(expected, Arrays.copyOf(whole, length), parser);
      }
      for (int round = 0; round < 200; round++) {
        byte[] damaged = whole.clone();
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        assertFinite(Captures.parse(damaged, parser));
      }
    });
  }

  private static void assertAgreesWhereItAnswers(
      Map<String, Double> whole, byte[] cut, Function<Columns, FileSource.Parser> parser) {
    Captures.parse(cut, parser)
        .forEach((name, value) -> {
          // A sum over CPUs is smaller when CPUs are cut off at a line's end.
          if (name.startsWith("nightjar.sched.")) {
            assertFalse(value > value(whole, name));
          } else {
            assertEquals(whole.get(name), value, name);
          }
        });
  }

  private static void assertFinite(Map<String, Double> values) {
    values.forEach((name, value) -> assertTrue(Double.isFinite(value), name));
  }
}
