package dev.nightjar.kernel.process;

import dev.nightjar.kernel.proc.KernelRoot;
import dev.nightjar.model.Failure;
import dev.nightjar.model.file.InputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The processes that come of measured programs, wherever they have gone: all inherit the mark that
 * {@link ProcessGuard} puts into a program's environment.
 */
public final class MarkedProcesses {
  private static final Path PROC = Path.of("/proc");
  private static final long PATIENCE_SECONDS = 10;

  /** Linux starts no program with more than 6 MiB of arguments and environment. */
  private static final int ENVIRONMENT_BYTES_MAX = 8 << 20;

  private MarkedProcesses() {}

  /** Those with this mark; none where there is no {@code /proc}. */
  static List<ProcessHandle> of(String mark) {
    return those(process -> environment(process).contains(ProcessGuard.MARK + "=" + mark));
  }

  /**
   * Ends all that come of measured programs of any Nightjar and work in a folder that is about to
   * be removed, such as a build's daemon: it would go on with no ground under it.
   *
   * @param folder without links
   */
  public static void endIn(Path folder) {
    those(process ->
            isIn(folder, process) && environment(process).contains(ProcessGuard.MARK + "="))
        .forEach(MarkedProcesses::end);
  }

  private static void end(ProcessHandle process) {
    if (process.destroyForcibly()) {
      process.onExit().completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
  }

  private static List<ProcessHandle> those(Predicate<Path> which) {
    long self = ProcessHandle.current().pid();
    return new KernelRoot(Path.of("/"))
        .names("/proc", "[1-9]*").stream()
            .filter(pid -> pid.chars().allMatch(Character::isDigit))
            .filter(pid -> Long.parseLong(pid) != self && which.test(PROC.resolve(pid)))
            .map(pid -> ProcessHandle.of(Long.parseLong(pid)))
            .flatMap(Optional::stream)
            .toList();
  }

  private static boolean isIn(Path folder, Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).startsWith(folder);
    } catch (IOException e) {
      return false; // it has ended, or is another user's
    }
  }

  /** Of a process's folder. */
  static String environment(Path process) {
    try (var in = InputFile.of(process.resolve("environ"), Long.MAX_VALUE).stream()) {
      return new String(in.readNBytes(ENVIRONMENT_BYTES_MAX), StandardCharsets.ISO_8859_1);
    } catch (IOException | Failure.Misuse e) {
      return ""; // likewise
    }
  }
}
