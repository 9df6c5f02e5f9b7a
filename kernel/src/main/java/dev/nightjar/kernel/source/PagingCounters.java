package dev.nightjar.kernel.source;

import static dev.nightjar.kernel.proc.KernelText.NONE;
import static dev.nightjar.kernel.proc.KernelText.put;

import dev.nightjar.kernel.proc.FileSource;
import dev.nightjar.kernel.proc.KernelText;
import dev.nightjar.kernel.proc.KeyedLines;
import dev.nightjar.kernel.telemetry.Columns;
import dev.nightjar.kernel.telemetry.Columns.Column;
import org.jspecify.annotations.Nullable;

/**
 * {@code /proc/vmstat}: page faults, swapping, reclaim, kills for want of memory. The kernel's
 * {@code pgfault} counts all faults; the minor ones are those that are not major.
 */
final class PagingCounters implements FileSource.Parser {
  private final KeyedLines lines =
      new KeyedLines(
          "pgfault",
          "pgmajfault",
          "pswpin",
          "pswpout",
          "oom_kill",
          "pgsteal_direct",
          "pgsteal_kswapd",
          "workingset_refault_file");
  private final @Nullable Column minor;
  private final @Nullable Column major;
  private final @Nullable Column swapIn;
  private final @Nullable Column swapOut;
  private final @Nullable Column kills;
  private final @Nullable Column direct;
  private final @Nullable Column background;
  private final @Nullable Column refaults;

  PagingCounters(Columns columns) {
    String faults = "system.paging.faults";
    minor = columns.column(faults, "system.paging.fault.type=minor", "{fault}");
    major = columns.column(faults, "system.paging.fault.type=major", "{fault}");
    String operations = "nightjar.paging.swapped";
    swapIn = columns.column(operations, "system.paging.direction=in", "{page}");
    swapOut = columns.column(operations, "system.paging.direction=out", "{page}");
    kills = columns.column("nightjar.memory.oom_kills", "", "{process}");
    direct = columns.column("nightjar.memory.reclaimed", "by=direct", "{page}");
    background = columns.column("nightjar.memory.reclaimed", "by=kswapd", "{page}");
    refaults = columns.column("nightjar.memory.file_refaults", "", "{page}");
  }

  @Override
  public void parse(KernelText text, long epochMillis) {
    long[] counts = lines.read(text);
    boolean both = counts[0] != NONE && counts[1] != NONE && counts[1] <= counts[0];
    put(minor, epochMillis, both ? counts[0] - counts[1] : NONE);
    put(major, epochMillis, counts[1]);
    put(swapIn, epochMillis, counts[2]);
    put(swapOut, epochMillis, counts[3]);
    put(kills, epochMillis, counts[4]);
    put(direct, epochMillis, counts[5]);
    put(background, epochMillis, counts[6]);
    put(refaults, epochMillis, counts[7]);
  }
}
