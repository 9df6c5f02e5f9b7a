package dev.nightjar.kernel.modules.scheduler;

import dev.nightjar.kernel.modules.PciAddress;
import dev.nightjar.kernel.modules.abi.SchedulerAbi;
import java.util.Optional;

/**
 * What a boosted task does for a device. The boost is then taken from those that wait for the
 * device while it starves, and given to those that feed it.
 *
 * @param part absent if it does neither, and only wants to be near
 * @param near whether it should run on the CPUs of the device's NUMA node
 */
public record DeviceRole(PciAddress device, Optional<Part> part, boolean near) {

  /** What the task does. */
  public enum Part {
    /** It prepares the device's work. */
    FEEDS(SchedulerAbi.ROLE_FEEDS),
    /** It waits for the device's results. */
    WAITS(SchedulerAbi.ROLE_WAITS);

    private final int flag;

    Part(int flag) {
      this.flag = flag;
    }
  }

  int flags() {
    return part.map(p -> p.flag).orElse(0) | (near ? SchedulerAbi.NEAR_DEVICE : 0);
  }
}
