package dev.nightjar.kernel.modules.scheduler;

import dev.nightjar.kernel.linux.DeviceFile;
import dev.nightjar.kernel.linux.Errno;
import dev.nightjar.kernel.linux.Threads;
import dev.nightjar.kernel.modules.KernelModule;
import dev.nightjar.kernel.modules.ModuleFailure;
import dev.nightjar.kernel.modules.PciAddress;
import dev.nightjar.kernel.modules.abi.SchedulerAbi;
import dev.nightjar.kernel.modules.abi.Struct;
import java.lang.foreign.Arena;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Boosts that end by themselves, by {@code ai_scheduler}: at their deadline, when they are closed,
 * when this process ends in whatever way, when the boosted thread ends, or when the module is
 * unloaded. For any number of threads.
 */
public final class TaskBoost implements AutoCloseable {
  private static final KernelModule MODULE = KernelModule.AI_SCHEDULER;

  private final DeviceFile file;
  private final long features;
  private final Duration longest;

  private TaskBoost(DeviceFile file, long features, Duration longest) {
    this.file = file;
    this.features = features;
    this.longest = longest;
  }

  /**
   * Opens the module.
   *
   * @throws ModuleFailure.Absent where the module is not loaded
   * @throws ModuleFailure.NotPermitted where this user may not use it
   * @throws ModuleFailure.Incompatible where it speaks another version
   */
  public static TaskBoost open() throws ModuleFailure {
    DeviceFile file = MODULE.open();
    try (Arena arena = Arena.ofConfined()) {
      Struct version = Struct.of(SchedulerAbi.VERSION, arena);
      MODULE.call(file, 0, version, "telling its version");
      Duration longest = Duration.ofNanos(version.get("duration_max_ns"));
      return new TaskBoost(file, version.get("features"), longest);
    } catch (ModuleFailure e) {
      file.close();
      throw e;
    }
  }

  /** Whether the administrator allows {@link BoostLevel#realTime}. */
  public boolean allowsRealTime() {
    return (features & SchedulerAbi.FEATURE_FIFO) != 0;
  }

  /** The longest time for which a boost can be had at once. */
  public Duration longest() {
    return longest;
  }

  /** A boost that has nothing to do with a device. */
  public BoostLease lease(BoostedTask task, BoostLevel level, Duration duration)
      throws ModuleFailure {
    return lease(task, level, duration, null);
  }

  /**
   * Boosts a thread until the lease is closed, at most for the given time.
   *
   * @param duration 1 ms to {@link #longest}
   * @param role what it does for a device; absent for none
   * @throws ModuleFailure.Busy if the thread has a lease already
   * @throws ModuleFailure.NotPermitted by setpriority's rule, or for real time
   * @throws ModuleFailure.Ended if there is no such thread
   */
  public BoostLease lease(
      BoostedTask task, BoostLevel level, Duration duration, @Nullable DeviceRole role)
      throws ModuleFailure {
    try (Arena arena = Arena.ofConfined()) {
      Struct request = Struct.of(SchedulerAbi.REQUEST, arena);
      request.put("duration_ns", duration.toNanos());
      int flags =
          switch (level) {
            case BoostLevel.Nice(int value) -> {
              request.put("nice", value);
              yield 0;
            }
            case BoostLevel.RealTime _ -> SchedulerAbi.POLICY_FIFO;
          };
      if (role != null) {
        request.put("device", role.device().number());
        flags |= role.flags();
      }
      Struct boost =
          Struct.of(SchedulerAbi.BOOST, arena)
              .put("requests", request.memory().address())
              .put("count", 1)
              .put("request_size", SchedulerAbi.REQUEST.bytes());
      int answer = grant(task, request, flags, boost);
      if (answer < 0) {
        throw ModuleFailure.of(MODULE, "boosting a task", -answer);
      }
      return new BoostLease(this, request.get("lease"));
    }
  }

