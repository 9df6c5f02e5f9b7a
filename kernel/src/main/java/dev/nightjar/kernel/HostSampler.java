package dev.nightjar.kernel;

import dev.nightjar.kernel.bpf.BpfOptions;
import dev.nightjar.kernel.telemetry.Columns;
import dev.nightjar.kernel.telemetry.TelemetrySource;
import dev.nightjar.model.Skip;
import dev.nightjar.model.telemetry.TelemetryBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the host does, ten times a second unless told otherwise, and hands it on in batches.
 *
 * <p>Counters are stored as the kernel gives them, as running totals: rates are for those who read.
 * The ticks lie on a grid that does not drift. A tick that comes late is recorded with its true
 * time; ticks that were missed altogether, as when the host was suspended, are left out. The clock
 * of a reading never falls, even if the host's is set back.
 *
 * <p>One thread reads, another hands over, so that a slow database costs no reading: batches then
 * grow, up to a bound at which the oldest readings are given up and {@link #absent} says so. What
 * the receiver refuses by throwing is handed to it again with the next batch. Whatever goes wrong
 * here is told by {@link #absent} and never thrown: what is measured beside it stands.
 */
public final class HostSampler implements AutoCloseable {
  /** What 10 Hz is in time. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofMillis(100);

  /** Ticks that are kept while the receiver is busy: ten minutes at 10 Hz. */
  private static final int MOST_TICKS_KEPT = 6000;

  private final long intervalNanos;
  private final long flushNanos;
  private final Consumer<List<TelemetryBatch>> sink;
  private final Columns columns = new Columns();
  private final HostTelemetry host;
  private final int ticksPerSlowTick;
  private final List<Skip> lost = new ArrayList<>();
  private final Thread reader;
  private final Thread deliverer;
  private final Object handover = new Object();
  private @Nullable List<TelemetryBatch> waiting;
  private boolean delivering;
  private boolean wasRefused;
  private volatile boolean closing;
  private boolean closed;
  private long lastEpochMillis = Long.MIN_VALUE;
  private long ticksTaken;
  private volatile long ticks;
  private int ticksSinceDrain;

  private HostSampler(
      HostPlatform platform,
      Duration interval,
      Duration flushEvery,
      Consumer<List<TelemetryBatch>> sink) {
    this.intervalNanos = interval.toNanos();
    this.flushNanos = flushEvery.toNanos();
    this.sink = sink;
    this.ticksPerSlowTick = (int) Math.max(1, Duration.ofSeconds(1).dividedBy(interval));
    this.host = platform.telemetry(columns);
    this.reader = Thread.ofPlatform().name("nightjar-sampler").daemon().unstarted(this::readOn);
    this.deliverer =
        Thread.ofPlatform().name("nightjar-telemetry").daemon().unstarted(this::deliverOn);
  }

  /**
   * Starts to sample a host.
   *
   * @param interval the time between two readings, at least a millisecond
   * @param flushEvery how often the readings are handed to the receiver
   * @param bpf programs to run beside it, for as long as it samples
   * @param sink the receiver; called from one thread, and a last time from {@link #close}
   */
  public static HostSampler start(
      HostPlatform platform,
      Duration interval,
      Duration flushEvery,
      BpfOptions bpf,
      Consumer<List<TelemetryBatch>> sink) {
    if (interval.compareTo(Duration.ofMillis(1)) < 0 || flushEvery.compareTo(interval) < 0) {
      throw new IllegalArgumentException(
          "interval " + interval + " and flush " + flushEvery + " are no sampling");
    }
    HostSampler sampler = new HostSampler(platform, interval, flushEvery, sink);
    sampler.open(bpf);
    sampler.reader.start();
    sampler.deliverer.start();
    return sampler;
  }

  private void open(BpfOptions bpf) {
    try {
      host.open(bpf);
    } catch (RuntimeException | LinkageError e) {
      lost.add(new Skip("telemetry", "host", "what it offers could not all be opened: " + e));
    }
  }

  /** What this host does not offer, or was lost, and why. */
  public List<Skip> absent() {
    List<Skip> all = new ArrayList<>(host.absent());
    synchronized (handover) {
      all.addAll(lost);
    }
    return List.copyOf(all);
  }

  /** Readings taken so far. */
  public long ticks() {
    return ticks;
  }

  /** Also samples the run time and run-queue wait of a process, its threads and descendants. */
  public void watch(long pid) {
    host.watch(pid);
  }

  /** Ends {@link #watch}; what the process had stays in the totals. */
  public void forget(long pid) {
    host.forget(pid);
  }

  private void readOn() {
    long first = System.nanoTime();
    long nextTick = first;
    long nextFlush = first + flushNanos;
    while (!closing) {
      long now = System.nanoTime();
      if (now - nextTick < 0) {
        LockSupport.parkNanos(this, nextTick - now);
        continue;
      }
      tick();
      // On the grid that began with the first tick, past whatever was missed.
      nextTick += intervalNanos * (1 + (now - nextTick) / intervalNanos);
      if (now - nextFlush >= 0) {
        offer();
        nextFlush = now + flushNanos;
      }
    }
    tick();
  }

  private void tick() {
    // The last tick may come within a millisecond of the one before, and a clock may be set back:
    // no
    // two readings of a metric have one time.
    long epochMillis = Math.max(lastEpochMillis + 1, System.currentTimeMillis());
    lastEpochMillis = epochMillis;
    for (TelemetrySource source : host.fast()) {
      source.sample(epochMillis);
    }
    if (ticksTaken % ticksPerSlowTick == 0) {
      for (TelemetrySource source : host.slow()) {
        source.sample(epochMillis);
      }
    }
    ticksTaken++;
    ticks = ticksTaken;
    ticksSinceDrain++;
  }

  /** Hands the readings to the deliverer, unless it is still busy with the last ones. */
  private void offer() {
    synchronized (handover) {
      if (waiting == null && !delivering) {
        waiting = columns.drain();
        ticksSinceDrain = 0;
      } else if (ticksSinceDrain >= MOST_TICKS_KEPT) {
        columns.drain();
        lost.add(
            new Skip(
                "telemetry",
                ticksSinceDrain + " readings",
                "the receiver did not take them in time, so they were given up"));
        ticksSinceDrain = 0;
      }
      wasRefused = false;
      handover.notifyAll();
    }
  }

  private void deliverOn() {
    while (true) {
      List<TelemetryBatch> batches;
      synchronized (handover) {
        while ((waiting == null || wasRefused) && !closing) {
          try {
            handover.wait();
          } catch (InterruptedException e) {
            // Nobody interrupts this thread of ours; if something does, sampling is over.
            Thread.currentThread().interrupt();
            return;
          }
        }
        if (waiting == null || wasRefused) {
          return;
        }
        batches = waiting;
        waiting = null;
        delivering = true;
      }
      deliver(batches);
    }
  }

  private void deliver(List<TelemetryBatch> batches) {
    boolean isTaken = handOver(batches).isEmpty();
    synchronized (handover) {
      delivering = false;
      if (!isTaken) {
        waiting = batches;
        wasRefused = true;
      }
    }
  }

  /** Why the receiver did not take them; empty when it did. */
  private Optional<String> handOver(List<TelemetryBatch> batches) {
    try {
      sink.accept(batches);
      return Optional.empty();
    } catch (RuntimeException | Error e) {
      return Optional.of(e.toString());
    }
  }

  /** Takes a last reading, hands everything over, and releases the files. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    closing = true;
    LockSupport.unpark(reader);
    synchronized (handover) {
      handover.notifyAll();
    }
    joinUninterrupted(reader);
    joinUninterrupted(deliverer);
    host.close();
    handOverTheLast(waiting == null ? List.of() : waiting);
    handOverTheLast(columns.drain());
  }

  private void handOverTheLast(List<TelemetryBatch> batches) {
    if (batches.isEmpty()) {
      return;
    }
    int most = batches.stream().mapToInt(batch -> batch.values().length).max().orElse(0);
    handOver(batches)
        .ifPresent(reason ->
            lost.add(
                new Skip(
                    "telemetry", "the last %d readings".formatted(most), "not stored: " + reason)));
  }

  private static void joinUninterrupted(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
