package dev.nightjar.kernel.process;

import dev.nightjar.kernel.process.ProcessOutcome.End;
import dev.nightjar.model.Failure;
import dev.nightjar.model.telemetry.BoundaryReadings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Runs a program through Java's own means, where the exact ones are missing. */
public final class PlainProcess {
  private static final int LOOK_MILLIS = 100;
  private static final int GRACE_MILLIS = 2000;

  private PlainProcess() {}

  public static ProcessOutcome run(ProcessCommand command, LongConsumer started)
      throws InterruptedException {
    if (command.cpus() != null) {
      throw new Failure.Unavailable(
          "Pinning to CPUs needs Linux 5.3 and glibc 2.34: take the setting out on this host.");
    }
    ProcessBuilder builder = new ProcessBuilder(command.argv());
    builder.directory(command.folder().toFile());
    builder.environment().putAll(command.environment());
    builder.redirectInput(new File(isWindows() ? "NUL" : "/dev/null"));
    builder.redirectOutput(command.stdout().toFile());
    if (command.stderr().equals(command.stdout())) {
      builder.redirectErrorStream(true);
    } else {
      builder.redirectError(command.stderr().toFile());
    }
    Instant startedAt = Instant.now();
    long startNanos = System.nanoTime();
    Process process = start(builder, command);
    try {
      started.accept(process.pid());
      return await(process, command, startedAt, startNanos);
    } catch (RuntimeException | Error | InterruptedException e) {
      end(process);
      throw e;
    }
  }

  private static boolean isWindows() {
    return File.separatorChar == '\\';
  }

  private static Process start(ProcessBuilder builder, ProcessCommand command) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new Failure.Misuse(
          // Only the program: the arguments may hold secrets.
          "The command '" + command.argv().getFirst() + "' could not be started: " + e.getMessage(),
          e);
    }
  }

  private static ProcessOutcome await(
      Process process, ProcessCommand command, Instant startedAt, long startNanos)
      throws InterruptedException {
    End end = End.EXITED;
    while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      if (System.nanoTime() - startNanos >= command.timeout().toNanos()) {
        end = End.TIMED_OUT;
      } else if (isTooLarge(command.stdout(), command) || isTooLarge(command.stderr(), command)) {
        end = End.TOO_MUCH_OUTPUT;
      }
      if (end != End.EXITED) {
        end(process);
        break;
      }
    }
    long wallNanos = System.nanoTime() - startNanos;
    int status = process.waitFor();
    // Java folds "ended by signal N" into 128 + N, as shells do.
    boolean signalled = !isWindows() && end == End.EXITED && status > 128;
    return new ProcessOutcome(
        signalled ? End.SIGNALLED : end,
        signalled ? status - 128 : status,
        startedAt,
        wallNanos,
        BoundaryReadings.ABSENT);
  }

  private static boolean isTooLarge(Path file, ProcessCommand command) {
    return file.toFile().length() > command.mostOutputBytes();
  }

  private static void end(Process process) throws InterruptedException {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroy();
    descendants.forEach(ProcessHandle::destroy);
    if (!process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
  }
}
