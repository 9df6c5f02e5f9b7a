// SPDX-License-Identifier: GPL-2.0-only
/*
 * Wake-up latency from the scheduler's tracepoints: from when a leased thread
 * is made runnable until it runs.
 *
 * The probes run at every wake-up and switch of every thread, some under a run
 * queue's lock: they look into a small hash, touch only the lease found, and
 * never allocate, print or wake. While there is no lease they are not there.
 */
#include <linux/hashtable.h>
#include <linux/ktime.h>
#include <linux/log2.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/tracepoint.h>

#include "lease.h"
#include "trace.h"

#define HASH_BITS_USED	10

/* Written under the lease lock, read under RCU. */
static DEFINE_HASHTABLE(by_task, HASH_BITS_USED);
static bool started;

/* The tracepoints are not exported by name: found once at load. */
enum { WAKEUP, SWITCH, EXIT, FORK, N_POINTS };

static struct {
	const char *name;
	void *probe;
	struct tracepoint *point;
} points[N_POINTS];

struct ai_lease *ai_trace_find(const struct task_struct *task)
{
	struct ai_lease *lease;

	hash_for_each_possible_rcu_notrace(by_task, lease, hash, (unsigned long)task)
		if (lease->task == task)
			return lease;
	return NULL;
}

static void probe_wakeup(void *data, struct task_struct *task)
{
	struct ai_lease *lease = ai_trace_find(task);

	if (lease)
		WRITE_ONCE(lease->latency.woken_ns, ktime_get_mono_fast_ns());
}

static void count(struct ai_latency *latency, u64 ns)
{
	u32 bucket = ns ? ilog2(ns) : 0;

	if (bucket >= AI_SCHED_BUCKETS)
		bucket = AI_SCHED_BUCKETS - 1;
	WRITE_ONCE(latency->histogram[bucket], latency->histogram[bucket] + 1);
	WRITE_ONCE(latency->wakeups, latency->wakeups + 1);
}

static void probe_switch(void *data, bool preempt, struct task_struct *prev,
			 struct task_struct *next, unsigned int prev_state)
{
	struct ai_lease *lease = ai_trace_find(next);
	u64 woken, now;

	if (lease) {
		woken = READ_ONCE(lease->latency.woken_ns);
		if (woken) {
			now = ktime_get_mono_fast_ns();
			WRITE_ONCE(lease->latency.woken_ns, 0);
			count(&lease->latency, now > woken ? now - woken : 0);
		}
	}
	/* Woken while still running: there was nothing to wait for. */
	lease = ai_trace_find(prev);
	if (lease)
		WRITE_ONCE(lease->latency.woken_ns, 0);
}

static void probe_exit(void *data, struct task_struct *task)
{
	struct ai_lease *lease = ai_trace_find(task);

	if (lease && !READ_ONCE(lease->exited)) {
		WRITE_ONCE(lease->exited, true);
		ai_lease_task_exited();
	}
}

static void probe_fork(void *data, struct task_struct *parent, struct task_struct *child)
{
	const struct ai_lease *lease = ai_trace_find(parent);

	if (lease)
		ai_lease_task_forked(lease, child);
}

static void find_point(struct tracepoint *point, void *unused)
{
	for (u32 i = 0; i < N_POINTS; i++)
		if (!strcmp(point->name, points[i].name))
			points[i].point = point;
}

int ai_trace_init(void)
{
	points[WAKEUP].name = "sched_wakeup";
	points[WAKEUP].probe = probe_wakeup;
	points[SWITCH].name = "sched_switch";
	points[SWITCH].probe = probe_switch;
	points[EXIT].name = "sched_process_exit";
	points[EXIT].probe = probe_exit;
	points[FORK].name = "sched_process_fork";
	points[FORK].probe = probe_fork;
	for_each_kernel_tracepoint(find_point, NULL);
	for (u32 i = 0; i < N_POINTS; i++) {
		if (!points[i].point) {
			pr_err("ai_scheduler: this kernel has no tracepoint %s\n", points[i].name);
			return -EOPNOTSUPP;
		}
	}
	return 0;
}

int ai_trace_start(void)
{
	int ret;

	if (started)
		return 0;
	for (u32 i = 0; i < N_POINTS; i++) {
		ret = tracepoint_probe_register(points[i].point, points[i].probe, NULL);
		if (ret) {
			while (i--)
				tracepoint_probe_unregister(points[i].point, points[i].probe, NULL);
			return ret;
		}
	}
	started = true;
	return 0;
}

void ai_trace_stop(void)
{
	if (!started)
		return;
	for (u32 i = 0; i < N_POINTS; i++)
		tracepoint_probe_unregister(points[i].point, points[i].probe, NULL);
	tracepoint_synchronize_unregister();
	started = false;
}

void ai_trace_add(struct ai_lease *lease)
{
	hash_add_rcu(by_task, &lease->hash, (unsigned long)lease->task);
}

void ai_trace_remove(struct ai_lease *lease)
{
	hash_del_rcu(&lease->hash);
}
