package dev.nightjar.kernel.modules.memory;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.nightjar.kernel.linux.CannotOpen;
import dev.nightjar.kernel.linux.DeviceFile;
import dev.nightjar.kernel.modules.KernelModule;
import dev.nightjar.kernel.modules.ModuleFailure;
import dev.nightjar.kernel.modules.abi.MemoryAbi;
import dev.nightjar.kernel.modules.abi.Struct;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * This process's share of {@code ai_mem}'s pool: pages that are pinned already, so that neither a
 * page fault nor a copy stands between them and a device. For any number of threads.
 *
 * <p>A crossing into the kernel costs more than the allocator, so blocks are best had many at a
 * time. Blocks come zeroed if another owner had them before; a block that comes back to its last
 * owner holds what it held, unless asked otherwise.
 */
public final class PinnedPool implements AutoCloseable {
  private static final KernelModule MODULE = KernelModule.AI_MEM;

  private final DeviceFile file;
  private final int blockBytes;
  private final Set<PinnedBlocks> blocks = ConcurrentHashMap.newKeySet();

  private PinnedPool(DeviceFile file, int blockBytes) {
    this.file = file;
    this.blockBytes = blockBytes;
  }

  /**
   * Opens the pool.
   *
   * @throws ModuleFailure.Absent where the module is not loaded
   * @throws ModuleFailure.NotPermitted where this user may not use it
   * @throws ModuleFailure.Incompatible where it speaks another version
   */
  public static PinnedPool open() throws ModuleFailure {
    DeviceFile file = MODULE.open();
    try (Arena arena = Arena.ofConfined()) {
      Struct version = Struct.of(MemoryAbi.VERSION, arena);
      MODULE.call(file, 0, version, "telling its version");
      return new PinnedPool(file, (int) version.get("block_bytes"));
    } catch (ModuleFailure e) {
      file.close();
      throw e;
    }
  }

  /** Bytes of one block. */
  public int blockBytes() {
    return blockBytes;
  }

  /** Blocks that lie in a row in this process, on any NUMA node, the caller's first. */
  public PinnedBlocks allocate(int count) throws ModuleFailure {
    return allocate(BlockRequest.of(count));
  }

  /**
   * Allocates blocks that can be mapped as one piece.
   *
   * @throws ModuleFailure.Exhausted naming which limit was met; nothing is allocated then
   * @throws IllegalStateException if the pool is closed
   */
  public PinnedBlocks allocate(BlockRequest request) throws ModuleFailure {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handles = arena.allocate(JAVA_LONG, request.count());
      Struct alloc =
          Struct.of(MemoryAbi.ALLOC, arena)
              .put("flags", MemoryAbi.ALLOC_RUN | request.flags())
              .put("handles", handles.address())
              .put("count", request.count())
              .put("node", request.nodeNumber());
      String what = "allocating " + request.count() + " blocks";
      MODULE.call(file, MemoryAbi.CALL_ALLOC, alloc, what);
      PinnedBlocks allocated =
          new PinnedBlocks(this, handles.get(JAVA_LONG, 0), request.count(), blockBytes);
      blocks.add(allocated);
      return allocated;
    }
  }

  /** What the pool has and what this process has of it. */
  public PoolUse use() throws ModuleFailure {
    try (Arena arena = Arena.ofConfined()) {
      Struct stats = Struct.of(MemoryAbi.STATS, arena);
      MODULE.call(file, MemoryAbi.CALL_STATS, stats, "telling its statistics");
      return new PoolUse(
          stats.get("total_blocks"),
          stats.get("free_blocks"),
          stats.get("used_blocks"),
          stats.get("limbo_blocks"),
          stats.get("file_blocks"));
    }
  }

  MemorySegment map(long handle, long bytes, Arena arena) throws ModuleFailure {
    try {
      return file.map(bytes, handle * blockBytes, arena);
    } catch (CannotOpen e) {
      throw ModuleFailure.of(MODULE, "mapping a block", e.errno());
    }
  }

  /** Gives blocks back. The call stops at the first that is not this file's, which cannot be. */
  void free(PinnedBlocks gone, long firstHandle) throws ModuleFailure {
    if (!blocks.remove(gone) || !file.isOpen()) {
      return; // the kernel took them back with the file
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handles = arena.allocate(JAVA_LONG, gone.count());
      for (int i = 0; i < gone.count(); i++) {
        handles.setAtIndex(JAVA_LONG, i, firstHandle + i);
      }
      Struct free =
          Struct.of(MemoryAbi.FREE, arena)
              .put("handles", handles.address())
              .put("count", gone.count());
      MODULE.call(file, MemoryAbi.CALL_FREE, free, "giving blocks back");
    }
  }

  public DeviceFile file() {
    return file;
  }

  /** Closes all blocks, then the pool. */
  @Override
  public void close() {
    blocks.forEach(PinnedBlocks::close);
    file.close();
  }
}