  private int grant(BoostedTask task, Struct request, int flags, Struct boost) {
    return switch (task) {
      case BoostedTask.CallingThread _ -> {
        if (Thread.currentThread().isVirtual()) {
          throw new IllegalArgumentException("a virtual thread has no scheduling of its own");
        }
        yield grantByThread(Threads.currentId(), request, flags, boost);
      }
      case BoostedTask.LeadingThread(long pid, boolean withChildren) -> {
        int all = withChildren ? flags | SchedulerAbi.CHILDREN : flags;
        yield (features & SchedulerAbi.FEATURE_PIDFD) == 0
            ? grantByThread((int) pid, request, all, boost)
            : Threads.withPidDescriptor(
                pid,
                descriptor -> {
                  request.put("flags", all | SchedulerAbi.TASK_PIDFD).put("task", descriptor);
                  return file.call(MODULE.callNumber(SchedulerAbi.CALL_BOOST), boost.memory());
                });
      }
    };
  }

  private int grantByThread(int thread, Struct request, int flags, Struct boost) {
    request.put("flags", flags | SchedulerAbi.TASK_TID).put("task", thread);
    return file.call(MODULE.callNumber(SchedulerAbi.CALL_BOOST), boost.memory());
  }

  /**
   * Tells how busy a device is that {@code ai_gpu} does not drive, as its vendor's interface says
   * it. Leases of tasks that feed it or wait for it go by that for as long as it is fresh. For a
   * privileged sampler: others' boosts are moved by it.
   *
   * @param utilisation 0 to 1
   * @param fresh 1 ms to 60 s; then the device counts as unknown
   * @throws ModuleFailure.NotPermitted without CAP_SYS_ADMIN
   */
  public void report(PciAddress device, double utilisation, Duration fresh) throws ModuleFailure {
    if (!(utilisation >= 0 && utilisation <= 1)) {
      throw new IllegalArgumentException("a utilisation of " + utilisation + " is not in 0 to 1");
    }
    try (Arena arena = Arena.ofConfined()) {
      Struct report =
          Struct.of(SchedulerAbi.REPORT, arena)
              .put("device", device.number())
              .put("utilisation_permille", Math.round(utilisation * 1000))
              .put("valid_ns", fresh.toNanos());
      MODULE.call(file, SchedulerAbi.CALL_REPORT, report, "taking the use of " + device);
    }
  }

  /** How the module did since it was loaded. */
  public BoostTotals totals() throws ModuleFailure {
    try (Arena arena = Arena.ofConfined()) {
      Struct stats = Struct.of(SchedulerAbi.STATS, arena);
      MODULE.call(file, SchedulerAbi.CALL_STATS, stats, "telling its statistics");
      return new BoostTotals(
          stats.get("leases"),
          stats.get("boosts"),
          stats.get("expired"),
          stats.get("dropped"),
          stats.get("owner_closed"),
          stats.get("task_exited"),
          stats.get("refused"),
          stats.get("shifts"),
          stats.get("overridden"));
    }
  }

  void renew(long lease, Duration duration) throws ModuleFailure {
    try (Arena arena = Arena.ofConfined()) {
      Struct argument =
          Struct.of(SchedulerAbi.LEASE, arena)
              .put("lease", lease)
              .put("duration_ns", duration.toNanos());
      MODULE.call(file, SchedulerAbi.CALL_RENEW, argument, "renewing a lease");
    }
  }

  LeaseState state(long lease) throws ModuleFailure {
    try (Arena arena = Arena.ofConfined()) {
      Struct query = Struct.of(SchedulerAbi.QUERY, arena).put("lease", lease);
      MODULE.call(file, SchedulerAbi.CALL_QUERY, query, "looking at a lease");
      return LeaseState.of(query);
    }
  }

  /** Ends a lease; one that has ended already is as good. */
  void drop(long lease) {
    if (!file.isOpen()) {
      return; // it ended with the file
    }
    try (Arena arena = Arena.ofConfined()) {
      Struct argument = Struct.of(SchedulerAbi.LEASE, arena).put("lease", lease);
      int answer = file.call(MODULE.callNumber(SchedulerAbi.CALL_DROP), argument.memory());
      if (answer < 0 && answer != -Errno.ENOENT) {
        throw new IllegalStateException(ModuleFailure.of(MODULE, "dropping a lease", -answer));
      }
    }
  }

  /** Ends every lease that was taken here. */
  @Override
  public void close() {
    file.close();
  }
}
