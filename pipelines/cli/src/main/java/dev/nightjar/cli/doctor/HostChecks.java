package dev.nightjar.cli.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nightjar.kernel.modules.KernelModule;
import dev.nightjar.kernel.modules.ModuleFailure;
import dev.nightjar.model.file.InputFile;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Checks of the machine itself: tools, kernel interfaces, devices, disk. */
final class HostChecks {
  private static final long FREE_BYTES_LEAST = 2L << 30;
  private static final int ANSWER_SECONDS = 5;

  private final Path root;

  /**
   * Checks below the given folder, which is {@code /} but for tests.
   *
   * @param root where {@code proc}, {@code sys} and {@code dev} are looked for
   */
  HostChecks(Path root) {
    this.root = root;
  }

  /** Everything there is to say about the host. */
  List<Finding> all(Path dataFolder) throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.live("java", Runtime.version() + " at " + System.getProperty("java.home")));
    findings.add(git());
    findings.add(disk(dataFolder));
    findings.add(pressure());
    findings.add(taskSchedstat());
    findings.add(governor());
    for (KernelModule module : KernelModule.values()) {
      findings.add(module(module));
    }
    findings.add(accelerators());
    return findings;
  }

  private static Finding git() throws InterruptedException {
    return answerOf("git", "--version")
        .map(version -> Finding.live("git", version))
        .orElseGet(() ->
            Finding.absent(
                "git",
                "not on the PATH; ingest reads repositories without it",
                "install git: comparing two revisions needs its worktrees"));
  }

  private static Optional<String> answerOf(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      String answer = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      return process.exitValue() == 0 ? Optional.of(answer) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // not installed
    }
  }

  private static Finding disk(Path dataFolder) {
    Path existing = dataFolder;
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!Files.isWritable(existing)) {
      return Finding.problem(
          "data folder",
          dataFolder + " cannot be written",
          "make it writable, or set XDG_DATA_HOME to a folder that is");
    }
    try {
      FileStore store = Files.getFileStore(existing);
      long free = store.getUsableSpace();
      String detail = "%s, %.1f GiB free".formatted(dataFolder, free / (double) (1L << 30));
      return free >= FREE_BYTES_LEAST
          ? Finding.live("data folder", detail)
          : Finding.problem("data folder", detail, "free some space: the stores want 2 GiB");
    } catch (IOException e) {
      return Finding.problem("data folder", dataFolder + ": " + e.getMessage(), "check the disk");
    }
  }

  private Finding pressure() {
    Path file = root.resolve("proc/pressure/cpu");
    return Files.isReadable(file)
        ? Finding.live("pressure stall information", file.toString())
        : Finding.absent(
            "pressure stall information",
            file + " is not there",
            "boot a kernel with CONFIG_PSI and psi=1: noise is told from regressions by it");
  }

  private Finding taskSchedstat() {
    Path file = root.resolve("proc/self/schedstat");
    return Files.isReadable(file)
        ? Finding.live("run-queue wait of tasks", file.toString())
        : Finding.absent(
            "run-queue wait of tasks",
            file + " is not there",
            "boot a kernel with CONFIG_SCHED_INFO");
  }

  private Finding governor() {
    Path file = root.resolve("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
    try {
      String governor = InputFile.of(file, 1 << 16).text().strip();
      return governor.equals("performance")
          ? Finding.live("CPU frequency governor", governor)
          : Finding.problem(
              "CPU frequency governor",
              governor + ": the frequency follows the load, and so do the results",
              "as root: cpupower frequency-set -g performance");
    } catch (IOException e) {
      return Finding.absent(
          "CPU frequency governor",
          "not shown by this host",
          "nothing to do: common in virtual machines");
    }
  }

  private Finding module(KernelModule module) {
    String subject = "kernel module " + module.word();
    try {
      module.probe(root);
      return Finding.live(subject, module.device() + ": " + module.purpose());
    } catch (ModuleFailure.Absent absent) {
      return Finding.absent(
          subject, "not loaded: Nightjar does without " + module.purpose(), absent.remedy());
    } catch (ModuleFailure failure) {
      return Finding.problem(subject, String.valueOf(failure.getMessage()), failure.remedy());
    }
  }

  private Finding accelerators() {
    List<String> found = new ArrayList<>();
    for (String folder : List.of("dev", "dev/dri", "dev/accel")) {
      found.addAll(deviceNodes(root.resolve(folder)));
    }
    return found.isEmpty()
        ? Finding.absent(
            "accelerators",
            "no device node of one",
            "install its driver, if there is one in this host")
        : Finding.live("accelerators", String.join(", ", found));
  }

  private static List<String> deviceNodes(Path folder) {
    try (Stream<Path> devices = Files.list(folder)) {
      return devices
          .map(Path::toString)
          .filter(device -> device.matches(".*/(nvidia\\d+|kfd|renderD\\d+|accel\\d+)"))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of(); // no such folder, no such devices
    }
  }
}
