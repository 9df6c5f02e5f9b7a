package dev.nightjar.kernel.source;

import dev.nightjar.kernel.modules.memory.MemoryStatus;
import dev.nightjar.kernel.proc.FileSource;
import dev.nightjar.kernel.proc.KernelText;
import dev.nightjar.kernel.telemetry.Columns;
import dev.nightjar.kernel.telemetry.Columns.Column;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** {@code /proc/ai_memory}: how much of the pinned pool is free, and who found it empty. */
final class PoolReadings implements FileSource.Parser {
  private final @Nullable Column free;
  private final @Nullable Column used;
  private final @Nullable Column limbo;
  private final @Nullable Column owners;
  private final @Nullable Column allocations;
  private final @Nullable Column failures;
  private final @Nullable Column quotaFailures;
  private final @Nullable Column fragmentation;

  PoolReadings(Columns columns) {
    free = columns.column("nightjar.pool.memory", "state=free", "By");
    used = columns.column("nightjar.pool.memory", "state=allocated", "By");
    limbo = columns.column("nightjar.pool.memory", "state=limbo", "By");
    owners = columns.column("nightjar.pool.owners", "", "{file}");
    allocations = columns.column("nightjar.pool.allocations", "", "{block}");
    failures = columns.column("nightjar.pool.failures", "reason=empty", "{call}");
    quotaFailures = columns.column("nightjar.pool.failures", "reason=quota", "{call}");
    fragmentation = columns.column("nightjar.pool.fragmentation", "", "1");
  }

  @Override
  public void parse(KernelText text, long epochMillis) {
    MemoryStatus status = MemoryStatus.parse(text.rest());
    bytes(free, epochMillis, status, status.freeBlocks());
    bytes(used, epochMillis, status, status.usedBlocks());
    bytes(limbo, epochMillis, status, status.limboBlocks());
    Columns.put(owners, epochMillis, status.owners(), 1);
    Columns.put(allocations, epochMillis, status.allocations(), 1);
    Columns.put(failures, epochMillis, status.failures(), 1);
    Columns.put(quotaFailures, epochMillis, status.quotaFailures(), 1);
    Columns.put(fragmentation, epochMillis, status.fragmentationPermille(), 1000);
  }

  private static void bytes(
      @Nullable Column column, long epochMillis, MemoryStatus status, OptionalLong blocks) {
    if (status.blockBytes().isPresent() && blocks.isPresent()) {
      long bytes = blocks.getAsLong() * status.blockBytes().getAsLong();
      Columns.put(column, epochMillis, OptionalLong.of(bytes), 1);
    }
  }
}
