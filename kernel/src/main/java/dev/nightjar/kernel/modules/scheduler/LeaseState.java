package dev.nightjar.kernel.modules.scheduler;

import dev.nightjar.kernel.modules.abi.SchedulerAbi;
import dev.nightjar.kernel.modules.abi.Struct;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How a lease stands.
 *
 * @param remaining until it ends by itself
 * @param niceBefore what the thread gets back
 * @param niceNow what it has
 * @param shifted whether its boost is with the other side of its device now
 * @param utilisation of its device, 0 to 1; empty if there is none, or nothing fresh is known
 * @param wakeups how long the thread waited for a CPU since the lease began
 */
public record LeaseState(
    Duration remaining,
    int niceBefore,
    int niceNow,
    boolean shifted,
    OptionalDouble utilisation,
    LatencyHistogram wakeups) {

  static LeaseState of(Struct query) {
    long permille = query.get("utilisation_permille");
    return new LeaseState(
        Duration.ofNanos(query.get("remaining_ns")),
        query.signed("nice_before"),
        query.signed("nice_now"),
        query.get("state") == SchedulerAbi.STATE_SHIFTED,
        permille == SchedulerAbi.UNKNOWN
            ? OptionalDouble.empty()
            : OptionalDouble.of(permille / 1000.0),
        new LatencyHistogram(query.array("histogram")));
  }
}
