package dev.nightjar.kernel.process;

import dev.nightjar.kernel.linux.NativeProcess;
import dev.nightjar.kernel.linux.NativeProcess.Usage;
import dev.nightjar.kernel.proc.KernelRoot;
import dev.nightjar.kernel.process.ProcessOutcome.End;
import dev.nightjar.kernel.process.RunningTotals.Moment;
import dev.nightjar.model.Failure;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program and tells exactly what it used and what the machine did from its start to its end.
 *
 * <p>The program leads its own session. When it has ended, but before it is reaped, its schedstat
 * is read and what is left of its process group is killed: nobody else can have that group's number
 * then. A timeout first asks the group to end (SIGTERM), then kills it, and whatever descendants
 * have left the group. If this JVM is killed, {@link ProcessGuard} ends the group.
 *
 * <p>What to know of the readings. CPU times, faults and switches are {@code wait4}'s: exact, of
 * the program and all descendants it waited for. The peak of memory is exact where it is larger
 * than this JVM's own peak, and absent where it is not, since Linux counts the memory a child
 * shares with its parent until {@code execve}. The run-queue wait is exact for a program of one
 * thread; of others it holds what was seen every tenth of a second at least, so it is a lower
 * bound. Instructions are counted where the command asks for it and the processor counts. Where the
 * C library or kernel is too old (glibc 2.34, Linux 5.3) and on other systems only wall time is
 * measured.
 */
public final class MeasuredProcess {
  private static final int FIRST_LOOK_MILLIS = 20;
  private static final int LATER_LOOK_MILLIS = 100;
  private static final int GRACE_MILLIS = 2000;

  private final ProcessCommand command;
  private final NativeProcess process;
  private final TaskTree tasks;
  private final ProcessGuard guard;
  private final String mark;
  private final long startNanos;
  private boolean isReaped;

  private MeasuredProcess(
      ProcessCommand command,
      NativeProcess process,
      TaskTree tasks,
      ProcessGuard guard,
      String mark,
      long startNanos) {
    this.command = command;
    this.process = process;
    this.tasks = tasks;
    this.guard = guard;
    this.mark = mark;
    this.startNanos = startNanos;
  }

  /**
   * Runs a program to its end.
   *
   * @return how it ended; a failing program is no exception
   * @throws Failure.Misuse if it cannot be started
   * @throws InterruptedException if the calling thread is interrupted; the program is ended first
   */
  public static ProcessOutcome run(ProcessCommand command) throws InterruptedException {
    return run(command, pid -> {});
  }

  /**
   * As the other.
   *
   * @param started is told the process id as soon as there is one; when it throws, or anything else
   *     does while the program runs, the program is ended with its children before that is passed
   *     on
   */
  public static ProcessOutcome run(ProcessCommand command, LongConsumer started)
      throws InterruptedException {
    if (!Files.isDirectory(command.folder())) {
      throw new Failure.Misuse(
          "The working folder " + command.folder() + " does not exist: create it or name another.");
    }
    if (!NativeProcess.isSupported()) {
      return PlainProcess.run(command, started);
    }
    KernelRoot root = KernelRoot.ofThisHost();
    ProcessGuard guard = ProcessGuard.ofThisJvm();
    try (BoundaryReader boundary = BoundaryReader.open(root);
        TaskTree tasks = new TaskTree(root);
        InstructionCounter counter = InstructionCounter.of(command)) {
      String mark = guard.expect();
      Moment before = boundary.read();
      Instant startedAt = Instant.now();
      long startNanos = System.nanoTime();
      MeasuredProcess measured =
          new MeasuredProcess(command, start(command, mark), tasks, guard, mark, startNanos);
      try {
        return measured.toItsEnd(root, boundary, before, startedAt, started).with(counter.read());
      } catch (RuntimeException | Error | InterruptedException failure) {
        measured.abandon(failure);
        throw failure;
      }
    }
  }

  private ProcessOutcome toItsEnd(
      KernelRoot root,
      BoundaryReader boundary,
      Moment before,
      Instant startedAt,
      LongConsumer started)
      throws InterruptedException {
    guard.watch(process.pid());
    started.accept(process.pid());
    // After the start: until then the program shared this JVM's memory and took over its peak.
    long ownPeakBytes = ownPeakBytes(root);
    End forced = awaitOrEnd();
    long wallNanos = System.nanoTime() - startNanos;
    Moment after = boundary.read();
    tasks.scan(List.of((long) process.pid()));
    tasks.read();
    Usage usage = reap();
    return outcome(
        forced,
        usage,
        startedAt,
        wallNanos,
        readings(usage, ownPeakBytes, tasks.waitedNanos(), before, after));
  }

  /** Nobody else knows of the program: it is ended and reaped whatever else fails meanwhile. */
  private void abandon(Throwable failure) {
    try {
      if (!isReaped) {
        end();
      }
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    } finally {
      if (!isReaped) {
        reap();
      }
    }
  }

