package dev.nightjar.kernel;

import dev.nightjar.kernel.bpf.BpfOptions;
import dev.nightjar.kernel.modules.KernelModule;
import dev.nightjar.kernel.modules.ModuleFailure;
import dev.nightjar.kernel.modules.scheduler.TaskBoost;
import dev.nightjar.kernel.process.PlainProcess;
import dev.nightjar.kernel.process.ProcessCommand;
import dev.nightjar.kernel.process.ProcessOutcome;
import dev.nightjar.kernel.process.RunningTotals;
import dev.nightjar.kernel.telemetry.Columns;
import dev.nightjar.kernel.telemetry.TelemetrySource;
import dev.nightjar.model.Host;
import dev.nightjar.model.Machine;
import dev.nightjar.model.Skip;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.LongConsumer;

/** A system that no room knows: what the JDK tells, and that the rest is not known. */
final class PlainPlatform implements HostPlatform {
  private static final String REMEDY =
      "measure on Linux, or take wall times for what they are: noise cannot be told from a"
          + " regression by them alone";

  @Override
  public boolean isHere() {
    return true;
  }

  @Override
  public Host host() {
    SortedMap<String, String> facts = HostFacts.ofTheJdk();
    facts.put("nightjar.kernel.series", HostFacts.series(System.getProperty("os.version", "")));
    facts.put(
        "system.cpu.logical.count", String.valueOf(Runtime.getRuntime().availableProcessors()));
    return HostFacts.host(facts);
  }

  @Override
  public Machine machine() {
    return new Machine(HostFacts.hostName(), HostFacts.hostName());
  }

  @Override
  public HostCpus cpus() {
    return HostCpus.UNKNOWN;
  }

  @Override
  public OptionalLong availableMemoryBytes() {
    return OptionalLong.empty();
  }

  @Override
  public HostTelemetry telemetry(Columns columns) {
    return new NoTelemetry();
  }

  @Override
  public RunningTotals totals() {
    return RunningTotals.UNKNOWN;
  }

  @Override
  public ProcessOutcome run(ProcessCommand command, LongConsumer started)
      throws InterruptedException {
    return PlainProcess.run(command, started);
  }

  /** Which processes come of which program is not known here: none is ended. */
  @Override
  public void endProgramsIn(Path folder) {}

  @Override
  public TaskBoost boost() throws ModuleFailure {
    throw new ModuleFailure.Absent(KernelModule.AI_SCHEDULER);
  }

  @Override
  public HostOffer instructionCounter() {
    return HostOffer.absent(
        "instruction counter", "not known on " + name(), "count instructions on Linux");
  }

  @Override
  public List<HostDevice> devices() {
    return List.of();
  }

  @Override
  public List<HostOffer> offers() {
    return List.of(
        HostOffer.absent("host telemetry", noSampler(), REMEDY),
        HostOffer.absent(
            "readings of repetitions", "only wall time is measured on " + name(), REMEDY),
        instructionCounter(),
        HostOffer.absent(
            "pinning to CPUs",
            "not known on " + name(),
            "leave quiet.cpus out of the settings on this host"),
        HostOffer.absent(
            "accelerators",
            "not looked for on " + name(),
            "nothing to do: a benchmark may use one all the same"));
  }

  private static String name() {
    return System.getProperty("os.name", "this system");
  }

  private static String noSampler() {
    return "there is no sampler for " + name() + " here";
  }

  /** Nothing is sampled. */
  private static final class NoTelemetry implements HostTelemetry {
    @Override
    public void open(BpfOptions bpf) {}

    @Override
    public List<TelemetrySource> fast() {
      return List.of();
    }

    @Override
    public List<TelemetrySource> slow() {
      return List.of();
    }

    @Override
    public List<Skip> absent() {
      return List.of(new Skip("telemetry", "host", noSampler()));
    }

    @Override
    public void watch(long pid) {}

    @Override
    public void forget(long pid) {}

    @Override
    public void close() {}
  }
}
