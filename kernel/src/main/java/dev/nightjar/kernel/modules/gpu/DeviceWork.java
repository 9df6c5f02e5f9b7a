package dev.nightjar.kernel.modules.gpu;

import dev.nightjar.kernel.modules.memory.PinnedBlocks;

/** Something that a device can be given to do. */
public sealed interface DeviceWork {

  /** Copies from pinned memory to the device's, by DMA. */
  static DeviceWork copyIn(PinnedBlocks from, long offset, long deviceOffset, long bytes) {
    return new CopyIn(from, offset, deviceOffset, bytes);
  }

  /** Copies from the device's memory to pinned memory, by DMA. */
  static DeviceWork copyOut(long deviceOffset, PinnedBlocks to, long offset, long bytes) {
    return new CopyOut(deviceOffset, to, offset, bytes);
  }

  /**
   * Computes n! modulo 2^32, which is what QEMU's teaching device can do.
   *
   * @param n 0 to 2^32 - 1
   */
  static DeviceWork factorial(long n) {
    return new Factorial(n);
  }

  /** See {@link #copyIn}; within one block. */
  record CopyIn(PinnedBlocks from, long offset, long deviceOffset, long bytes)
      implements DeviceWork {
    public CopyIn {
      requireInside(from, offset, bytes);
    }
  }

  /** See {@link #copyOut}; within one block. */
  record CopyOut(long deviceOffset, PinnedBlocks to, long offset, long bytes)
      implements DeviceWork {
    public CopyOut {
      requireInside(to, offset, bytes);
    }
  }

  /** See {@link #factorial}. */
  record Factorial(long n) implements DeviceWork {}

  /** Blocks lie in a row for this process, and need not for a device. */
  private static void requireInside(PinnedBlocks blocks, long offset, long bytes) {
    long block = blocks.pool().blockBytes();
    if (offset < 0 || bytes < 1 || offset >= blocks.bytes() || offset % block + bytes > block) {
      throw new IllegalArgumentException(
          bytes + " bytes from " + offset + " on do not lie within one block");
    }
  }
}
