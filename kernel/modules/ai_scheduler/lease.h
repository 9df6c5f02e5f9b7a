/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _AI_LEASE_H
#define _AI_LEASE_H

#include <linux/cpumask.h>
#include <linux/list.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/wait.h>

#include "../include/uapi/ai_scheduler.h"

#define AI_EVENTS_KEPT		64U
#define AI_LEASES_PER_FILE	1024U
#define AI_LEASES_MAX		8192U

/*
 * One open file: the leases that die with it and the events it can read.
 *
 * leases and n_leases are protected by the lease lock, the event ring by
 * events_lock. Owned by the file.
 */
struct ai_lease_owner {
	struct list_head leases;
	u32 n_leases;
	spinlock_t events_lock;		/* see above */
	u32 first;
	u32 count;
	struct ai_sched_event events[AI_EVENTS_KEPT];
	wait_queue_head_t wait;
};

/*
 * A thread's wake-up latencies. Written by the tracepoint probes only, which
 * the scheduler calls one after another for one thread; read without a lock,
 * so a reader may see a count a moment early.
 */
struct ai_latency {
	u64 woken_ns;			/* 0: running or asleep */
	u64 wakeups;
	u64 histogram[AI_SCHED_BUCKETS];
};

/*
 * One boost of one thread.
 *
 * Protected by the lease lock, save for latency (see there) and exited, which
 * the exit probe sets. hash is read by the probes under RCU, and by that of
 * fork also flags, nice, nice_before and state. Owned by owner, or by the
 * thread if owner is NULL; holds a reference to task.
 */
struct ai_lease {
	u64 id;
	struct task_struct *task;
	struct ai_lease_owner *owner;
	u32 flags;
	int nice;			/* while boosted */
	int nice_before;
	bool reset_before;		/* sched(7)'s reset-on-fork flag */
	u32 device;
	u32 state;
	bool exited;
	u64 deadline_ns;
	cpumask_var_t cpus_before;	/* if cpus_changed */
	bool cpus_changed;
	struct list_head all;
	struct list_head of_owner;
	struct hlist_node hash;
	struct rcu_head rcu;
	struct ai_latency latency;
};

/* A validated request. */
struct ai_lease_order {
	struct task_struct *task;
	u32 flags;
	int nice;
	u32 device;
	u64 duration_ns;
};

/* What is told of a lease. A copy: protected by nothing. */
struct ai_lease_view {
	int tid;
	int tgid;
	char comm[TASK_COMM_LEN];
	int nice_before;
	int nice_now;
	u32 state;
	u32 device;
	u32 utilisation_permille;
	u64 remaining_ns;
	bool through_proc;
	struct ai_latency latency;
};

struct ai_sched_totals {
	u64 leases;
	u64 boosts;
	u64 expired;
	u64 dropped;
	u64 owner_closed;
	u64 task_exited;
	u64 refused;
	u64 shifts;
	u64 overridden;
	u64 events_lost;
};

extern unsigned int ai_max_seconds;
extern bool ai_allow_fifo;
extern unsigned int ai_starved_permille;
extern unsigned int ai_busy_permille;

void ai_lease_owner_init(struct ai_lease_owner *owner);
void ai_lease_owner_close(struct ai_lease_owner *owner);
bool ai_lease_owner_next_event(struct ai_lease_owner *owner, struct ai_sched_event *event);
/* It could not be told: it is the next again, unless newer ones have filled the ring. */
void ai_lease_owner_untold(struct ai_lease_owner *owner, const struct ai_sched_event *event);
bool ai_lease_owner_has_event(struct ai_lease_owner *owner);

u64 ai_lease_duration_max_ns(void);
/* owner NULL: the lease belongs to the thread. */
int ai_lease_grant(struct ai_lease_owner *owner, const struct ai_lease_order *order, u64 *id);
int ai_lease_drop(struct ai_lease_owner *owner, u64 id);
int ai_lease_drop_task(struct task_struct *task);
int ai_lease_renew(struct ai_lease_owner *owner, u64 id, u64 duration_ns);
int ai_lease_look(struct ai_lease_owner *owner, u64 id, struct ai_lease_view *view);
u32 ai_lease_views(struct ai_lease_view *views, u32 max, u32 *total);
void ai_lease_totals(struct ai_sched_totals *totals);

int ai_lease_report(u32 device, u32 permille, u64 valid_ns);
u32 ai_lease_utilisation(u32 device);

int ai_lease_init(void);
void ai_lease_exit(void);

#endif /* _AI_LEASE_H */
