package dev.nightjar.kernel.host;

import dev.nightjar.kernel.HostDevice;
import dev.nightjar.kernel.modules.ModuleFailure;
import dev.nightjar.kernel.modules.gpu.AcceleratorStatus;
import dev.nightjar.kernel.proc.KernelRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The devices that Linux has nodes for, and those that {@code ai_gpu} sees on the bus. */
final class LinuxDevices {
  private static final String NODE = "(nvidia\\d+|kfd|renderD\\d+|accel\\d+)";

  private final KernelRoot root;

  LinuxDevices(KernelRoot root) {
    this.root = root;
  }

  List<HostDevice> read() {
    List<HostDevice> devices = new ArrayList<>();
    for (String folder : List.of("/dev", "/dev/dri", "/dev/accel")) {
      for (String name : root.names(folder, "*")) {
        if (name.matches(NODE)) {
          String node = root.path(folder).resolve(name).toString();
          devices.add(new HostDevice(node, Optional.empty()));
        }
      }
    }
    devices.addAll(onTheBus());
    return devices;
  }

  private List<HostDevice> onTheBus() {
    if (!root.exists(AcceleratorStatus.FILE)) {
      return List.of();
    }
    try {
      return AcceleratorStatus.read().devices().stream()
          .map(device -> new HostDevice(device.address().toString(), device.driver()))
          .toList();
    } catch (ModuleFailure e) {
      return List.of(); // what is amiss with the module is told among the offers
    }
  }
}
