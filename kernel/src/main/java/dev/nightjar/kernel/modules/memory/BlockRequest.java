package dev.nightjar.kernel.modules.memory;

import dev.nightjar.kernel.modules.abi.MemoryAbi;
import java.util.OptionalInt;

/**
 * Blocks that are wanted.
 *
 * @param count 1 to 1,024
 * @param zeroed whether they must hold zeros even if this process had them last
 * @param node the NUMA node they should lie on; empty for the calling thread's
 * @param nodeOnly whether blocks of another node are of no use
 */
public record BlockRequest(int count, boolean zeroed, OptionalInt node, boolean nodeOnly) {
  public BlockRequest {
    if (count < 1 || count > MemoryAbi.BATCH_MAX) {
      throw new IllegalArgumentException(
          count + " blocks: 1 to " + MemoryAbi.BATCH_MAX + " can be had in one call");
    }
    if (node.isPresent() && node.getAsInt() < 0) {
      throw new IllegalArgumentException("there is no NUMA node " + node.getAsInt());
    }
  }

  /** Blocks without further wishes. */
  public static BlockRequest of(int count) {
    return new BlockRequest(count, false, OptionalInt.empty(), false);
  }

  /** The same, holding zeros. */
  public BlockRequest cleared() {
    return new BlockRequest(count, true, node, nodeOnly);
  }

  /** The same, on a node and no other. */
  public BlockRequest onlyOn(int numaNode) {
    return new BlockRequest(count, zeroed, OptionalInt.of(numaNode), true);
  }

  int flags() {
    return (zeroed ? MemoryAbi.ALLOC_ZEROED : 0) | (nodeOnly ? MemoryAbi.ALLOC_NODE_ONLY : 0);
  }

  int nodeNumber() {
    return node.isPresent() ? node.getAsInt() + 1 : 0;
  }
}
