package dev.nightjar.kernel.process;

import dev.nightjar.model.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ends the running benchmarks if this JVM is killed. A shell of a few lines reads the process
 * groups to watch from a pipe; when the pipe ends, because the JVM has ended in whatever way, it
 * kills those that are still watched. It ignores the signals that a terminal sends to the
 * foreground.
 *
 * <p>Between a program's start and its watch the JVM may be killed too, so a program is announced
 * by a mark in its environment before it starts; one that was announced and never watched is looked
 * for by that mark, twice, as it may be about to become the program.
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
      expected=
      while read -r verb group; do
        case $verb in
          expect) expected=$group ;;
          watch) watched="$watched$group " expected= ;;
          forget) watched="${watched%% $group *} ${watched#* $group }" ;;
        esac
      done
      for group in $watched; do kill -KILL "-$group"; done
      [ -n "$expected" ] || exit 0
      for pause in 0 1; do
        sleep $pause
        for program in $(grep -als "NIGHTJAR_PROGRAM=$expected" /proc/[0-9]*/environ); do
          program=${program#/proc/}
          kill -KILL "-${program%/environ}"
        done
      done
      """;

  /** The variable that holds a program's mark. */
  static final String MARK = "NIGHTJAR_PROGRAM";

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
      guard.forget(0); // the first line takes the JVM tens of milliseconds
      return guard;
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "The guard that ends benchmarks when Nightjar is killed needs /bin/sh, which did not"
              + " start: "
              + e.getMessage(),
          e);
    }
  }

  /** Announces the program that is started next, and gives the mark that it has to carry. */
  synchronized String expect() {
    String mark = UUID.randomUUID().toString();
    tell("expect", mark);
    return mark;
  }

  synchronized void watch(int group) {
    tell("watch", Integer.toString(group));
  }

  synchronized void forget(int group) {
    tell("forget", Integer.toString(group));
  }

  private void tell(String verb, String what) {
    try {
      pipe.write((verb + " " + what + "\n").getBytes(StandardCharsets.US_ASCII));
      pipe.flush();
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "The guard that ends benchmarks when Nightjar is killed was itself ended: start again.",
          e);
    }
  }
}
