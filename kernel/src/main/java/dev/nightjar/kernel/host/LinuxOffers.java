package dev.nightjar.kernel.host;

import static java.util.stream.Collectors.joining;

import dev.nightjar.kernel.HostDevice;
import dev.nightjar.kernel.HostOffer;
import dev.nightjar.kernel.linux.Errno;
import dev.nightjar.kernel.modules.KernelModule;
import dev.nightjar.kernel.modules.ModuleFailure;
import dev.nightjar.kernel.proc.KernelRoot;
import dev.nightjar.kernel.process.InstructionCounter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What of Linux and of Nightjar's modules is there to measure with. */
final class LinuxOffers {
  private static final String GOVERNOR = "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor";

  private final KernelRoot root;

  LinuxOffers(KernelRoot root) {
    this.root = root;
  }

  List<HostOffer> read() {
    List<HostOffer> offers = new ArrayList<>();
    offers.add(
        file(
            "pressure stall information",
            "/proc/pressure/cpu",
            "boot a kernel with CONFIG_PSI and psi=1: noise is told from regressions by it"));
    offers.add(
        file(
            "run-queue wait of tasks",
            "/proc/self/schedstat",
            "boot a kernel with CONFIG_SCHED_INFO"));
    offers.add(instructionCounter());
    offers.add(
        file(
            "energy of the processor",
            "/sys/class/powercap/intel-rapl:0/energy_uj",
            "on a machine that has it, as root: chmod a+r"
                + " /sys/class/powercap/intel-rapl:*/energy_uj"));
    offers.add(governor());
    for (KernelModule module : KernelModule.values()) {
      offers.add(module(module));
    }
    offers.add(accelerators());
    return offers;
  }

  private HostOffer accelerators() {
    String subject = "accelerators";
    List<HostDevice> found = new LinuxDevices(root).read();
    return found.isEmpty()
        ? HostOffer.absent(
            subject, "no device node of one", "install its driver, if there is one in this host")
        : HostOffer.there(subject, found.stream().map(LinuxOffers::named).collect(joining(", ")));
  }

  private static String named(HostDevice device) {
    return device.name() + device.driver().map(driver -> " (" + driver + ")").orElse("");
  }

  private HostOffer file(String subject, String name, String remedy) {
    Path file = root.path(name);
    return Files.isReadable(file)
        ? HostOffer.there(subject, file.toString())
        : HostOffer.absent(subject, file + " is not there", remedy);
  }

  HostOffer instructionCounter() {
    String subject = "instruction counter";
    return InstructionCounter.problem()
        .map(problem ->
            HostOffer.absent(
                subject, String.valueOf(problem.getMessage()), counterRemedy(problem.errno())))
        .orElseGet(() -> HostOffer.there(subject, "perf_event_open: the processor's own"));
  }

  private static String counterRemedy(int errno) {
    return switch (errno) {
      case Errno.EACCES, Errno.EPERM ->
          "as root: sysctl kernel.perf_event_paranoid=2; in a container, allow perf_event_open";
      case Errno.ENOENT, Errno.ENODEV, Errno.EOPNOTSUPP ->
          "nothing to do: virtual machines seldom pass the processor's counters on; Valgrind counts"
              + " without them";
      default -> "Valgrind counts without it";
    };
  }

  private HostOffer governor() {
    String subject = "CPU frequency governor";
    return root.text(GOVERNOR)
        .map(String::strip)
        .map(governor ->
            governor.equals("performance")
                ? HostOffer.there(subject, governor)
                : HostOffer.amiss(
                    subject,
                    governor + ": the frequency follows the load, and so do the results",
                    "as root: cpupower frequency-set -g performance"))
        .orElseGet(() ->
            HostOffer.absent(
                subject, "not shown by this host", "nothing to do: common in virtual machines"));
  }

  private HostOffer module(KernelModule module) {
    String subject = "kernel module " + module.word();
    try {
      module.probe(root.path("/"));
      return HostOffer.there(subject, module.device() + ": " + module.purpose());
    } catch (ModuleFailure.Absent absent) {
      return HostOffer.absent(
          subject, "not loaded: Nightjar does without " + module.purpose(), absent.remedy());
    } catch (ModuleFailure failure) {
      return HostOffer.amiss(subject, String.valueOf(failure.getMessage()), failure.remedy());
    }
  }
}
