package dev.nightjar.kernel.modules.memory;

import dev.nightjar.kernel.modules.ModuleFailure;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of the pool that lie in a row. They are this process's until they or their pool are
 * closed; what a device still does with them then keeps their pages from others until it is done.
 */
public final class PinnedBlocks implements AutoCloseable {
  private final PinnedPool pool;
  private final long firstHandle;
  private final int count;
  private final int blockBytes;
  private final Arena arena = Arena.ofShared();
  private @Nullable MemorySegment memory;

  PinnedBlocks(PinnedPool pool, long firstHandle, int count, int blockBytes) {
    this.pool = pool;
    this.firstHandle = firstHandle;
    this.count = count;
    this.blockBytes = blockBytes;
  }

  /** How many blocks. */
  public int count() {
    return count;
  }

  /** Bytes of all blocks together. */
  public long bytes() {
    return (long) count * blockBytes;
  }

  /**
   * The blocks as memory of this process, mapped when first asked for. It can be handed to any
   * native call, {@code O_DIRECT} reads included.
   *
   * @return a segment that is an {@link IllegalStateException} to touch after the close
   * @throws ModuleFailure if it cannot be mapped
   * @throws IllegalStateException if the blocks are closed
   */
  public synchronized MemorySegment memory() throws ModuleFailure {
    requireOpen();
    if (memory == null) {
      memory = pool.map(firstHandle, bytes(), arena);
    }
    return memory;
  }

  public PinnedPool pool() {
    return pool;
  }

  /** The handle of the block in which a byte lies. */
  public long handleOf(long offset) {
    requireOpen();
    return firstHandle + offset / blockBytes;
  }

  private void requireOpen() {
    if (!arena.scope().isAlive()) {
      throw new IllegalStateException("the blocks are closed");
    }
  }

  /**
   * Unmaps the blocks and gives them back.
   *
   * @throws IllegalStateException if a native call is using their memory; they stay open then
   */
  @Override
  public synchronized void close() {
    if (!arena.scope().isAlive()) {
      return;
    }
    arena.close();
    memory = null;
    try {
      pool.free(this, firstHandle);
    } catch (ModuleFailure e) {
      throw new IllegalStateException("blocks of this process could not be given back", e);
    }
  }
}
