package dev.nightjar.kernel;

import dev.nightjar.kernel.bpf.BpfOptions;
import dev.nightjar.kernel.linux.CannotOpen;
import dev.nightjar.kernel.linux.HeldFile;
import dev.nightjar.kernel.proc.KernelRoot;
import dev.nightjar.model.telemetry.TelemetryBatch;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What sampling costs on this host: a program to be run by hand, no test.
 *
 * <pre>
 * ./mvnw -q -pl kernel -am test-compile
 * java --enable-native-access=ALL-UNNAMED -cp kernel/target/classes:kernel/target/test-classes:db/model/target/classes \
 *   dev.nightjar.kernel.SamplerCost SECONDS
 * </pre>
 */
final class SamplerCost {
  private static final int READS = 2000;
  private static final List<String> FILES =
      List.of(
          "/proc/stat",
          "/proc/pressure/cpu",
          "/proc/vmstat",
          "/proc/diskstats",
          "/proc/net/dev",
          "/proc/meminfo",
          "/proc/loadavg");

  private SamplerCost() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
    out.println("kernel " + new KernelRoot(Path.of("/")).text("/proc/sys/kernel/osrelease"));
    out.println("load " + new KernelRoot(Path.of("/")).text("/proc/loadavg"));
    for (String file : FILES) {
      pread(file);
      channel(file);
      out.printf(
          "%-20s pread median %5.1f us   FileChannel median %5.1f us%n",
          file, pread(file) / 1e3, channel(file) / 1e3);
    }
    sample(out, 20); // until the just-in-time compiler has done its part
    sample(out, seconds);
  }

  private static long pread(String name) throws CannotOpen {
    long[] nanos = new long[READS];
    try (HeldFile file = HeldFile.open(name, false)) {
      for (int i = 0; i < READS; i++) {
        long start = System.nanoTime();
        file.read();
        nanos[i] = System.nanoTime() - start;
      }
    }
    return median(nanos);
  }

  private static long channel(String name) throws IOException {
    long[] nanos = new long[READS];
    byte[] bytes = new byte[1 << 16];
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    try (FileChannel file = FileChannel.open(Path.of(name))) {
      for (int i = 0; i < READS; i++) {
        long start = System.nanoTime();
        buffer.clear();
        while (file.read(buffer, buffer.position()) > 0) {
          // until nothing comes
        }
        buffer.flip();
        buffer.get(bytes, 0, buffer.limit());
        nanos[i] = System.nanoTime() - start;
      }
    }
    return median(nanos);
  }

  private static long median(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length / 2];
  }

  private static void sample(PrintStream out, int seconds) throws InterruptedException {
    AtomicLong values = new AtomicLong();
    AtomicLong metrics = new AtomicLong();
    try (HostSampler sampler =
        HostSampler.start(
            HostPlatform.current(),
            HostSampler.DEFAULT_INTERVAL,
            Duration.ofSeconds(5),
            BpfOptions.NONE,
            batches -> {
              metrics.set(batches.size());
              for (TelemetryBatch batch : batches) {
                values.addAndGet(batch.values().length);
              }
            })) {
      Thread.sleep(1000);
      long processBefore = processCpuNanos();
      long threadsBefore = samplerCpuNanos();
      long ticksBefore = sampler.ticks();
      long wall = System.nanoTime();
      Thread.sleep(seconds * 1000L);
      wall = System.nanoTime() - wall;
      double threads = samplerCpuNanos() - threadsBefore;
      double process = processCpuNanos() - processBefore;
      long ticks = sampler.ticks() - ticksBefore;
      out.printf(
          "%d s: %d ticks, %d metrics, %d values; sampler threads %.3f %% of a core (%.0f us a"
              + " tick), whole JVM %.3f %%%n",
          seconds,
          ticks,
          metrics.get(),
          values.get(),
          100 * threads / wall,
          threads / 1e3 / ticks,
          100 * process / wall);
    }
  }

  private static long processCpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long samplerCpuNanos() {
    long nanos = 0;
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("nightjar-")) {
        nanos += ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId());
      }
    }
    return nanos;
  }
}
