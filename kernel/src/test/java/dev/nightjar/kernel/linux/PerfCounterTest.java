package dev.nightjar.kernel.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernel.linux.NativeProcess.Usage;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * By the kernel's own clock, which any machine has: opening, inheriting, enabling at {@code execve}
 * and reading are the same for the processor's counters.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "perf_event_open is Linux's")
class PerfCounterTest {
  private static final String BUSY = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";

  @TempDir Path folder;

  @Test
  void countsTheProgramWithItsChildrenAndNothingOfThisJvm() throws Exception {
    try (PerfCounter counter = PerfCounter.open(PerfCounter.Event.TASK_CLOCK)) {
      spinNanos(50_000_000);
      assertEquals(OptionalLong.empty(), counter.read(), "no program has run");
      Usage usage = run("(%s) & (%s) & wait".formatted(BUSY, BUSY));
      long nanos = counter.read().orElseThrow();
      long used = usage.userCpuNanos() + usage.systemCpuNanos();
      assertTrue(used > 20_000_000, "the children must have worked: " + used);
      assertTrue(Math.abs(nanos - used) < 0.2 * used + 5_000_000, nanos + " of " + used);
    }
  }

  @Test
  void aSecondProgramIsCountedByItsOwnCounterAlone() throws Exception {
    long first;
    try (PerfCounter counter = PerfCounter.open(PerfCounter.Event.TASK_CLOCK)) {
      run(BUSY);
      first = counter.read().orElseThrow();
    }
    try (PerfCounter counter = PerfCounter.open(PerfCounter.Event.TASK_CLOCK)) {
      run("true");
      assertTrue(counter.read().orElseThrow() < first);
    }
  }

  private Usage run(String script) throws Exception {
    Path out = folder.resolve("out");
    NativeProcess process =
        NativeProcess.start(
            List.of("/bin/sh", "-c", script),
            List.of("PATH=/bin:/usr/bin"),
            folder,
            out,
            out,
            null);
    assertTrue(process.awaitEnd(60_000));
    return process.reap();
  }

  private static void spinNanos(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
  }

  /** A counter that shared the processor's with others, or counted on some cores alone. */
  @ParameterizedTest
  @CsvSource({"7,100,100,7", "7,100,99,", "7,100,50,", "0,100,100,", "7,0,0,", "7,100,0,"})
  void whatDidNotCountAllOfTheTimeIsAbsent(long count, long enabled, long running, Long told) {
    OptionalLong reading = PerfCounter.reading(count, enabled, running);
    assertEquals(told == null ? OptionalLong.empty() : OptionalLong.of(told), reading);
  }
}
