package dev.nightjar.jobs.measuring;

import dev.nightjar.doors.Doors;
import dev.nightjar.doors.Ingest;
import dev.nightjar.kernel.HostFacts;
import dev.nightjar.kernel.HostSampler;
import dev.nightjar.model.UuidV7;
import dev.nightjar.model.telemetry.TelemetryBatch;
import dev.nightjar.store.StoreSettings;
import dev.nightjar.store.Stores;
import dev.nightjar.store.embedded.StoreStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What telemetry costs a host from the kernel's files to the disk, as a pipeline has it: the
 * sampler, the route, PostgreSQL and Redis, each as a share of one core.
 *
 * <p>Arguments: an empty folder for the stores, seconds of warming up, seconds of measuring.
 */
public final class TelemetryCost {
  private static final double TICKS_PER_SECOND = 100;
  private static final Duration FLUSH = Duration.ofSeconds(5);

  private TelemetryCost() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    StoreSettings settings =
        new StoreSettings(
            StoreSettings.EMBEDDED,
            StoreSettings.EMBEDDED,
            folder.resolve("data"),
            folder.resolve("cache"),
            Duration.ofMinutes(10));
    try (Stores stores = Stores.open(settings);
        Doors doors = new Doors()) {
      Ingest ingest = doors.ingest(stores.database(), stores.redis(), UuidV7.next());
      long host = stores.database().runs().host(HostFacts.read());
      long machine = stores.database().machines().seen(host, HostFacts.machine());
      AtomicLong values = new AtomicLong();
      AtomicLong metrics = new AtomicLong();
      try (HostSampler _ =
          HostSampler.start(
              HostSampler.DEFAULT_INTERVAL,
              FLUSH,
              batches -> {
                metrics.set(batches.size());
                values.addAndGet(count(batches));
                ingest.telemetry(machine, batches);
              })) {
        System.out.println("load " + Files.readString(Path.of("/proc/loadavg")).strip());
        Costs costs = new Costs(Stores.embedded(settings).status());
        measure("warming up", costs, Integer.parseInt(arguments[1]));
        measure("measured", costs, Integer.parseInt(arguments[2]));
      }
      System.out.printf("%d metrics, %d values stored%n", metrics.get(), values.get());
    }
    Stores.embedded(settings).stop(true);
  }

  private static long count(List<TelemetryBatch> batches) {
    return batches.stream().mapToLong(batch -> batch.values().length).sum();
  }

  private static void measure(String what, Costs costs, int seconds)
      throws IOException, InterruptedException {
    double[] before = costs.seconds();
    long begin = System.nanoTime();
    Thread.sleep(seconds * 1000L);
    double elapsed = (System.nanoTime() - begin) / 1e9;
    double[] after = costs.seconds();
    double[] shares = new double[before.length];
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = 100 * (after[i] - before[i]) / elapsed;
      sum += shares[i];
    }
    System.out.printf(
        "%s, %.0f s, of one core: this JVM %.2f %%, PostgreSQL %.2f %%, Redis %.2f %%; together"
            + " %.2f %%%n",
        what, elapsed, shares[0], shares[1], shares[2], sum);
  }

  /** CPU time of the three processes. */
  private record Costs(long postgres, long redis) {
    Costs(StoreStatus status) {
      this(status.postgres().orElseThrow().pid(), status.redis().orElseThrow().pid());
    }

    double[] seconds() throws IOException {
      double server = ticks(postgres, 11) + ticks(postgres, 13);
      for (ProcessHandle child : ProcessHandle.of(postgres).orElseThrow().children().toList()) {
        server += ticks(child.pid(), 11);
      }
      return new double[] {ticks(ProcessHandle.current().pid(), 11), server, ticks(redis, 11)};
    }

    /** A user and a system time that stand side by side in a process's stat. */
    private static double ticks(long pid, int field) throws IOException {
      String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] words = line.substring(line.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(words[field]) + Long.parseLong(words[field + 1])) / TICKS_PER_SECOND;
    }
  }
}
