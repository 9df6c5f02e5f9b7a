package dev.nightjar.kernel.bpf;

import dev.nightjar.kernel.telemetry.Columns;
import dev.nightjar.kernel.telemetry.TelemetrySource;
import dev.nightjar.model.telemetry.TelemetryBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What bpf programs print becomes samples, in the guest that {@code kernel/vm/run --suite bpf}
 * boots, under the load that the suite starts. Arguments: the library that stands in for libcuda,
 * then the programs. A program and no JUnit test: a start of Java takes many seconds there.
 */
public final class BpfInGuest {
  /** Compiling and attaching a program takes long where the CPU is emulated. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private BpfInGuest() {}

  public static void main(String[] args) throws Exception {
    BpfOptions options =
        new BpfOptions(
            List.of(), Optional.of(Path.of(args[0])), "cuLaunchKernel", "cuStreamSynchronize");
    int silent = 0;
    for (String word : List.of(args).subList(1, args.length)) {
      BpfProgram program = BpfProgram.of(word).orElseThrow();
      Map<String, Double> samples = samples(program, options);
      samples.forEach((name, value) -> System.out.println("# sample: " + name + " = " + value));
      if (!complete(program, samples)) {
        System.out.println("FAILED CASE " + word + ": " + samples);
        silent++;
      }
    }
    System.exit(silent);
  }

  /** A latency needs its quantiles and a number of events, a share has to be within the second. */
  private static boolean complete(BpfProgram program, Map<String, Double> samples) {
    String name = "nightjar.bpf." + program.word();
    return switch (program.form()) {
      case MICROS -> {
        double median = samples.getOrDefault(name + "{quantile=0.5}", 0.0);
        yield median > 0
            && samples.getOrDefault(name + "{quantile=0.99}", 0.0) >= median
            && samples.getOrDefault(name + ".events", 0.0) > 0;
      }
      case GROWING_NANOS -> {
        double share = samples.getOrDefault(name, 0.0);
        yield share > 0 && share < 1.5; // a second of an emulated CPU is not exact
      }
    };
  }

  private static Map<String, Double> samples(BpfProgram program, BpfOptions options)
      throws InterruptedException {
    Columns columns = new Columns();
    List<String> skips = new ArrayList<>();
    Map<String, Double> values = new TreeMap<>();
    long end = System.nanoTime() + PATIENCE.toNanos();
    Optional<TelemetrySource> started =
        BpfTracer.start(program, options, columns, skip -> skips.add(skip.toString()));
    if (started.isEmpty()) {
      System.out.println(skips);
      return values;
    }
    try (TelemetrySource source = started.get()) {
      while (!complete(program, values) && skips.isEmpty() && System.nanoTime() < end) {
        Thread.sleep(500);
        source.sample(System.currentTimeMillis());
        for (TelemetryBatch batch : columns.drain()) {
          String attributes = batch.metric().attributes();
          String suffix = attributes.isEmpty() ? "" : "{" + attributes + "}";
          values.put(batch.metric().name() + suffix, batch.values()[batch.values().length - 1]);
        }
      }
    }
    skips.forEach(System.out::println);
    return values;
  }
}
