package dev.nightjar.kernel.modules.abi;

/** {@code ai_gpu.h}. */
public final class GpuAbi {
  public static final int BATCH_MAX = 64;

  public static final int BACKEND_NULL = 1;
  static final int BACKEND_EDU = 2;
  public static final int STATE_READY = 1;
  static final int STATE_DRAINING = 2;
  static final int STATE_FAILED = 3;
  public static final int COPY_IN = 1;
  public static final int COPY_OUT = 2;
  public static final int LAUNCH = 3;
  public static final int KERNEL_FACTORIAL = 1;
  public static final int AFTER = 1;

  public static final int CALL_LIST = 1;
  public static final int CALL_CLAIM = 2;
  public static final int CALL_SUBMIT = 4;
  public static final int CALL_WAIT = 5;
  public static final int CALL_CANCEL = 6;

  public static final StructType VERSION =
      StructType.of(
          "ai_gpu_version",
          "u32 size",
          "u32 flags",
          "u32 major",
          "u32 minor",
          "u64 features",
          "u64 deadline_max_ns",
          "u32 batch_max",
          "u32 tickets_max");

  public static final StructType DEVICE =
      StructType.of(
          "ai_gpu_device",
          "u32 device",
          "u32 backend",
          "u32 state",
          "u32 node",
          "u64 memory_bytes",
          "u64 kernels",
          "u32 copy_align",
          "u32 claimed",
          "u32 tickets",
          "u32 utilisation_permille",
          "u64 busy_ns",
          "u64 done");

  public static final StructType LIST =
      StructType.of(
          "ai_gpu_list",
          "u32 size",
          "u32 flags",
          "u64 devices",
          "u32 count",
          "u32 n_done",
          "u32 device_size",
          "u32 total");

  public static final StructType CLAIM =
      StructType.of("ai_gpu_claim", "u32 size", "u32 flags", "u32 device", "u32 pad");

  public static final StructType REQUEST =
      StructType.of(
          "ai_gpu_request",
          "u32 flags",
          "u32 device",
          "u32 operation",
          "u32 kernel",
          "u32 mem_fd",
          "u32 block_offset",
          "u64 handle",
          "u64 device_offset",
          "u64 bytes",
          "u64[4] arguments",
          "u64 deadline_ns",
          "u64 ticket");

  public static final StructType SUBMIT =
      StructType.of(
          "ai_gpu_submit",
          "u32 size",
          "u32 flags",
          "u64 requests",
          "u32 count",
          "u32 n_done",
          "u32 request_size",
          "u32 pad");

  public static final StructType COMPLETION =
      StructType.of(
          "ai_gpu_completion",
          "u64 ticket",
          "u64 result",
          "u64 submitted_ns",
          "u64 started_ns",
          "u64 interrupt_ns",
          "u64 ended_ns",
          "u32 error",
          "u32 pad");

  public static final StructType WAIT =
      StructType.of(
          "ai_gpu_wait",
          "u32 size",
          "u32 flags",
          "u64 ticket",
          "u64 timeout_ns",
          "u64[7] completion");

  public static final StructType CANCEL =
      StructType.of("ai_gpu_cancel", "u32 size", "u32 flags", "u64 ticket");

  private GpuAbi() {}
}
