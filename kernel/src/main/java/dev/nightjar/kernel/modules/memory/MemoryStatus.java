package dev.nightjar.kernel.modules.memory;

import dev.nightjar.kernel.modules.KernelModule;
import dev.nightjar.kernel.modules.ModuleFailure;
import dev.nightjar.kernel.modules.ProcLines;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What {@code /proc/ai_memory} says. A figure that is not there is empty.
 *
 * @param blockBytes bytes of one block
 * @param totalBlocks of the pool
 * @param freeBlocks zeroed and nobody's
 * @param usedBlocks owned by open files
 * @param limboBlocks given back, but their page is still in use
 * @param owners open files
 * @param allocations blocks handed out since the module was loaded
 * @param failures calls that found the pool empty, since then
 * @param quotaFailures calls that met a quota, since then
 * @param fragmentationPermille free blocks that lie in partly used chunks
 * @param perOwner who has how many; only the administrator is told
 */
public record MemoryStatus(
    OptionalLong blockBytes,
    OptionalLong totalBlocks,
    OptionalLong freeBlocks,
    OptionalLong usedBlocks,
    OptionalLong limboBlocks,
    OptionalLong owners,
    OptionalLong allocations,
    OptionalLong failures,
    OptionalLong quotaFailures,
    OptionalLong fragmentationPermille,
    List<Owner> perOwner) {
  /** The file. */
  public static final String FILE = "/proc/ai_memory";

  /** Blocks of one open file, by the process that opened it. */
  public record Owner(long pid, long blocks) {}

  /**
   * Reads the file.
   *
   * @throws ModuleFailure.Absent where the module is not loaded
   */
  public static MemoryStatus read() throws ModuleFailure {
    return of(ProcLines.read(KernelModule.AI_MEM, FILE));
  }

  /** Reads a text of the file. */
  public static MemoryStatus parse(String text) {
    return of(ProcLines.of(text));
  }

  private static MemoryStatus of(ProcLines lines) {
    return new MemoryStatus(
        lines.number("block_bytes"),
        lines.number("total_blocks"),
        lines.number("free_blocks"),
        lines.number("used_blocks"),
        lines.number("limbo_blocks"),
        lines.number("owners"),
        lines.number("allocations"),
        lines.number("failures"),
        lines.number("quota_failures"),
        lines.number("fragmentation_permille"),
        lines.all("owner").stream().flatMap(line -> owner(line).stream()).toList());
  }

  private static Optional<Owner> owner(String line) {
    Map<String, String> words = ProcLines.words(line);
    OptionalLong pid = ProcLines.number(words, "pid");
    OptionalLong blocks = ProcLines.number(words, "blocks");
    return pid.isPresent() && blocks.isPresent()
        ? Optional.of(new Owner(pid.getAsLong(), blocks.getAsLong()))
        : Optional.empty();
  }
}
