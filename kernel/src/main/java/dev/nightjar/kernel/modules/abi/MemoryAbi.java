package dev.nightjar.kernel.modules.abi;

/** {@code ai_mem.h}. */
public final class MemoryAbi {
  static final int SLOT_BITS = 20;
  public static final int BATCH_MAX = 1024;

  public static final int ALLOC_ZEROED = 1;
  public static final int ALLOC_RUN = 1 << 1;
  public static final int ALLOC_NODE_ONLY = 1 << 2;
  static final int FREE_SCRUB = 1;

  public static final int CALL_ALLOC = 1;
  public static final int CALL_FREE = 2;
  public static final int CALL_STATS = 3;

  public static final StructType VERSION =
      StructType.of(
          "ai_mem_version",
          "u32 size",
          "u32 flags",
          "u32 major",
          "u32 minor",
          "u64 features",
          "u32 block_bytes",
          "u32 batch_max");

  public static final StructType ALLOC =
      StructType.of(
          "ai_mem_alloc",
          "u32 size",
          "u32 flags",
          "u64 handles",
          "u32 count",
          "u32 n_done",
          "u32 node",
          "u32 pad");

  public static final StructType FREE =
      StructType.of(
          "ai_mem_free", "u32 size", "u32 flags", "u64 handles", "u32 count", "u32 n_done");

  public static final StructType STATS =
      StructType.of(
          "ai_mem_stats",
          "u32 size",
          "u32 flags",
          "u64 total_blocks",
          "u64 free_blocks",
          "u64 used_blocks",
          "u64 limbo_blocks",
          "u64 owners",
          "u64 allocations",
          "u64 frees",
          "u64 failures",
          "u64 quota_failures",
          "u64 scrubbed",
          "u64 exports",
          "u64 file_blocks",
          "u64 file_charged",
          "u64 file_quota",
          "u64 global_quota",
          "u32 nodes",
          "u32 fragmentation_permille");

  private MemoryAbi() {}
}
