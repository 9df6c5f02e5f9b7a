package dev.nightjar.kernel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.kernel.BpfLine.Histogram;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
  void busyTimeIsAShareOfTheSecond() {
    Columns columns = new Columns();
    BpfReadings readings = new BpfReadings(BpfProgram.CUDA_UTILISATION, columns);
    readings.add(
        BpfLine.parse("{\"type\": \"map\", \"data\": {\"@cuda_wait_ns\": 250000000}}"), 1000);
    assertEquals(Map.of("nightjar.bpf.cuda_utilisation", 0.25), Captures.values(columns));
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
