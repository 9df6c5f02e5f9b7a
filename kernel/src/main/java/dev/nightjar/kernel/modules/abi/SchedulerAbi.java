package dev.nightjar.kernel.modules.abi;

/** {@code ai_scheduler.h}. */
public final class SchedulerAbi {
  public static final int BUCKETS = 40;
  public static final long UNKNOWN = 0xffffffffL;

  public static final long FEATURE_FIFO = 1;
  public static final long FEATURE_PIDFD = 1 << 1;

  public static final int TASK_TID = 1;
  public static final int TASK_PIDFD = 1 << 1;
  public static final int POLICY_FIFO = 1 << 2;
  public static final int ROLE_FEEDS = 1 << 3;
  public static final int ROLE_WAITS = 1 << 4;
  public static final int NEAR_DEVICE = 1 << 5;
  public static final int CHILDREN = 1 << 6;
  static final int STATE_BOOSTED = 1;
  public static final int STATE_SHIFTED = 2;

  public static final int CALL_BOOST = 1;
  public static final int CALL_DROP = 2;
  public static final int CALL_RENEW = 3;
  public static final int CALL_QUERY = 4;
  public static final int CALL_REPORT = 5;
  public static final int CALL_STATS = 6;

  public static final StructType VERSION =
      StructType.of(
          "ai_sched_version",
          "u32 size",
          "u32 flags",
          "u32 major",
          "u32 minor",
          "u64 features",
          "u64 duration_max_ns");

  public static final StructType REQUEST =
      StructType.of(
          "ai_sched_request",
          "u32 flags",
          "u32 task",
          "u32 nice",
          "u32 device",
          "u64 duration_ns",
          "u64 lease");

  public static final StructType BOOST =
      StructType.of(
          "ai_sched_boost",
          "u32 size",
          "u32 flags",
          "u64 requests",
          "u32 count",
          "u32 n_done",
          "u32 request_size",
          "u32 pad");

  public static final StructType LEASE =
      StructType.of("ai_sched_lease", "u32 size", "u32 flags", "u64 lease", "u64 duration_ns");

  public static final StructType QUERY =
      StructType.of(
          "ai_sched_query",
          "u32 size",
          "u32 flags",
          "u64 lease",
          "u64 remaining_ns",
          "u32 tid",
          "u32 tgid",
          "u32 nice_before",
          "u32 nice_now",
          "u32 state",
          "u32 utilisation_permille",
          "u64 wakeups",
          "u64[40] histogram");

  public static final StructType REPORT =
      StructType.of(
          "ai_sched_report",
          "u32 size",
          "u32 flags",
          "u32 device",
          "u32 utilisation_permille",
          "u64 valid_ns");

  public static final StructType STATS =
      StructType.of(
          "ai_sched_stats",
          "u32 size",
          "u32 flags",
          "u64 leases",
          "u64 boosts",
          "u64 expired",
          "u64 dropped",
          "u64 owner_closed",
          "u64 task_exited",
          "u64 refused",
          "u64 shifts",
          "u64 overridden",
          "u64 events_lost");

  private SchedulerAbi() {}
}
