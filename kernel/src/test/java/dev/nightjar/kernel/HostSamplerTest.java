package dev.nightjar.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernel.bpf.BpfOptions;
import dev.nightjar.kernel.host.LinuxPlatform;
import dev.nightjar.kernel.proc.KernelRoot;
import dev.nightjar.model.Skip;
import dev.nightjar.model.telemetry.TelemetryBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "the sampler reads Linux's files")
class HostSamplerTest {
  private static final Duration FAST = Duration.ofMillis(5);

  @TempDir Path root;

  private final List<TelemetryBatch> received = Collections.synchronizedList(new ArrayList<>());

  @Test
  void samplesThisHostAndFlushesEverythingOnClose() throws InterruptedException {
    CountDownLatch flushed = new CountDownLatch(3);
    HostSampler sampler =
        HostSampler.start(
            HostPlatform.current(),
            FAST,
            Duration.ofMillis(25),
            BpfOptions.NONE,
            batches -> {
              received.addAll(batches);
              flushed.countDown();
            });
    assertTrue(flushed.await(30, TimeUnit.SECONDS));
    sampler.close();
    Map<String, Integer> counts = new HashMap<>();
    for (TelemetryBatch batch : received) {
      String name = batch.metric().name() + "{" + batch.metric().attributes() + "}";
      counts.merge(name, batch.values().length, Integer::sum);
      assertRises(batch);
    }
    assertEquals((int) sampler.ticks(), counts.get("system.cpu.time{cpu.mode=user}"));
    assertEquals((int) sampler.ticks(), counts.get("system.cpu.time{cpu.mode=steal}"));
  }

  /** The last reading is taken at the close, which may come right after another. */
  @Test
  void noTwoReadingsHaveOneTime() throws IOException {
    capture("proc/stat", "proc_stat__6.18__busy.txt");
    for (int i = 0; i < 100; i++) {
      HostSampler.start(
              new LinuxPlatform(new KernelRoot(root)),
              FAST,
              FAST,
              BpfOptions.NONE,
              received::addAll)
          .close();
    }
    assertTrue(received.stream().anyMatch(batch -> batch.epochMillis().length > 1));
    received.forEach(HostSamplerTest::assertRises);
  }

  private static void assertRises(TelemetryBatch batch) {
    for (int i = 1; i < batch.epochMillis().length; i++) {
      assertTrue(batch.epochMillis()[i] > batch.epochMillis()[i - 1]);
      if (batch.metric().name().equals("nightjar.context_switches")) {
        assertTrue(batch.values()[i] >= batch.values()[i - 1]);
      }
    }
  }

  @Test
  void whatIsNotThereIsAbsentAndNamed() throws IOException {
    capture("proc/stat", "proc_stat__6.18__busy.txt");
    capture("proc/meminfo", "proc_meminfo__6.18__busy.txt");
    try (HostSampler sampler =
        HostSampler.start(
            new LinuxPlatform(new KernelRoot(root)),
            FAST,
            FAST,
            BpfOptions.NONE,
            received::addAll)) {
      List<String> subjects = sampler.absent().stream().map(Skip::subject).toList();
      assertTrue(subjects.contains("cpu pressure"), subjects::toString);
      assertTrue(subjects.contains("CPU frequency"), subjects::toString);
      assertFalse(subjects.contains("CPU time"), subjects::toString);
      Skip pressure =
          sampler.absent().stream().filter(s -> s.subject().equals("cpu pressure")).findAny().get();
      assertEquals("telemetry", pressure.step());
      assertTrue(pressure.reason().contains("/proc/pressure/cpu"), pressure::reason);
    }
    assertTrue(received.stream().anyMatch(b -> b.metric().name().equals("system.cpu.time")));
    assertTrue(received.stream().noneMatch(b -> b.metric().name().startsWith("nightjar.pressure")));
  }

