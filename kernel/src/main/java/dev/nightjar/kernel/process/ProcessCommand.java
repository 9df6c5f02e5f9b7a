package dev.nightjar.kernel.process;

import dev.nightjar.model.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program to be run and measured.
 *
 * @param argv the program, looked up on PATH, and its arguments
 * @param environment variables set in addition to this process's own
 * @param folder its working folder
 * @param stdout the file that takes its output, written anew
 * @param stderr likewise; may be the same file
 * @param timeout how long it may run
 * @param mostOutputBytes how much it may write to either file before it is ended
 * @param cpus the CPUs it may run on; absent for all that this process may use
 * @param isCounted whether the processor counts its instructions, where it can
 */
public record ProcessCommand(
    List<String> argv,
    Map<String, String> environment,
    Path folder,
    Path stdout,
    Path stderr,
    Duration timeout,
    long mostOutputBytes,
    @Nullable BitSet cpus,
    boolean isCounted) {
  /** Enough for any benchmark's chatter, too little to fill a disk. */
  public static final long DEFAULT_OUTPUT_BYTES = 64L << 20;

  public ProcessCommand {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    if (argv.isEmpty() || argv.getFirst().isEmpty()) {
      throw new Failure.Misuse("A command is empty: name the program to run.");
    }
    argv.forEach(ProcessCommand::refuseNul);
    environment.forEach(ProcessCommand::refuseUnusable);
    cpus = cpus == null ? null : (BitSet) cpus.clone();
  }

  /** A command whose instructions are not counted. */
  public ProcessCommand(
      List<String> argv,
      Map<String, String> environment,
      Path folder,
      Path stdout,
      Path stderr,
      Duration timeout,
      long mostOutputBytes,
      @Nullable BitSet cpus) {
    this(argv, environment, folder, stdout, stderr, timeout, mostOutputBytes, cpus, false);
  }

  /** A command with the usual bounds, in all of this process's CPUs. */
  public static ProcessCommand of(
      List<String> argv, Path folder, Path stdout, Path stderr, Duration timeout) {
    return new ProcessCommand(
        argv, Map.of(), folder, stdout, stderr, timeout, DEFAULT_OUTPUT_BYTES, null);
  }

  /** Another program in this one's place, which runs it. */
  public ProcessCommand as(List<String> otherArgv, Duration otherTimeout) {
    return new ProcessCommand(
        otherArgv, environment, folder, stdout, stderr, otherTimeout, mostOutputBytes, cpus);
  }

  /** The same with one more variable, or another value of one, and uncounted. */
  public ProcessCommand with(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new ProcessCommand(argv, more, folder, stdout, stderr, timeout, mostOutputBytes, cpus);
  }

  private static void refuseNul(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new Failure.Misuse(
          "The command '" + text.replace('\0', '?') + "' holds a NUL character: take it out.");
    }
  }

  private static void refuseUnusable(String name, String value) {
    refuseNul(name);
    refuseNul(value);
    if (name.isEmpty() || name.indexOf('=') >= 0) {
      throw new Failure.Misuse(
          "'" + name + "' is no name of an environment variable: it is empty or holds '='.");
    }
  }
}
