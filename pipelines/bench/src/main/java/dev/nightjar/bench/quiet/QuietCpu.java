package dev.nightjar.bench.quiet;

import dev.nightjar.bench.quiet.QuietSettings.Boost;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.kernel.modules.ModuleFailure;
import dev.nightjar.kernel.modules.scheduler.BoostLease;
import dev.nightjar.kernel.modules.scheduler.BoostLevel;
import dev.nightjar.kernel.modules.scheduler.BoostedTask;
import dev.nightjar.kernel.modules.scheduler.TaskBoost;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Skip;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives the processes of a run's benchmarks what the settings ask for. For one thread.
 *
 * <p>The boost is of the program's leading thread just after its start; what that starts inherits
 * the nice value, and ends with the repetition. It is renewed for as long as the program runs.
 */
public final class QuietCpu implements AutoCloseable {
  /** Before nearly everything, and behind what the kernel itself runs at -20. */
  private static final BoostLevel LEVEL = BoostLevel.nice(-10);

  private static final Duration LEASE = Duration.ofMinutes(1);

  private final @Nullable TaskBoost boost;
  private final boolean isRequired;
  private final @Nullable BitSet cpus;
  private final Consumer<Skip> skips;
  private final Map<Long, RenewedLease> leases = new HashMap<>();
  private boolean wasRefused;
  private int boosted;

  private QuietCpu(
      @Nullable TaskBoost boost, boolean isRequired, @Nullable BitSet cpus, Consumer<Skip> skips) {
    this.boost = boost;
    this.isRequired = isRequired;
    this.cpus = cpus;
    this.skips = skips;
  }

  /**
   * Opens what the platform has.
   *
   * @param skips is told what is left out for a reason that can be mended; a module that is not
   *     loaded is told by the sampler
   * @throws Failure.Unavailable if a boost is required and cannot be had
   */
  public static QuietCpu open(HostPlatform platform, QuietSettings settings, Consumer<Skip> skips) {
    TaskBoost boost = settings.boost() == Boost.OFF ? null : boost(platform, settings, skips);
    BitSet cpus =
        switch (settings.pinning()) {
          case AUTO -> platform.cpus().isolated().orElse(null);
          case ALL -> null;
          case NAMED -> settings.cpus();
        };
    return new QuietCpu(boost, settings.boost() == Boost.REQUIRED, cpus, skips);
  }

  private static @Nullable TaskBoost boost(
      HostPlatform platform, QuietSettings settings, Consumer<Skip> skips) {
    try {
      return platform.boost();
    } catch (ModuleFailure failure) {
      if (settings.boost() == Boost.REQUIRED) {
        throw required(failure);
      }
      if (!(failure instanceof ModuleFailure.Absent)) {
        skips.accept(skip(failure));
      }
      return null;
    }
  }

  private static Failure.Unavailable required(ModuleFailure failure) {
    return new Failure.Unavailable(
        "The settings require a boost for benchmarks (quiet.boost). "
            + failure.getMessage()
            + " To mend it: "
            + failure.remedy()
            + ".",
        failure);
  }

  private static Skip skip(ModuleFailure failure) {
    return new Skip("bench", "boost of benchmarks", String.valueOf(failure.getMessage()));
  }

  /** The CPUs that benchmarks run on; absent for all. */
  public @Nullable BitSet cpus() {
    return cpus == null ? null : (BitSet) cpus.clone();
  }

  /** Boosts a program that has just been started, with all that it will start. */
  public synchronized void started(long pid) {
    if (boost == null || wasRefused) {
      return;
    }
    try {
      leases.put(pid, RenewedLease.take(boost, BoostedTask.program(pid), LEVEL, LEASE));
      boosted++;
    } catch (ModuleFailure.Ended gone) {
      return; // it was faster than its boost
    } catch (ModuleFailure failure) {
      if (isRequired) {
        throw required(failure);
      }
      wasRefused = true;
      skips.accept(skip(failure));
    }
  }

  /** Gives the boost back when a program has ended. */
  public synchronized void ended(long pid) {
    RenewedLease held = leases.remove(pid);
    if (held != null) {
      held.close();
    }
  }

  /** How many programs were boosted. */
  public synchronized int boosted() {
    return boosted;
  }

  @Override
  public synchronized void close() {
    List.copyOf(leases.keySet()).forEach(this::ended);
    if (boost != null) {
      boost.close();
    }
  }

  /** A lease that is renewed at half its time, so that it outlives this process by little. */
  private static final class RenewedLease implements AutoCloseable {
    private final BoostLease lease;
    private final Thread renewer;

    private RenewedLease(BoostLease lease, Duration duration) {
      this.lease = lease;
      this.renewer =
          Thread.ofPlatform().name("nightjar-boost").daemon().start(() -> renew(lease, duration));
    }

    static RenewedLease take(TaskBoost boost, BoostedTask task, BoostLevel level, Duration most)
        throws ModuleFailure {
      Duration duration = most.compareTo(boost.longest()) < 0 ? most : boost.longest();
      return new RenewedLease(boost.lease(task, level, duration), duration);
    }

    private static void renew(BoostLease lease, Duration duration) {
      try {
        while (true) {
          Thread.sleep(duration.dividedBy(2));
          lease.renew(duration);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the program has ended
      } catch (ModuleFailure ended) {
        return; // with its task, as leases do
      }
    }

    @Override
    public void close() {
      renewer.interrupt();
      boolean wasInterrupted = false;
      while (renewer.isAlive()) {
        try {
          renewer.join();
        } catch (InterruptedException e) {
          wasInterrupted = true;
        }
      }
      lease.close();
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
