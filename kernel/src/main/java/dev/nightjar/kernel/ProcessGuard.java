package dev.nightjar.kernel;

import dev.nightjar.model.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends the running benchmarks if this JVM is killed. A shell of a few lines reads the process
 * groups to watch from a pipe; when the pipe ends, because the JVM has ended in whatever way, it
 * kills those that are still watched. It ignores the signals that a terminal sends to the
 * foreground.
 *
 * <p>Rejected: the parent-death signal, which a spawned child cannot set for itself without a
 * program of ours, which reaches the child alone and not its children, and which is sent already
 * when the thread that started it ends.
 */
final class ProcessGuard {
  private static final String SCRIPT =
      """
      trap '' HUP INT QUIT TERM
      cd /
      watched=' '
      while read -r verb group; do
        case $verb in
          watch) watched="$watched$group " ;;
          forget) watched="${watched%% $group *} ${watched#* $group }" ;;
        esac
      done
      for group in $watched; do kill -KILL "-$group"; done
      """;

  private static @Nullable ProcessGuard ofThisJvm;

  private final OutputStream pipe;

  private ProcessGuard(OutputStream pipe) {
    this.pipe = pipe;
  }

  static synchronized ProcessGuard ofThisJvm() {
    if (ofThisJvm == null) {
      ofThisJvm = start();
    }
    return ofThisJvm;
  }

  private static ProcessGuard start() {
    ProcessBuilder shell = new ProcessBuilder(List.of("/bin/sh", "-c", SCRIPT));
    shell.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    shell.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      ProcessGuard guard = new ProcessGuard(shell.start().getOutputStream());
      // The first line takes the JVM tens of milliseconds; between a program's start and its watch
      // there should be microseconds.
      guard.forget(0);
      return guard;
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "The guard that ends benchmarks when Nightjar is killed needs /bin/sh, which did not"
              + " start: "
              + e.getMessage(),
          e);
    }
  }

  synchronized void watch(int group) {
    tell("watch", group);
  }

  synchronized void forget(int group) {
    tell("forget", group);
  }

  private void tell(String verb, int group) {
    try {
      pipe.write((verb + " " + group + "\n").getBytes(StandardCharsets.US_ASCII));
      pipe.flush();
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "The guard that ends benchmarks when Nightjar is killed was itself ended: start again.",
          e);
    }
  }
}