  private static NativeProcess start(ProcessCommand command, String mark) {
    try {
      return NativeProcess.start(
          command.argv(),
          environment(command, mark),
          command.folder().toAbsolutePath(),
          command.stdout().toAbsolutePath(),
          command.stderr().toAbsolutePath(),
          command.cpus());
    } catch (NativeProcess.CannotStart e) {
      throw new Failure.Misuse(
          // Only the program: the arguments may hold secrets.
          "The command '" + command.argv().getFirst() + "' could not be started: " + e.getMessage(),
          e);
    }
  }

  private static List<String> environment(ProcessCommand command, String mark) {
    Map<String, String> all = new TreeMap<>(System.getenv());
    all.putAll(command.environment());
    all.put(ProcessGuard.MARK, mark);
    List<String> lines = new ArrayList<>(all.size());
    all.forEach((name, value) -> lines.add(name + "=" + value));
    return lines;
  }

  /** Waits for the end; what ended the program if it was not the program itself. */
  private @Nullable End awaitOrEnd() throws InterruptedException {
    long deadline = startNanos + command.timeout().toNanos();
    long lookMillis = FIRST_LOOK_MILLIS;
    while (!process.awaitEnd((int) Math.min(lookMillis, millisUntil(deadline)))) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while " + command.argv().getFirst() + " ran");
      }
      if (System.nanoTime() - deadline >= 0) {
        end();
        return End.TIMED_OUT;
      }
      if (isTooLarge(command.stdout()) || isTooLarge(command.stderr())) {
        end();
        return End.TOO_MUCH_OUTPUT;
      }
      tasks.scan(List.of((long) process.pid()));
      tasks.read();
      lookMillis = Math.min(LATER_LOOK_MILLIS, lookMillis * 2);
    }
    return null;
  }

  private static long millisUntil(long deadlineNanos) {
    return Math.max(1, (deadlineNanos - System.nanoTime()) / 1_000_000);
  }

  private boolean isTooLarge(Path file) {
    return file.toFile().length() > command.mostOutputBytes();
  }

  /**
   * Ends the group, and the descendants that have left it: those that still have their parents are
   * known by their start times, and all by the mark in their environment, unless they cleared it.
   */
  private void end() {
    List<ProcessHandle> descendants =
        ProcessHandle.of(process.pid())
            .map(handle -> handle.descendants().toList())
            .orElse(List.of());
    process.signalGroup(NativeProcess.SIGTERM);
    if (!process.awaitEnd(GRACE_MILLIS)) {
      process.signalGroup(NativeProcess.SIGKILL);
      while (!process.awaitEnd(LATER_LOOK_MILLIS)) {
        process.signalGroup(NativeProcess.SIGKILL);
      }
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
    MarkedProcesses.of(mark).forEach(ProcessHandle::destroyForcibly);
  }

  /** Kills what is left of the group, then takes the status. In this order: see above. */
  private Usage reap() {
    process.signalGroup(NativeProcess.SIGKILL);
    isReaped = true;
    try {
      guard.forget(process.pid());
    } catch (Failure.Unavailable e) {
      // The guard was ended, and has ended the program then; the next start says so.
    }
    return process.reap();
  }

  private static ProcessOutcome outcome(
      @Nullable End forced,
      Usage usage,
      Instant startedAt,
      long wallNanos,
      BoundaryReadings readings) {
    End own = usage.signal() == 0 ? End.EXITED : End.SIGNALLED;
    int status = usage.signal() == 0 ? usage.exitCode() : usage.signal();
    return new ProcessOutcome(
        forced == null ? own : forced, status, startedAt, wallNanos, readings);
  }

  private static BoundaryReadings readings(
      Usage usage, long ownPeakBytes, long waitedNanos, Moment before, Moment after) {
    BoundaryReadings.Builder used =
        BoundaryReadings.builder()
            .put(Indicator.USER_CPU, usage.userCpuNanos())
            .put(Indicator.SYSTEM_CPU, usage.systemCpuNanos())
            .put(Indicator.MINOR_FAULTS, usage.minorFaults())
            .put(Indicator.MAJOR_FAULTS, usage.majorFaults())
            .put(Indicator.VOLUNTARY_SWITCHES, usage.voluntarySwitches())
            .put(Indicator.INVOLUNTARY_SWITCHES, usage.involuntarySwitches())
            .put(Indicator.RUN_QUEUE_WAIT, waitedNanos);
    if (ownPeakBytes >= 0 && usage.maxRssBytes() > ownPeakBytes) {
      used.put(Indicator.MAX_RSS, usage.maxRssBytes());
    }
    return before.until(after, used.build());
  }

  /** {@code VmHWM} of this JVM; negative if it cannot be read. */
  private static long ownPeakBytes(KernelRoot root) {
    for (String line : root.lines("/proc/self/status")) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    return -1;
  }
}
