package dev.nightjar.model.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * What the machine did between the start and the end of one repetition, read exactly at both ends.
 * A reading that could not be taken is absent.
 *
 * @param userCpuNanos CPU time in user mode of the benchmark's processes ({@code wait4}'s rusage)
 * @param systemCpuNanos CPU time in kernel mode, likewise
 * @param maxRssBytes peak resident set of the largest process, likewise
 * @param minorFaults page faults without I/O, likewise
 * @param majorFaults page faults with I/O, likewise
 * @param voluntarySwitches context switches asked for, likewise
 * @param involuntarySwitches context switches forced, likewise
 * @param runQueueWaitNanos time its tasks were runnable and not running ({@code schedstat})
 * @param cpuPressureNanos growth of {@code /proc/pressure/cpu} "some total"
 * @param memoryPressureNanos growth of {@code /proc/pressure/memory} "some total"
 * @param ioPressureNanos growth of {@code /proc/pressure/io} "some total"
 * @param stealNanos CPU time that the hypervisor gave to others, over all CPUs; in ticks of the
 *     kernel's USER_HZ
 * @param throttledNanos time the cgroup was throttled ({@code cpu.stat})
 */
public record BoundaryReadings(
    @Nullable Long userCpuNanos,
    @Nullable Long systemCpuNanos,
    @Nullable Long maxRssBytes,
    @Nullable Long minorFaults,
    @Nullable Long majorFaults,
    @Nullable Long voluntarySwitches,
    @Nullable Long involuntarySwitches,
    @Nullable Long runQueueWaitNanos,
    @Nullable Long cpuPressureNanos,
    @Nullable Long memoryPressureNanos,
    @Nullable Long ioPressureNanos,
    @Nullable Long stealNanos,
    @Nullable Long throttledNanos) {

  /** No reading could be taken. */
  public static final BoundaryReadings ABSENT =
      new BoundaryReadings(
          null, null, null, null, null, null, null, null, null, null, null, null, null);
}
