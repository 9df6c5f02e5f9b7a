/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * /dev/ai_scheduler - boosts that end by themselves.
 *
 * A lease boosts exactly one thread until its deadline, the close of the file
 * that owns it, the thread's end, DROP, or the module's unloading, whichever
 * comes first; then the thread has again what it had before. Argument structs
 * follow the rules told in ai_mem.h: size and flags first, smaller and larger
 * sizes accepted, pads and unknown flags zero.
 */
#ifndef _UAPI_AI_SCHEDULER_H
#define _UAPI_AI_SCHEDULER_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define AI_SCHED_ABI_MAJOR	1
#define AI_SCHED_ABI_MINOR	1

#define AI_SCHED_BATCH_MAX	256
#define AI_SCHED_BUCKETS	40	/* bucket i: [2^i, 2^(i+1)) ns; bucket 0 also 0 ns */

struct ai_sched_head {
	__u32 size;		/* in/out */
	__u32 flags;		/* in */
};

/* features of struct ai_sched_version */
#define AI_SCHED_FEATURE_FIFO	(1ULL << 0) /* the administrator allows SCHED_FIFO */
#define AI_SCHED_FEATURE_PIDFD	(1ULL << 1) /* pidfds can be resolved on this kernel */

struct ai_sched_version {
	__u32 size;		/* in/out */
	__u32 flags;		/* in: 0 */
	__u32 major;		/* out */
	__u32 minor;		/* out */
	__u64 features;		/* out: AI_SCHED_FEATURE_* */
	__u64 duration_max_ns;	/* out: longest lease */
};

/* flags of struct ai_sched_request */
#define AI_SCHED_TASK_TID	(1U << 0) /* task is a thread id in the caller's pid namespace */
#define AI_SCHED_TASK_PIDFD	(1U << 1) /* task is a pidfd: that process's leading thread only */
#define AI_SCHED_POLICY_FIFO	(1U << 2) /* SCHED_FIFO priority 1 instead of nice, which must be 0 */
#define AI_SCHED_ROLE_FEEDS	(1U << 3) /* prepares work for device */
#define AI_SCHED_ROLE_WAITS	(1U << 4) /* waits for results of device */
#define AI_SCHED_NEAR_DEVICE	(1U << 5) /* run on the CPUs of device's NUMA node */
#define AI_SCHED_CHILDREN	(1U << 6) /* since 1.1: what the thread starts inherits; not with FIFO */

/*
 * What a boosted thread starts, thread or process, begins with what the thread
 * had before: a boost ends with its lease everywhere. With CHILDREN it inherits
 * the nice value and keeps it, as under nice(1). The CPUs of NEAR_DEVICE are
 * inherited in either case; they only narrow what was allowed.
 *
 * One lease. Exactly one of TID and PIDFD. A thread has at most one lease
 * (EBUSY). The permission rule is setpriority's: own tasks or CAP_SYS_NICE
 * (EPERM); a lower nice than now within RLIMIT_NICE or CAP_SYS_NICE (EACCES).
 */
struct ai_sched_request {
	__u32 flags;		/* in: AI_SCHED_TASK_* | ... */
	__s32 task;		/* in: tid or pidfd */
	__s32 nice;		/* in: -20 .. 19 */
	__u32 device;		/* in: 0 none, else AI_SCHED_DEVICE(...) */
	__u64 duration_ns;	/* in: 1 ms .. duration_max_ns */
	__u64 lease;		/* in: 0; out: never 0; only for the file that made it */
};

/* A PCI function as a number that is never 0. */
#define AI_SCHED_DEVICE(domain, bus, slot, function) \
	(0x80000000U | (domain) << 16 | (bus) << 8 | (slot) << 3 | (function))

/* Stops at the first request that fails; n_done leases stand. */
struct ai_sched_boost {
	__u32 size;		/* in/out */
	__u32 flags;		/* in: 0 */
	__u64 requests;		/* in: address of struct ai_sched_request[count]; lease is written */
	__u32 count;		/* in: 1 .. AI_SCHED_BATCH_MAX */
	__u32 n_done;		/* in: 0; out */
	__u32 request_size;	/* in: sizeof(struct ai_sched_request) of the caller */
	__u32 pad;		/* in: 0 */
};