  @Test
  void readsSensorsFrequencyAndControlGroup() throws IOException {
    write("sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq", "3400123\n");
    write("sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count", "17\n");
    write("sys/class/thermal/thermal_zone0/temp", "41000\n");
    write("sys/class/hwmon/hwmon0/name", "coretemp\n");
    write("sys/class/hwmon/hwmon0/temp1_input", "52500\n");
    write("sys/class/hwmon/hwmon1/name", "drivetemp\n");
    write("sys/class/hwmon/hwmon1/temp1_input", "30000\n");
    write("proc/self/cgroup", "0::/user.slice/nightly\n");
    write(
        "proc/self/mountinfo",
        "35 24 0:30 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n");
    capture("sys/fs/cgroup/user.slice/nightly/cpu.stat", "cgroup2_cpu_stat__6.1__composed.txt");
    write("sys/fs/cgroup/user.slice/nightly/memory.current", "123456\n");
    HostSampler.start(
            new LinuxPlatform(new KernelRoot(root)), FAST, FAST, BpfOptions.NONE, received::addAll)
        .close();
    Map<String, Double> last = new HashMap<>();
    for (TelemetryBatch batch : received) {
      String name = batch.metric().name() + "{" + batch.metric().attributes() + "}";
      last.put(name, batch.values()[batch.values().length - 1]);
    }
    assertEquals(3400123000.0, last.get("system.cpu.frequency{cpu.logical_number=0}"));
    assertEquals(17, last.get("nightjar.cpu.thermal_throttles{cpu.logical_number=0,scope=core}"));
    assertEquals(41, last.get("hw.temperature{hw.id=thermal_zone0}"));
    assertEquals(52.5, last.get("hw.temperature{hw.id=coretemp/temp1}"));
    assertFalse(last.containsKey("hw.temperature{hw.id=drivetemp/temp1}"));
    assertEquals(98.765432, last.get("nightjar.cgroup.cpu.throttled_time{}"));
    assertEquals(123456, last.get("nightjar.cgroup.memory.usage{}"));
  }

  @Test
  void whatAReceiverRefusesComesAgainAndNothingIsLost() throws InterruptedException {
    CountDownLatch refused = new CountDownLatch(3);
    CountDownLatch taken = new CountDownLatch(2);
    HostSampler sampler =
        HostSampler.start(
            HostPlatform.current(),
            FAST,
            FAST,
            BpfOptions.NONE,
            batches -> {
              if (refused.getCount() > 0) {
                refused.countDown();
                throw new IllegalStateException("the database restarts");
              }
              received.addAll(batches);
              taken.countDown();
            });
    assertTrue(taken.await(30, TimeUnit.SECONDS));
    sampler.close();
    assertEquals(sampler.ticks(), contextSwitchReadings());
    received.forEach(HostSamplerTest::assertRises);
    assertTrue(
        sampler.absent().stream().noneMatch(skip -> skip.subject().contains("readings")),
        sampler.absent()::toString);
  }

  /** A verdict stands whatever telemetry does: that it was lost is told, and not thrown. */
  @Test
  void whatAReceiverNeverTakesIsToldAtTheEnd() throws InterruptedException {
    CountDownLatch called = new CountDownLatch(2);
    HostSampler sampler =
        HostSampler.start(
            HostPlatform.current(),
            FAST,
            FAST,
            BpfOptions.NONE,
            batches -> {
              called.countDown();
              throw new StackOverflowError("no room");
            });
    assertTrue(called.await(30, TimeUnit.SECONDS));
    sampler.close();
    assertTrue(
        sampler.absent().stream()
            .anyMatch(
                skip -> skip.subject().endsWith("readings") && skip.reason().contains("no room")),
        sampler.absent()::toString);
  }

  private long contextSwitchReadings() {
    return received.stream()
        .filter(b -> b.metric().name().equals("nightjar.context_switches"))
        .mapToLong(b -> b.values().length)
        .sum();
  }

  @Test
  void aSlowReceiverLosesNoReading() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    HostSampler sampler =
        HostSampler.start(
            HostPlatform.current(),
            FAST,
            FAST,
            BpfOptions.NONE,
            batches -> {
              entered.countDown();
              awaitUnchecked(mayGoOn);
              received.addAll(batches);
            });
    assertTrue(entered.await(30, TimeUnit.SECONDS));
    long before = sampler.ticks();
    while (sampler.ticks() < before + 20) {
      Thread.onSpinWait();
    }
    mayGoOn.countDown();
    sampler.close();
    assertEquals(sampler.ticks(), contextSwitchReadings());
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void sumsUpTheWaitOfAWatchedProcessTree() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("/bin/sh", "-c", "(while :; do :; done) & while :; do :; done").start();
    try {
      try (HostSampler sampler =
          HostSampler.start(
              HostPlatform.current(), FAST, FAST, BpfOptions.NONE, received::addAll)) {
        sampler.watch(process.pid());
        while (ranSeconds() < 0.1) {
          Thread.onSpinWait();
        }
      }
      assertTrue(
          received.stream()
              .anyMatch(b -> b.metric().name().equals("nightjar.watched.run_queue_wait")));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }

  private double ranSeconds() {
    synchronized (received) {
      return received.stream()
          .filter(b -> b.metric().name().equals("nightjar.watched.run_time"))
          .mapToDouble(b -> b.values()[b.values().length - 1])
          .max()
          .orElse(0);
    }
  }

  private void capture(String file, String name) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, Captures.bytes(name));
  }

  private void write(String file, String content) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }
}
