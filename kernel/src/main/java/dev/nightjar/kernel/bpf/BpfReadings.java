package dev.nightjar.kernel.bpf;

import dev.nightjar.kernel.bpf.BpfLine.Histogram;
import dev.nightjar.kernel.proc.KernelText;
import dev.nightjar.kernel.telemetry.Columns;
import dev.nightjar.kernel.telemetry.Columns.Column;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a bpf program prints into readings: of a histogram the median and the 99th percentile,
 * as upper ends of its buckets, and how many events it holds; of a time that grows by how much it
 * grew in the second.
 */
final class BpfReadings {
  private static final double MICROS_PER_SECOND = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private final BpfProgram program;
  private final @Nullable Column median;
  private final @Nullable Column tail;
  private final @Nullable Column events;
  private final @Nullable Column share;
  private long valueBefore;

  BpfReadings(BpfProgram program, Columns columns) {
    this.program = program;
    String name = "nightjar.bpf." + program.word();
    boolean isHistogram = program.form() == BpfProgram.Form.MICROS;
    median = isHistogram ? columns.column(name, "quantile=0.5", "s") : null;
    tail = isHistogram ? columns.column(name, "quantile=0.99", "s") : null;
    events = isHistogram ? columns.column(name + ".events", "", "{event}") : null;
    share = isHistogram ? null : columns.column(name, "", "1");
  }

  /** Adds what a line holds; a second without an event has no latency. */
  void add(BpfLine line, long epochMillis) {
    switch (line) {
      case Histogram histogram when histogram.map().equals(program.map()) -> {
        KernelText.put(events, epochMillis, histogram.count());
        if (histogram.count() > 0) {
          KernelText.put(median, epochMillis, histogram.below(0.5), MICROS_PER_SECOND);
          KernelText.put(tail, epochMillis, histogram.below(0.99), MICROS_PER_SECOND);
        }
      }
      case BpfLine.Value(String map, long value) when map.equals(program.map()) -> {
        KernelText.put(share, epochMillis, value - valueBefore, NANOS_PER_SECOND);
        valueBefore = value;
      }
      default -> {}
    }
  }
}
