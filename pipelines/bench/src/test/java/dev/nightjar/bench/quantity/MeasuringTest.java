package dev.nightjar.bench.quantity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernel.HostOffer;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.kernel.process.ProcessOutcome;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuringTest {
  private static final List<Measured> TIME_AND_INSTRUCTIONS =
      List.of(Measured.TIME, new Measured(Quantity.INSTRUCTIONS));

  private static final HostPlatform COUNTING =
      platform(HostOffer.there("instruction counter", "its own"));
  private static final HostPlatform NOT_COUNTING =
      platform(HostOffer.absent("instruction counter", "perf_event_open: no", "none"));

  @TempDir Path folder;

  /** One of which nothing but its counter is asked. */
  private static HostPlatform platform(HostOffer counter) {
    return (HostPlatform)
        Proxy.newProxyInstance(
            MeasuringTest.class.getClassLoader(),
            new Class<?>[] {HostPlatform.class},
            (proxy, method, arguments) -> counter);
  }

  private String pathWithValgrind() throws Exception {
    Path program = Files.createFile(folder.resolve("valgrind"));
    assertTrue(program.toFile().setExecutable(true));
    return folder.toString();
  }

  @Test
  void theProcessorsCounterComesBeforeValgrind() throws Exception {
    Measuring measuring = Measuring.of(TIME_AND_INSTRUCTIONS, COUNTING, pathWithValgrind());
    assertTrue(measuring.isCountedByTheRun());
    assertEquals(List.of(), measuring.instruments());
    ProcessOutcome counted = outcome(BoundaryReadings.ABSENT.with(Indicator.INSTRUCTIONS, 7));
    assertEquals(
        List.of(Reading.of(Quantity.INSTRUCTIONS, Map.of("counter", "hardware"), 7)),
        measuring.of(counted));
    assertEquals(List.of(), measuring.of(outcome(BoundaryReadings.ABSENT)), "absent, not zero");
  }

  private static ProcessOutcome outcome(BoundaryReadings readings) {
    return new ProcessOutcome(ProcessOutcome.End.EXITED, 0, Instant.EPOCH, 1, readings);
  }

  /** Without the program 'time' only what is larger than this JVM tells its peak. */
  @Test
  void whatARepetitionDoesNotTellIsAbsentWithItsReason() {
    List<Measured> wanted = List.of(Measured.TIME, new Measured(Quantity.PEAK_MEMORY));
    Measuring measuring = Measuring.of(wanted, NOT_COUNTING, "");
    ProcessOutcome small = outcome(BoundaryReadings.ABSENT);
    assertEquals(List.of(), measuring.of(small));
    Measuring.Unmeasured absent = measuring.absentOf(small).getFirst();
    assertEquals("peak-memory", absent.what().toString());
    assertTrue(absent.reason().endsWith("install the program 'time' (the package 'time')"));
    ProcessOutcome large = outcome(BoundaryReadings.ABSENT.with(Indicator.MAX_RSS, 1L << 30));
    assertEquals(List.of(Reading.of(Quantity.PEAK_MEMORY, Map.of(), 0x1p30)), measuring.of(large));
    assertEquals(List.of(), measuring.absentOf(large));
  }

  @Test
  void aPathMayHoldAnything() {
    assertTrue(Measuring.of(TIME_AND_INSTRUCTIONS, NOT_COUNTING, "\0:/x").isTimed());
  }

  @Test
  void valgrindCountsWhereTheProcessorDoesNot() throws Exception {
    Measuring measuring = Measuring.of(TIME_AND_INSTRUCTIONS, NOT_COUNTING, pathWithValgrind());
    assertTrue(measuring.isTimed());
    assertFalse(measuring.isCountedByTheRun());
    assertEquals(1, measuring.instruments().size());
    assertEquals(List.of(), measuring.unmeasured());
  }

  @Test
  void withoutEitherItIsSaidWhatWouldHelp() {
    Measuring measuring = Measuring.of(TIME_AND_INSTRUCTIONS, NOT_COUNTING, "/nowhere:");
    assertEquals(List.of(), measuring.instruments());
    Measuring.Unmeasured left = measuring.unmeasured().getFirst();
    assertEquals("instructions", left.what().toString());
    assertEquals(
        "the processor does not count for us (perf_event_open: no), and there is no Valgrind on the"
            + " PATH: install Valgrind (the package 'valgrind')",
        left.reason());
  }

  @Test
  void cyclesNeedAModelOfCaches() throws Exception {
    List<Measured> cycles = List.of(new Measured(Quantity.ESTIMATED_CYCLES));
    assertEquals(1, Measuring.of(cycles, COUNTING, pathWithValgrind()).instruments().size());
    assertEquals(1, Measuring.of(cycles, COUNTING, "").unmeasured().size());
  }
}