/* DROP ends a lease; RENEW sets its deadline to now + duration_ns. ENOENT: not this file's, or ended. */
struct ai_sched_lease {
	__u32 size;		/* in/out */
	__u32 flags;		/* in: 0 */
	__u64 lease;		/* in */
	__u64 duration_ns;	/* in: RENEW; DROP: 0 */
};

/* state of struct ai_sched_query */
#define AI_SCHED_STATE_BOOSTED	1
#define AI_SCHED_STATE_SHIFTED	2	/* its boost is with the other side of the device now */

/* utilisation_permille when nothing is known or what was reported is too old */
#define AI_SCHED_UNKNOWN	0xffffffffU

struct ai_sched_query {
	__u32 size;		/* in/out */
	__u32 flags;		/* in: 0 */
	__u64 lease;		/* in */
	__u64 remaining_ns;	/* out */
	__s32 tid;		/* out: in the caller's pid namespace, 0 if not in it */
	__s32 tgid;		/* out: likewise */
	__s32 nice_before;	/* out */
	__s32 nice_now;		/* out */
	__u32 state;		/* out: AI_SCHED_STATE_* */
	__u32 utilisation_permille; /* out: of its device, or AI_SCHED_UNKNOWN */
	__u64 wakeups;		/* out: counted in histogram */
	__u64 histogram[AI_SCHED_BUCKETS]; /* out: wake-up latency */
};

/* A privileged sampler tells a vendor device's utilisation. CAP_SYS_ADMIN, else EPERM. */
struct ai_sched_report {
	__u32 size;		/* in/out */
	__u32 flags;		/* in: 0 */
	__u32 device;		/* in: AI_SCHED_DEVICE(...) */
	__u32 utilisation_permille; /* in: 0 .. 1000 */
	__u64 valid_ns;		/* in: 1 ms .. 60 s; then it counts as unknown */
};

struct ai_sched_stats {
	__u32 size;		/* in/out */
	__u32 flags;		/* in: 0 */
	__u64 leases;		/* out: now */
	__u64 boosts;		/* out: since load, as all below */
	__u64 expired;		/* out */
	__u64 dropped;		/* out */
	__u64 owner_closed;	/* out */
	__u64 task_exited;	/* out */
	__u64 refused;		/* out: for lack of permission */
	__u64 shifts;		/* out: a boost taken or given back for a device's sake */
	__u64 overridden;	/* out: not restored, since another had changed it meanwhile */
	__u64 events_lost;	/* out: a file's event queue was full */
};

/*
 * read(2) gives whole records, poll(2) says POLLIN when there is one; EAGAIN
 * when not blocking and none is there.
 */
#define AI_SCHED_END_EXPIRED	1
#define AI_SCHED_END_DROPPED	2
#define AI_SCHED_END_EXITED	3

struct ai_sched_event {
	__u64 lease;
	__u64 time_ns;		/* CLOCK_MONOTONIC */
	__u32 reason;		/* AI_SCHED_END_* */
	__u32 pad;		/* 0 */
};

#define AI_SCHED_IOC		0xA8
#define AI_SCHED_VERSION	_IOWR(AI_SCHED_IOC, 0x00, struct ai_sched_head)
#define AI_SCHED_BOOST		_IOWR(AI_SCHED_IOC, 0x01, struct ai_sched_head)
#define AI_SCHED_DROP		_IOWR(AI_SCHED_IOC, 0x02, struct ai_sched_head)
#define AI_SCHED_RENEW		_IOWR(AI_SCHED_IOC, 0x03, struct ai_sched_head)
#define AI_SCHED_QUERY		_IOWR(AI_SCHED_IOC, 0x04, struct ai_sched_head)
#define AI_SCHED_REPORT		_IOWR(AI_SCHED_IOC, 0x05, struct ai_sched_head)
#define AI_SCHED_STATS		_IOWR(AI_SCHED_IOC, 0x06, struct ai_sched_head)

#endif /* _UAPI_AI_SCHEDULER_H */
