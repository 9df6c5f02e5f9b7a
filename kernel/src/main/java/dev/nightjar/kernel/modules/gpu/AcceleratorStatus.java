package dev.nightjar.kernel.modules.gpu;

import dev.nightjar.kernel.modules.KernelModule;
import dev.nightjar.kernel.modules.ModuleFailure;
import dev.nightjar.kernel.modules.PciAddress;
import dev.nightjar.kernel.modules.ProcLines;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What {@code /proc/ai_gpu} says. A figure that is not there is empty.
 *
 * @param tickets waiting or running now
 * @param done tickets that ended well since the module was loaded, as the next two
 * @param bytesIn copied to devices
 * @param bytesOut copied from devices
 * @param engines the devices that the module drives
 * @param devices every display, 3D and accelerator device of the host, and those that are driven
 */
public record AcceleratorStatus(
    OptionalLong tickets,
    OptionalLong done,
    OptionalLong bytesIn,
    OptionalLong bytesOut,
    List<Engine> engines,
    List<Device> devices) {
  /** The file. */
  public static final String FILE = "/proc/ai_gpu";

  /**
   * A device that the module drives.
   *
   * @param backend {@code edu}, or {@code null} for no hardware
   * @param state {@code ready}, {@code draining} or {@code failed}
   * @param utilisation share of time busy over about the last second, 0 to 1
   * @param busyMicros time busy since it was found
   */
  public record Engine(
      PciAddress address,
      String backend,
      String state,
      OptionalDouble utilisation,
      OptionalLong busyMicros) {}

  /**
   * A device of the host, with or without a driver.
   *
   * @param vendor PCI's number of its maker; 0x10de is NVIDIA, 0x1002 AMD, 0x8086 Intel
   * @param driver what drives it; empty for nothing
   * @param numaNode where it is attached; empty if the host has one node
   */
  public record Device(
      PciAddress address, long vendor, Optional<String> driver, OptionalLong numaNode) {}

  /**
   * Reads the file.
   *
   * @throws ModuleFailure.Absent where the module is not loaded
   */
  public static AcceleratorStatus read() throws ModuleFailure {
    return of(ProcLines.read(KernelModule.AI_GPU, FILE));
  }

  /** Reads a text of the file. */
  public static AcceleratorStatus parse(String text) {
    return of(ProcLines.of(text));
  }

  private static AcceleratorStatus of(ProcLines lines) {
    return new AcceleratorStatus(
        lines.number("tickets"),
        lines.number("done"),
        lines.number("bytes_in"),
        lines.number("bytes_out"),
        lines.all("engine").stream().flatMap(line -> engine(line).stream()).toList(),
        lines.all("device").stream().flatMap(line -> device(line).stream()).toList());
  }

  private static Optional<Engine> engine(String line) {
    Map<String, String> words = ProcLines.words(line);
    OptionalLong permille = ProcLines.number(words, "utilisation_permille");
    return PciAddress.parse(line.split(" ")[0])
        .map(address ->
            new Engine(
                address,
                words.getOrDefault("backend", ""),
                words.getOrDefault("state", ""),
                permille.isPresent()
                    ? OptionalDouble.of(permille.getAsLong() / 1000.0)
                    : OptionalDouble.empty(),
                ProcLines.number(words, "busy_us")));
  }

  private static Optional<Device> device(String line) {
    Map<String, String> words = ProcLines.words(line);
    Optional<String> driver =
        Optional.ofNullable(words.get("driver")).filter(name -> !name.equals("none"));
    return PciAddress.parse(line.split(" ")[0])
        .map(address ->
            new Device(
                address,
                ProcLines.number(words.getOrDefault("vendor", ""), 16).orElse(0),
                driver,
                ProcLines.number(words, "node")));
  }
}
