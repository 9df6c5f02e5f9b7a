package dev.nightjar.kernel;

import dev.nightjar.kernel.modules.ModuleFailure;
import dev.nightjar.kernel.modules.scheduler.TaskBoost;
import dev.nightjar.kernel.process.ProcessCommand;
import dev.nightjar.kernel.process.ProcessOutcome;
import dev.nightjar.kernel.process.RunningTotals;
import dev.nightjar.kernel.telemetry.Columns;
import dev.nightjar.model.Failure;
import dev.nightjar.model.Host;
import dev.nightjar.model.Machine;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * The operating system as Nightjar uses it: all that differs between systems is behind this, and
 * whoever needs it asks here. An implementation is found by {@link java.util.ServiceLoader}; where
 * none is for the system, the JDK tells what it can, and the rest is absent.
 *
 * <p>What cannot be read is absent, never zero, and {@link #offers} says why. Nothing here needs a
 * privilege to be asked.
 */
public interface HostPlatform {
  /** The one of this system; looked for once. */
  static HostPlatform current() {
    return CurrentPlatform.INSTANCE;
  }

  /** Whether this is the platform of the system that this process runs on. */
  boolean isHere();

  /** What kind of machine this is, as {@link HostFacts} has it. */
  Host host();

  /** The machine itself, as one of its kind. */
  Machine machine();

  /** The CPUs, and which of them are for whom. */
  HostCpus cpus();

  /** How much memory a new process can take without making others lose theirs. */
  OptionalLong availableMemoryBytes();

  /** What can be sampled, to be written to these columns; nothing is open yet. */
  HostTelemetry telemetry(Columns columns);

  /** The machine's running totals, to be read at the ends of what this process itself measures. */
  RunningTotals totals();

  /**
   * Runs a program to its end and tells what it used and what the machine did meanwhile.
   *
   * @param started is told the process id as soon as there is one; when it throws, the program is
   *     ended with its children before that is passed on
   * @return how it ended; a failing program is no exception
   * @throws Failure.Misuse if it cannot be started
   * @throws InterruptedException if the calling thread is interrupted; the program is ended first
   */
  ProcessOutcome run(ProcessCommand command, LongConsumer started) throws InterruptedException;

  /**
   * Ends all that come of programs run by {@link #run} of any Nightjar and work in a folder that is
   * about to be removed.
   *
   * @param folder without links
   */
  void endProgramsIn(Path folder);

  /**
   * Boosts of programs.
   *
   * @throws ModuleFailure where there are none, or not for this user
   */
  TaskBoost boost() throws ModuleFailure;

  /** Whether the processor counts the instructions of a program for this user. */
  HostOffer instructionCounter();

  /** The accelerators and displays that can be seen. */
  List<HostDevice> devices();

  /** What measuring makes use of: whether it is there, and how to get it where it is not. */
  List<HostOffer> offers();
}
