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
 * {@code /proc/meminfo}. "Used" is MemTotal − MemAvailable, as OpenTelemetry defines it for Linux;
 * it is absent where the kernel is too old (before 3.14) to tell what is available.
 */
final class MemoryState implements FileSource.Parser {
  private static final double KIB_PER_BYTE = 1.0 / 1024;

  private final KeyedLines lines =
      new KeyedLines(
          "MemTotal",
          "MemFree",
          "MemAvailable",
          "Buffers",
          "Cached",
          "Dirty",
          "Writeback",
          "SwapTotal",
          "SwapFree",
          "Shmem");
  private final @Nullable Column used;
  private final @Nullable Column free;
  private final @Nullable Column available;
  private final @Nullable Column buffers;
  private final @Nullable Column cached;
  private final @Nullable Column dirty;
  private final @Nullable Column writeback;
  private final @Nullable Column swapUsed;
  private final @Nullable Column swapFree;
  private final @Nullable Column shared;

  MemoryState(Columns columns) {
    used = columns.column("system.memory.usage", "system.memory.state=used", "By");
    free = columns.column("system.memory.usage", "system.memory.state=free", "By");
    buffers = columns.column("system.memory.usage", "system.memory.state=buffers", "By");
    cached = columns.column("system.memory.usage", "system.memory.state=cached", "By");
    available = columns.column("system.memory.linux.available", "", "By");
    shared = columns.column("system.memory.linux.shared", "", "By");
    dirty = columns.column("nightjar.memory.dirty", "", "By");
    writeback = columns.column("nightjar.memory.writeback", "", "By");
    swapUsed = columns.column("system.paging.usage", "system.paging.state=used", "By");
    swapFree = columns.column("system.paging.usage", "system.paging.state=free", "By");
  }

  @Override
  public void parse(KernelText text, long epochMillis) {
    long[] kib = lines.read(text);
    put(used, epochMillis, difference(kib[0], kib[2]), KIB_PER_BYTE);
    put(free, epochMillis, kib[1], KIB_PER_BYTE);
    put(available, epochMillis, kib[2], KIB_PER_BYTE);
    put(buffers, epochMillis, kib[3], KIB_PER_BYTE);
    put(cached, epochMillis, kib[4], KIB_PER_BYTE);
    put(dirty, epochMillis, kib[5], KIB_PER_BYTE);
    put(writeback, epochMillis, kib[6], KIB_PER_BYTE);
    put(swapUsed, epochMillis, difference(kib[7], kib[8]), KIB_PER_BYTE);
    put(swapFree, epochMillis, kib[8], KIB_PER_BYTE);
    put(shared, epochMillis, kib[9], KIB_PER_BYTE);
  }

  private static long difference(long whole, long part) {
    return whole == NONE || part == NONE || part > whole ? NONE : whole - part;
  }
}
