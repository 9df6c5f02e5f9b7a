package dev.nightjar.kernel.bpf;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernel.Captures;
import dev.nightjar.kernel.bpf.BpfLine.Histogram;
import dev.nightjar.kernel.telemetry.Columns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BpfReadingsTest {
  private static final List<String> CAPTURE =
      new String(Captures.bytes("bpftrace__0.17__inference_latency.json"), US_ASCII)
          .lines()
          .toList();

  @Test
  void aCaptureReadsAsHistograms() {
    assertInstanceOf(BpfLine.Other.class, BpfLine.parse(CAPTURE.getFirst()));
    Histogram second = assertInstanceOf(Histogram.class, BpfLine.parse(CAPTURE.get(1)));
    assertEquals("@inference_latency_us", second.map());
    assertEquals(1, second.buckets().getFirst().count());
    assertEquals(4096, second.below(0.5));
  }

  @Test
  void histogramsBecomeQuantilesInSeconds() {
    Columns columns = new Columns();
    BpfReadings readings = new BpfReadings(BpfProgram.INFERENCE_LATENCY, columns);
    readings.add(BpfLine.parse(CAPTURE.get(1)), 1000);
    Map<String, Double> values = Captures.values(columns);
    assertEquals(0.004096, values.get("nightjar.bpf.inference_latency{quantile=0.5}"));
    assertTrue(values.get("nightjar.bpf.inference_latency.events") > 250);
    assertEquals(3, values.size());
  }

  @Test
  void aSecondWithoutEventsHasNoLatency() {
    Columns columns = new Columns();
    BpfReadings readings = new BpfReadings(BpfProgram.OFF_CPU, columns);
    readings.add(BpfLine.parse("{\"type\": \"hist\", \"data\": {\"@off_cpu_us\": []}}"), 1000);
    assertEquals(Map.of("nightjar.bpf.off_cpu.events", 0.0), Captures.values(columns));
  }

  @Test
  void timeThatGrowsIsAShareOfEachSecond() {
    Columns columns = new Columns();
    BpfReadings readings = new BpfReadings(BpfProgram.CUDA_UTILISATION, columns);
    readings.add(
        BpfLine.parse("{\"type\": \"map\", \"data\": {\"@cuda_wait_ns\": 250000000}}"), 1000);
    assertEquals(Map.of("nightjar.bpf.cuda_utilisation", 0.25), Captures.values(columns));
    readings.add(
        BpfLine.parse("{\"type\": \"map\", \"data\": {\"@cuda_wait_ns\": 350000000}}"), 2000);
    assertEquals(Map.of("nightjar.bpf.cuda_utilisation", 0.1), Captures.values(columns));
  }

  @Test
  void whatIsOfAnotherMapOrNoJsonIsLeftOut() {
    Columns columns = new Columns();
    BpfReadings readings = new BpfReadings(BpfProgram.OFF_CPU, columns);
    for (String line :
        List.of(CAPTURE.get(1), "ERROR: no such tracepoint", "", "{", "[]", "{\"type\": 3}")) {
      readings.add(BpfLine.parse(line), 1000);
    }
    assertEquals(Map.of(), Captures.values(columns));
    assertEquals(
        new BpfLine.Lost(3),
        BpfLine.parse("{\"type\": \"lost_events\", \"data\": {\"events\": 3}}"));
  }

  /** The captures are what {@code kernel/vm/run --suite bpf} showed, and for one program a host. */
  @ParameterizedTest
  @EnumSource(BpfProgram.class)
  void aCaptureOfEachProgramBecomesSamples(BpfProgram program) {
    Columns columns = new Columns();
    BpfReadings readings = new BpfReadings(program, columns);
    String capture = "bpftrace__0.17__" + program.word() + ".json";
    new String(Captures.bytes(capture), US_ASCII)
        .lines()
        .forEach(line -> readings.add(BpfLine.parse(line), 1000));
    Map<String, Double> values = Captures.values(columns);
    String name = "nightjar.bpf." + program.word();
    if (program.form() == BpfProgram.Form.MICROS) {
      assertEquals(
          Set.of(name + "{quantile=0.5}", name + "{quantile=0.99}", name + ".events"),
          values.keySet());
      double median = values.getOrDefault(name + "{quantile=0.5}", 0.0);
      assertTrue(median > 1e-6 && median < 0.01, values.toString());
      assertTrue(values.getOrDefault(name + "{quantile=0.99}", 0.0) >= median, values.toString());
    } else {
      assertEquals(Set.of(name), values.keySet());
      // The stand-in waits about a quarter of the time, the device is at work for 40 % of it.
      double share = values.getOrDefault(name, 0.0);
      assertTrue(share > 0.2 && share < 0.5, values.toString());
    }
  }

  @Test
  void everyProgramIsOnTheClassPathAndPrintsItsMap() throws Exception {
    for (BpfProgram program : BpfProgram.values()) {
      try (var in = BpfTracer.class.getResourceAsStream(program.resource())) {
        assertNotNull(in, program.resource());
        String text = new String(in.readAllBytes(), US_ASCII);
        assertTrue(text.contains("print(" + program.map() + ")"), program.word());
      }
      assertEquals(Optional.of(program), BpfProgram.of(program.word()));
    }
  }
}
