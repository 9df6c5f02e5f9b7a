package dev.nightjar.cli;

import dev.nightjar.cli.command.ExitCode;
import dev.nightjar.model.Failure;
import dev.nightjar.store.sql.Outage;
import java.io.IOException;
import java.util.Optional;

/**
 * What a command ends with that threw: never with a code that means a verdict.
 *
 * @param exitCode an {@link ExitCode}
 * @param sentence for the person
 * @param isDefect whether where it came from is to be shown
 */
public record Ending(int exitCode, String sentence, boolean isDefect) {
  private static final String DEFECT =
      "this is a defect in Nightjar; please report it with the lines below.";

  static Ending of(Throwable thrown) {
    return ofShortFiles(thrown)
        .or(() -> cause(thrown, Failure.class).map(Ending::ofFailure))
        .or(() -> cause(thrown, InterruptedException.class).map(e -> environment("interrupted.")))
        .or(() -> cause(thrown, OutOfMemoryError.class).map(Ending::ofShortMemory))
        .or(() -> ofFullDisk(thrown))
        .or(() -> Outage.in(thrown).map(Ending::ofFailure))
        .orElseGet(() -> new Ending(ExitCode.DEFECT, DEFECT, true));
  }

  private static Ending ofFailure(Failure failure) {
    int code =
        switch (failure) {
          case Failure.Misuse _ -> ExitCode.USAGE;
          case Failure.NoVerdict _ -> ExitCode.NO_VERDICT;
          case Failure.Unavailable _ -> ExitCode.ENVIRONMENT;
        };
    return new Ending(code, String.valueOf(failure.getMessage()), false);
  }

  private static Ending ofShortMemory(OutOfMemoryError error) {
    return environment(
        String.valueOf(error.getMessage()).contains("native thread")
            ? "the system gives this process no more threads: raise the limit of processes (ulimit"
                + " -u, or pids.max of its control group)."
            : "out of memory; give it more with NIGHTJAR_JAVA_OPTS=-Xmx2g, and please report what"
                + " it did.");
  }

  /** Before all else, as it is behind files of which another sentence says that they are amiss. */
  private static Optional<Ending> ofShortFiles(Throwable thrown) {
    return saidBySystem(thrown, "Too many open files")
        .map(e ->
            environment(
                "this process may open no more files at once: raise the limit (ulimit -n)."));
  }

  private static Optional<Ending> ofFullDisk(Throwable thrown) {
    return saidBySystem(thrown, "No space left on device")
        .or(() -> saidBySystem(thrown, "Disk quota exceeded"))
        .map(e -> environment("no space is left for what it writes: " + e.getMessage() + "."));
  }

  /** Java has no type for what the system had no more of, only the system's words. */
  private static Optional<IOException> saidBySystem(Throwable thrown, String words) {
    return cause(thrown, IOException.class)
        .filter(e -> String.valueOf(e.getMessage()).contains(words));
  }

  private static Ending environment(String sentence) {
    return new Ending(ExitCode.ENVIRONMENT, sentence, false);
  }

  private static <T extends Throwable> Optional<T> cause(Throwable thrown, Class<T> type) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
    }
    return Optional.empty();
  }
}
