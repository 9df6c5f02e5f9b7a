package dev.nightjar.kernel.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernel.Captures;
import dev.nightjar.kernel.modules.PciAddress;
import dev.nightjar.kernel.modules.gpu.AcceleratorStatus;
import dev.nightjar.kernel.modules.gpu.AcceleratorStatus.Device;
import dev.nightjar.kernel.modules.memory.MemoryStatus;
import dev.nightjar.kernel.modules.scheduler.SchedulerStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ModuleReadingsTest {
  private static final String MEMORY = "proc_ai_memory__6.1__idle.txt";
  private static final String SCHEDULER = "proc_ai_scheduler__6.1__leases.txt";
  private static final String ACCELERATORS = "proc_ai_gpu__6.1__idle.txt";

  private static String text(String capture) {
    return new String(Captures.bytes(capture), US_ASCII);
  }

  @Test
  void thePoolIsToldInBytes() {
    Map<String, Double> values = Captures.parse(MEMORY, PoolReadings::new);
    assertEquals(8192 * 4096.0, values.get("nightjar.pool.memory{state=free}"));
    assertEquals(0, values.get("nightjar.pool.memory{state=allocated}"));
    assertEquals(0, values.get("nightjar.pool.failures{reason=quota}"));
    assertEquals(8, values.size());
  }

  @Test
  void whatThePoolDoesNotTellIsAbsent() {
    byte[] part = "version: 1.0\nfree_blocks: 17\nowners: many\nfailures: 3\n".getBytes(US_ASCII);
    Map<String, Double> values = Captures.parse(part, PoolReadings::new);
    assertEquals(Map.of("nightjar.pool.failures{reason=empty}", 3.0), values);
  }

  @Test
  void wakeUpsOfAllLeasesAreOneDistribution() {
    Map<String, Double> values = Captures.parse(SCHEDULER, BoostReadings::new);
    assertEquals(2, values.get("nightjar.boost.leases"));
    assertEquals(2, values.get("nightjar.boost.granted"));
    assertEquals(87, values.get("nightjar.boost.wakeups"));
    assertEquals(16_384e-9, values.get("nightjar.boost.wakeup_latency{quantile=0.5}"));
    assertEquals(524_288e-9, values.get("nightjar.boost.wakeup_latency{quantile=0.99}"));
  }

  @Test
  void withoutALeaseThereIsNoLatency() {
    byte[] none = "version: 1.0\nleases: 0\nboosts: 4\n".getBytes(US_ASCII);
    Map<String, Double> values = Captures.parse(none, BoostReadings::new);
    assertEquals(0, values.get("nightjar.boost.leases"));
    assertNull(values.get("nightjar.boost.wakeups"));
    assertEquals(2, values.size());
  }

  @Test
  void everyDrivenDeviceHasItsUse() {
    Map<String, Double> values = Captures.parse(ACCELERATORS, AcceleratorReadings::new);
    assertEquals(0, values.get("nightjar.accelerator.utilization{hw.id=0000:21:00.0}"));
    assertEquals(0.125438, values.get("nightjar.accelerator.busy_time{hw.id=0000:00:03.0}"));
    assertEquals(4 + 4 * 2, values.size());
  }

  @Test
  void theFilesReadAsRecords() {
    MemoryStatus memory = MemoryStatus.parse(text(MEMORY));
    assertEquals(OptionalLong.of(8192), memory.totalBlocks());
    assertEquals(List.of(), memory.perOwner());
    assertEquals(
        List.of(new MemoryStatus.Owner(7, 5)),
        MemoryStatus.parse("owner: pid=7 blocks=5 charged=6\nowner: pid=x blocks=1\n").perOwner());
    SchedulerStatus scheduler = SchedulerStatus.parse(text(SCHEDULER));
    assertEquals(OptionalLong.of(-7), scheduler.boosted().getFirst().niceNow());
    assertEquals(Optional.of(Duration.ofNanos(8192)), scheduler.wakeups().below(0.01));
    AcceleratorStatus gpu = AcceleratorStatus.parse(text(ACCELERATORS));
    assertEquals(4, gpu.engines().size());
    assertEquals("edu", gpu.engines().getLast().backend());
    assertTrue(
        gpu.devices()
            .contains(
                new Device(
                    new PciAddress(0, 0, 5, 0), 0x1002, Optional.empty(), OptionalLong.empty())));
  }
}
