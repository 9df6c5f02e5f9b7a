package dev.nightjar.kernel.host;

import dev.nightjar.kernel.HostCpus;
import dev.nightjar.kernel.HostDevice;
import dev.nightjar.kernel.HostFacts;
import dev.nightjar.kernel.HostOffer;
import dev.nightjar.kernel.HostPlatform;
import dev.nightjar.kernel.HostTelemetry;
import dev.nightjar.kernel.linux.CLibrary;
import dev.nightjar.kernel.modules.ModuleFailure;
import dev.nightjar.kernel.modules.scheduler.TaskBoost;
import dev.nightjar.kernel.proc.CpuList;
import dev.nightjar.kernel.proc.KernelRoot;
import dev.nightjar.kernel.process.BoundaryReader;
import dev.nightjar.kernel.process.MarkedProcesses;
import dev.nightjar.kernel.process.MeasuredProcess;
import dev.nightjar.kernel.process.ProcessCommand;
import dev.nightjar.kernel.process.ProcessOutcome;
import dev.nightjar.kernel.process.RunningTotals;
import dev.nightjar.kernel.telemetry.Columns;
import dev.nightjar.model.Host;
import dev.nightjar.model.Machine;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.LongConsumer;

/** Linux, by {@code /proc}, {@code /sys}, the C library and, where they are, Nightjar's modules. */
public final class LinuxPlatform implements HostPlatform {
  private static final String BOOT_ID = "/proc/sys/kernel/random/boot_id";
  private static final String ISOLATED = "/sys/devices/system/cpu/isolated";
  private static final String STATUS = "/proc/self/status";
  private static final String ALLOWED = "Cpus_allowed_list:";

  private final KernelRoot root;

  /** This system. */
  public LinuxPlatform() {
    this(KernelRoot.ofThisHost());
  }

  /** One whose files are captures; processes and boosts are this system's all the same. */
  public LinuxPlatform(KernelRoot root) {
    this.root = root;
  }

  @Override
  public boolean isHere() {
    return CLibrary.isLinux();
  }

  @Override
  public Host host() {
    SortedMap<String, String> facts = HostFacts.ofTheJdk();
    new LinuxFacts(root, facts).read();
    return HostFacts.host(facts);
  }

  @Override
  public Machine machine() {
    String bootId = root.text(BOOT_ID).map(String::strip).orElseGet(HostFacts::hostName);
    return new Machine(bootId, HostFacts.hostName());
  }

  @Override
  public HostCpus cpus() {
    return new HostCpus(allowed(), root.text(ISOLATED).flatMap(CpuList::parse));
  }

  private Optional<BitSet> allowed() {
    return root.lines(STATUS).stream()
        .filter(line -> line.startsWith(ALLOWED))
        .findFirst()
        .flatMap(line -> CpuList.parse(line.substring(ALLOWED.length())));
  }

  @Override
  public OptionalLong availableMemoryBytes() {
    return new AvailableMemory(root).read();
  }

  @Override
  public HostTelemetry telemetry(Columns columns) {
    return new LinuxTelemetry(root, columns);
  }

  @Override
  public RunningTotals totals() {
    return BoundaryReader.open(root);
  }

  @Override
  public ProcessOutcome run(ProcessCommand command, LongConsumer started)
      throws InterruptedException {
    return MeasuredProcess.run(command, started);
  }

  @Override
  public void endProgramsIn(Path folder) {
    MarkedProcesses.endIn(folder);
  }

  @Override
  public TaskBoost boost() throws ModuleFailure {
    return TaskBoost.open();
  }

  @Override
  public HostOffer instructionCounter() {
    return new LinuxOffers(root).instructionCounter();
  }

  @Override
  public List<HostDevice> devices() {
    return new LinuxDevices(root).read();
  }

  @Override
  public List<HostOffer> offers() {
    return new LinuxOffers(root).read();
  }
}
