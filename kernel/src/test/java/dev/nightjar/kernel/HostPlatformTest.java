package dev.nightjar.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernel.bpf.BpfOptions;
import dev.nightjar.kernel.host.LinuxPlatform;
import dev.nightjar.kernel.linux.CLibrary;
import dev.nightjar.kernel.modules.ModuleFailure;
import dev.nightjar.kernel.proc.KernelRoot;
import dev.nightjar.kernel.process.ProcessCommand;
import dev.nightjar.kernel.process.ProcessOutcome;
import dev.nightjar.kernel.process.RunningTotals;
import dev.nightjar.kernel.telemetry.Columns;
import dev.nightjar.model.Host;
import dev.nightjar.model.Skip;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import dev.nightjar.model.telemetry.TelemetryBatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HostPlatformTest {
  @TempDir Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void linuxIsFoundByItsRegistration() {
    assertTrue(CLibrary.isLinux());
    assertInstanceOf(LinuxPlatform.class, HostPlatform.current());
    assertSame(HostPlatform.current(), HostPlatform.current());
    assertTrue(HostPlatform.current().cpus().allowed().orElseThrow().cardinality() > 0);
    assertFalse(HostPlatform.current().machine().bootId().isEmpty());
  }

  @Test
  void aSystemThatNoRoomKnowsGivesPlainFactsAndSaysWhatIsNotKnown() {
    HostPlatform plain = new PlainPlatform();
    Host host = plain.host();
    assertEquals(host.machineKey(), plain.host().machineKey());
    assertEquals(System.getProperty("os.arch"), host.facts().get("host.arch"));
    assertTrue(Integer.parseInt(host.facts().get("system.cpu.logical.count")) > 0);
    assertEquals(HostCpus.UNKNOWN, plain.cpus());
    assertTrue(plain.availableMemoryBytes().isEmpty());
    assertEquals(List.of(), plain.devices());
    assertThrows(ModuleFailure.Absent.class, plain::boost);
    plain.endProgramsIn(folder);
    for (HostOffer offer : plain.offers()) {
      assertEquals(HostOffer.State.ABSENT, offer.state());
      assertFalse(offer.remedy().isEmpty(), offer::subject);
    }
  }

  @Test
  void whereNothingIsKnownWallTimeIsMeasuredAlone() throws Exception {
    HostPlatform plain = new PlainPlatform();
    AtomicLong pid = new AtomicLong();
    Path out = folder.resolve("out");
    ProcessOutcome outcome =
        plain.run(
            ProcessCommand.of(
                List.of("java", "--version"), folder, out, out, Duration.ofMinutes(1)),
            pid::set);
    assertTrue(outcome.isSuccess());
    assertTrue(pid.get() > 0);
    assertTrue(outcome.wallNanos() > 0);
    assertEquals(BoundaryReadings.ABSENT, outcome.readings());
    try (RunningTotals totals = plain.totals()) {
      assertEquals(BoundaryReadings.ABSENT, totals.read().until(totals.read()));
    }
  }

  @Test
  void whereThereIsNoSamplerTheReportSaysSo() {
    List<TelemetryBatch> received = new ArrayList<>();
    Duration fast = Duration.ofMillis(5);
    HostSampler sampler =
        HostSampler.start(new PlainPlatform(), fast, fast, BpfOptions.NONE, received::addAll);
    sampler.watch(1);
    sampler.forget(1);
    sampler.close();
    assertEquals(List.of(), received);
    assertEquals("host", sampler.absent().getFirst().subject());
    assertTrue(sampler.absent().getFirst().reason().startsWith("there is no sampler for "));
  }

  @Test
  void whatALinuxOfCapturesShows() throws Exception {
    write("proc/self/status", "Name:\tjava\nCpus_allowed_list:\t1-2,4\n");
    write("sys/devices/system/cpu/isolated", "2\n");
    write("proc/sys/kernel/random/boot_id", "0af1\n");
    write("dev/dri/renderD128", "");
    write("dev/dri/card0", "");
    HostPlatform linux = new LinuxPlatform(new KernelRoot(folder));
    assertEquals("{1, 2, 4}", linux.cpus().allowed().orElseThrow().toString());
    assertEquals("{2}", linux.cpus().isolated().orElseThrow().toString());
    assertEquals("0af1", linux.machine().bootId());
    assertEquals(
        List.of(new HostDevice(folder.resolve("dev/dri/renderD128").toString(), Optional.empty())),
        linux.devices());
    HostTelemetry telemetry = linux.telemetry(new Columns());
    telemetry.open(BpfOptions.NONE);
    assertTrue(telemetry.absent().stream().map(Skip::subject).anyMatch("CPU time"::equals));
    telemetry.close();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void eachTotalGrowsByItsOwnFileAndIsAbsentWhereItBeganAnew() throws Exception {
    HostPlatform linux = new LinuxPlatform(new KernelRoot(folder));
    totals("some avg10=0.00 avg60=0.00 avg300=0.00 total=%d\n", 100, 900, "throttled_usec 8\n");
    try (RunningTotals totals = linux.totals()) {
      RunningTotals.Moment before = totals.read();
      totals("some avg10=0.00 avg60=0.00 avg300=0.00 total=%d\n", 107, 2, "throttled_usec 9\n");
      BoundaryReadings grown = before.until(totals.read());
      assertEquals(
          BoundaryReadings.builder()
              .put(Indicator.CPU_PRESSURE, 7_000)
              .put(Indicator.STEAL, 3 * (1_000_000_000L / CLibrary.userTicksPerSecond()))
              .put(Indicator.THROTTLED, 1_000)
              .build(),
          grown);
    }
  }

  /** Packages add up; zones within them, and that of the platform, are part of others. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void energyIsThatOfAllPackagesOrAbsent() throws Exception {
    zone("intel-rapl:0", "package-0", 1_000);
    zone("intel-rapl:1", "package-1", 2_000);
    zone("intel-rapl:2", "psys", 9_000);
    zone("intel-rapl:0:0", "core", 500);
    try (RunningTotals totals = new LinuxPlatform(new KernelRoot(folder)).totals()) {
      RunningTotals.Moment before = totals.read();
      zone("intel-rapl:0", "package-0", 1_300);
      zone("intel-rapl:1", "package-1", 2_004);
      assertEquals(304, before.until(totals.read()).of(Indicator.ENERGY).orElseThrow());
      zone("intel-rapl:1", "package-1", 3);
      assertFalse(before.until(totals.read()).has(Indicator.ENERGY), "a counter began anew");
    }
    Files.delete(folder.resolve("sys/class/powercap/intel-rapl:1/energy_uj"));
    try (RunningTotals totals = new LinuxPlatform(new KernelRoot(folder)).totals()) {
      assertFalse(totals.read().totals().has(Indicator.ENERGY), "of one package alone");
    }
  }

  private void zone(String zone, String name, long microjoules) throws Exception {
    write("sys/class/powercap/" + zone + "/name", name + "\n");
    write("sys/class/powercap/" + zone + "/energy_uj", microjoules + "\n");
  }

  private void totals(String pressure, long cpu, long io, String throttled) throws Exception {
    write("proc/pressure/cpu", pressure.formatted(cpu));
    write("proc/pressure/io", pressure.formatted(io));
    write("proc/stat", "cpu 1 2 3 4 5 6 7 %d 9 10\n".formatted(cpu == 100 ? 8 : 11));
    write("proc/self/cgroup", "0::/a\n");
    write("proc/self/mountinfo", "35 24 0:30 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
    write("sys/fs/cgroup/a/cpu.stat", "nr_throttled 1\n" + throttled);
  }

  private void write(String file, String content) throws Exception {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }
}
