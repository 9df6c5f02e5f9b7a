package dev.nightjar.kernel.modules.gpu;

import dev.nightjar.kernel.modules.PciAddress;
import dev.nightjar.kernel.modules.abi.GpuAbi;
import dev.nightjar.kernel.modules.abi.Struct;

/**
 * A device that {@code ai_gpu} drives, as it was when it was asked.
 *
 * @param hardware whether it is more than the kernel's own arithmetic
 * @param ready whether it takes work: not if it drains after a ticket was given up, or has failed
 * @param memoryBytes of the device, that copies can reach
 * @param copyAlign offsets and lengths of copies are multiples of this
 * @param claimed whether any process has it
 * @param tickets waiting or running
 * @param utilisation share of time busy over about the last second, 0 to 1
 */
public record AcceleratorState(
    PciAddress address,
    boolean hardware,
    boolean ready,
    long memoryBytes,
    int copyAlign,
    boolean claimed,
    int tickets,
    double utilisation) {

  static AcceleratorState of(Struct device) {
    return new AcceleratorState(
        PciAddress.ofNumber((int) device.get("device")),
        device.get("backend") != GpuAbi.BACKEND_NULL,
        device.get("state") == GpuAbi.STATE_READY,
        device.get("memory_bytes"),
        (int) device.get("copy_align"),
        device.get("claimed") != 0,
        (int) device.get("tickets"),
        device.get("utilisation_permille") / 1000.0);
  }
}
