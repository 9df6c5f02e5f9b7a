package dev.nightjar.kernel.modules.scheduler;

import dev.nightjar.kernel.modules.KernelModule;
import dev.nightjar.kernel.modules.ModuleFailure;
import dev.nightjar.kernel.modules.ProcLines;
import dev.nightjar.kernel.modules.abi.SchedulerAbi;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What {@code /proc/ai_scheduler} says. A figure that is not there is empty.
 *
 * @param leases alive now
 * @param boosts given since the module was loaded, as the next four
 * @param expired ended by their deadline
 * @param refused for lack of permission
 * @param shifts a boost taken or given back for a device's sake
 * @param overridden not restored, since another had changed the task meanwhile
 * @param boosted the tasks that have a lease; only the administrator is told
 * @param wakeups how long those tasks waited for a CPU, all together, since their leases began;
 *     likewise
 */
public record SchedulerStatus(
    OptionalLong leases,
    OptionalLong boosts,
    OptionalLong expired,
    OptionalLong refused,
    OptionalLong shifts,
    OptionalLong overridden,
    List<Boosted> boosted,
    LatencyHistogram wakeups) {
  /** The file. */
  public static final String FILE = "/proc/ai_scheduler";

  /** A task with a lease: thread and process as this PID namespace numbers them. */
  public record Boosted(
      OptionalLong thread,
      OptionalLong process,
      OptionalLong niceNow,
      OptionalLong remainingMillis) {}

  /**
   * Reads the file.
   *
   * @throws ModuleFailure.Absent where the module is not loaded
   */
  public static SchedulerStatus read() throws ModuleFailure {
    return of(ProcLines.read(KernelModule.AI_SCHEDULER, FILE));
  }

  /** Reads a text of the file. */
  public static SchedulerStatus parse(String text) {
    return of(ProcLines.of(text));
  }

  private static SchedulerStatus of(ProcLines lines) {
    return new SchedulerStatus(
        lines.number("leases"),
        lines.number("boosts"),
        lines.number("expired"),
        lines.number("refused"),
        lines.number("shifts"),
        lines.number("overridden"),
        lines.all("lease").stream().map(ProcLines::words).map(SchedulerStatus::boosted).toList(),
        lines.all("histogram").stream()
            .map(SchedulerStatus::histogram)
            .reduce(LatencyHistogram.EMPTY, LatencyHistogram::plus));
  }

  private static Boosted boosted(Map<String, String> words) {
    return new Boosted(
        ProcLines.number(words, "tid"),
        ProcLines.number(words, "tgid"),
        ProcLines.number(words, "nice_now"),
        ProcLines.number(words, "remaining_ms"));
  }

  /** A line such as {@code tid=12 14:3 15:1}: bucket and count. */
  private static LatencyHistogram histogram(String line) {
    long[] counts = new long[SchedulerAbi.BUCKETS];
    for (String word : line.split(" ")) {
      String[] pair = word.split(":", 2);
      if (pair.length == 2) {
        long bucket = ProcLines.number(pair[0], 10).orElse(-1);
        if (bucket >= 0 && bucket < counts.length) {
          counts[(int) bucket] = ProcLines.number(pair[1], 10).orElse(0);
        }
      }
    }
    return new LatencyHistogram(counts);
  }
}
