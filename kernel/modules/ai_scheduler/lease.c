// SPDX-License-Identifier: GPL-2.0-only
/*
 * Leases: a boost that undoes itself.
 *
 * One mutex guards all of them. Granting, ending and shifting are rare next to
 * what they do to the scheduler, and one lock makes "who has which boost now"
 * a question with one answer. Deadlines, exits and shifting are looked after
 * by one work item, queued for the earliest thing that is due.
 */
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/poll.h>
#include <linux/sched/prio.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/topology.h>
#include <linux/workqueue.h>
#include <uapi/linux/sched/types.h>

#include "../include/ai_gpu_utilisation.h"
#include "lease.h"
#include "trace.h"

#define SHIFT_TICK_NS	(100 * NSEC_PER_MSEC)
#define LINGER_NS	(2 * NSEC_PER_SEC)	/* probes stay this long after the last lease */
#define REPORTS_MAX	64U
#define FIFO_PRIORITY	1			/* what sched_set_fifo_low gives */

unsigned int ai_max_seconds = 3600;
bool ai_allow_fifo;
unsigned int ai_starved_permille = 300;
unsigned int ai_busy_permille = 700;

/* Protects every lease, the lists, the totals and the reports. */
static DEFINE_MUTEX(lease_lock);
static LIST_HEAD(leases);
static struct ai_sched_totals totals;
static u64 last_id;
static u64 idle_since_ns;
static u64 next_tick_ns = U64_MAX;	/* when tick_work is to run next, if not earlier */
static bool leaving;

/* What a privileged sampler said of a device. Protected by lease_lock. */
static struct {
	u32 device;
	u32 permille;
	u64 valid_until_ns;
} reports[REPORTS_MAX];

static void tick(struct work_struct *work);
static DECLARE_DELAYED_WORK(tick_work, tick);
static struct workqueue_struct *queue;

static u64 now_ns(void)
{
	return ktime_get_ns();
}

/* Only what comes earlier moves the work: callers in a loop must not keep it from running. */
static void tick_at(u64 due)
{
	u64 now = now_ns();

	lockdep_assert_held(&lease_lock);
	if (leaving || due >= next_tick_ns)
		return;
	next_tick_ns = due;
	mod_delayed_work(queue, &tick_work, due > now ? nsecs_to_jiffies(due - now) + 1 : 0);
}

/* After the last lease the probes stay a little, as the next may come soon. */
static void tick_if_idle(void)
{
	if (totals.leases == 0)
		tick_at(now_ns() + LINGER_NS);
}

void ai_lease_task_exited(void)
{
	mod_delayed_work(queue, &tick_work, 0);
}

u64 ai_lease_duration_max_ns(void)
{
	return (u64)clamp(READ_ONCE(ai_max_seconds), 1U, 86400U) * NSEC_PER_SEC;
}

/* ---- utilisation ---- */

static u32 reported(u32 device)
{
	for (u32 i = 0; i < REPORTS_MAX; i++)
		if (reports[i].device == device && reports[i].valid_until_ns > now_ns())
			return reports[i].permille;
	return AI_SCHED_UNKNOWN;
}

/* ai_gpu's own figure, if it is loaded and drives the device; else what was reported. */
static u32 utilisation(u32 device)
{
	int (*ask)(u32 device) = symbol_get(ai_gpu_utilisation);
	int permille = -ENODEV;

	if (ask) {
		permille = ask(device);
		symbol_put(ai_gpu_utilisation);
	}
	return permille >= 0 ? (u32)permille : reported(device);
}

u32 ai_lease_utilisation(u32 device)
{
	u32 permille;

	if (!device)
		return AI_SCHED_UNKNOWN;
	mutex_lock(&lease_lock);
	permille = utilisation(device);
	mutex_unlock(&lease_lock);
	return permille;
}

/* ---- one lease ---- */

static bool is_fifo(const struct ai_lease *lease)
{
	return lease->flags & AI_SCHED_POLICY_FIFO;
}

static void set_policy(struct task_struct *task, u32 policy, int nice, bool reset)
{
	const struct sched_attr attr = {
		.size = sizeof(attr),
		.sched_policy = policy,
		.sched_flags = reset ? SCHED_FLAG_RESET_ON_FORK : 0,
		.sched_nice = nice,
		.sched_priority = policy == SCHED_FIFO ? FIFO_PRIORITY : 0,
	};

	sched_setattr_nocheck(task, &attr);
}

/* A nice value, and whether children are to be without it; real-time tasks keep their policy. */
static void set_nice(struct task_struct *task, int nice, bool reset)
{
	u32 policy = READ_ONCE(task->policy);

	if (policy == SCHED_NORMAL || policy == SCHED_BATCH)
		set_policy(task, policy, nice, reset);
	else
		set_user_nice(task, nice);
}

/*
 * The reset-on-fork flag takes SCHED_FIFO and negative nice values from a child
 * in the moment in which they are copied, so that a thread which forks while
 * its lease ends leaves no boosted child behind. What the flag does not know is
 * the value before; ai_lease_task_forked sets that.
 */
static void apply(struct ai_lease *lease)
{
	WRITE_ONCE(lease->nice_before, task_nice(lease->task));
	lease->reset_before = lease->task->sched_reset_on_fork;
	/* Told first: a fork in between finds a thread that does not have the boost yet. */
	WRITE_ONCE(lease->state, AI_SCHED_STATE_BOOSTED);
	if (is_fifo(lease))
		set_policy(lease->task, SCHED_FIFO, 0, true);
	else
		set_nice(lease->task, lease->nice,
			 lease->reset_before || !(lease->flags & AI_SCHED_CHILDREN));
}

static bool has_boost(const struct ai_lease *lease)
{
	const struct task_struct *task = lease->task;

	if (is_fifo(lease))
		return task->policy == SCHED_FIFO && task->rt_priority == FIFO_PRIORITY;
	return task_nice(task) == lease->nice;
}

/* Gives back what was, unless someone else has set something of their own meanwhile. */
static void withdraw(struct ai_lease *lease)
{
	if (!has_boost(lease))
		totals.overridden++;
	else if (is_fifo(lease))
		set_policy(lease->task, SCHED_NORMAL, lease->nice_before, lease->reset_before);
	else
		set_nice(lease->task, lease->nice_before, lease->reset_before);
	WRITE_ONCE(lease->state, AI_SCHED_STATE_SHIFTED);
}

void ai_lease_task_forked(const struct ai_lease *lease, struct task_struct *child)
{
	if ((lease->flags & AI_SCHED_CHILDREN) ||
	    READ_ONCE(lease->state) != AI_SCHED_STATE_BOOSTED || !has_boost(lease))
		return;
	set_user_nice(child, READ_ONCE(lease->nice_before));
}

/* With a reference; NULL if it has gone. */
static struct pci_dev *get_device_of(const struct ai_lease *lease)
{
	const u32 device = lease->device;

	return pci_get_domain_bus_and_slot((device >> 16) & 0x7fff, (device >> 8) & 0xff,
					   device & 0xff);
}

static int near_device(struct ai_lease *lease)
{
	cpumask_var_t wanted;
	struct pci_dev *pdev;
	int node, ret = 0;

	pdev = get_device_of(lease);
	if (!pdev)
		return -ENODEV;
	node = dev_to_node(&pdev->dev);
	pci_dev_put(pdev);
	/* Without a node every CPU is as near as any other. */
	if (node == NUMA_NO_NODE)
		return 0;
	if (!zalloc_cpumask_var(&wanted, GFP_KERNEL))
		return -ENOMEM;
	cpumask_copy(lease->cpus_before, lease->task->cpus_ptr);
	/* Never more CPUs than the thread was allowed, and never none. */
	if (cpumask_and(wanted, cpumask_of_node(node), lease->cpus_before) &&
	    !cpumask_equal(wanted, lease->cpus_before)) {
		ret = set_cpus_allowed_ptr(lease->task, wanted);
		lease->cpus_changed = !ret;
	}
	free_cpumask_var(wanted);
	return ret;
}

static void restore_cpus(struct ai_lease *lease)
{
	cpumask_var_t set;
	int node = NUMA_NO_NODE;
	struct pci_dev *pdev;

	if (!lease->cpus_changed)
		return;
	lease->cpus_changed = false;
	pdev = get_device_of(lease);
	if (pdev) {
		node = dev_to_node(&pdev->dev);
		pci_dev_put(pdev);
	}
	if (node != NUMA_NO_NODE && zalloc_cpumask_var(&set, GFP_KERNEL)) {
		bool ours;

		cpumask_and(set, cpumask_of_node(node), lease->cpus_before);
		ours = cpumask_equal(set, lease->task->cpus_ptr);
		free_cpumask_var(set);
		if (!ours) {
			totals.overridden++;
			return;
		}
	}
	/* Fails when those CPUs have gone offline: then the kernel has chosen for the thread. */
	if (set_cpus_allowed_ptr(lease->task, lease->cpus_before))
		totals.overridden++;
}

static void push_event(struct ai_lease *lease, u32 reason)
{
	struct ai_lease_owner *owner = lease->owner;

	if (!owner)
		return;
	spin_lock(&owner->events_lock);
	if (owner->count == AI_EVENTS_KEPT) {
		/* The oldest goes: what ended last matters most. */
		owner->first = (owner->first + 1) % AI_EVENTS_KEPT;
		owner->count--;
		totals.events_lost++;
	}
	owner->events[(owner->first + owner->count++) % AI_EVENTS_KEPT] = (struct ai_sched_event){
		.lease = lease->id,
		.time_ns = now_ns(),
		.reason = reason,
	};
	spin_unlock(&owner->events_lock);
	wake_up_interruptible_poll(&owner->wait, EPOLLIN | EPOLLRDNORM);
}

static void free_lease(struct ai_lease *lease)
{
	free_cpumask_var(lease->cpus_before);
	put_task_struct(lease->task);
	/* A probe may still be looking at it. */
	kfree_rcu(lease, rcu);
}

static void end(struct ai_lease *lease, u32 reason)
{
	lockdep_assert_held(&lease_lock);
	ai_trace_remove(lease);
	if (!READ_ONCE(lease->exited)) {
		if (lease->state == AI_SCHED_STATE_BOOSTED)
			withdraw(lease);
		restore_cpus(lease);
	}
	list_del(&lease->all);
	if (lease->owner) {
		list_del(&lease->of_owner);
		lease->owner->n_leases--;
		if (reason)
			push_event(lease, reason);
	}
	if (--totals.leases == 0)
		idle_since_ns = now_ns();
	free_lease(lease);
}

/* ---- shifting ---- */

/*
 * A starved device (few permille) waits for those who feed it: they have the
 * boost, those who wait for its results could not use theirs. A busy one is
 * the other way round. Between the two thresholds all stays as it is, so that
 * a figure that trembles does not move the boost to and fro. Nothing known:
 * everyone has their own boost.
 */
static u32 wanted_state(const struct ai_lease *lease, u32 permille)
{
	if (permille == AI_SCHED_UNKNOWN)
		return AI_SCHED_STATE_BOOSTED;
	if (permille <= READ_ONCE(ai_starved_permille))
		return lease->flags & AI_SCHED_ROLE_WAITS ? AI_SCHED_STATE_SHIFTED :
							    AI_SCHED_STATE_BOOSTED;
	if (permille >= READ_ONCE(ai_busy_permille))
		return lease->flags & AI_SCHED_ROLE_FEEDS ? AI_SCHED_STATE_SHIFTED :
							    AI_SCHED_STATE_BOOSTED;
	return lease->state;
}

static bool has_role(const struct ai_lease *lease)
{
	return lease->flags & (AI_SCHED_ROLE_FEEDS | AI_SCHED_ROLE_WAITS);
}

static void shift(struct ai_lease *lease)
{
	u32 wanted = wanted_state(lease, utilisation(lease->device));

	if (wanted == lease->state || READ_ONCE(lease->exited))
		return;
	if (wanted == AI_SCHED_STATE_BOOSTED)
		apply(lease);
	else
		withdraw(lease);
	totals.shifts++;
}

/* ---- what is due ---- */

static void tick(struct work_struct *work)
{
	struct ai_lease *lease, *following;
	u64 now, next = U64_MAX;

	mutex_lock(&lease_lock);
	now = now_ns();
	next_tick_ns = U64_MAX;
	list_for_each_entry_safe(lease, following, &leases, all) {
		if (READ_ONCE(lease->exited)) {
			totals.task_exited++;
			end(lease, AI_SCHED_END_EXITED);
			continue;
		}
		if (now >= lease->deadline_ns) {
			totals.expired++;
			end(lease, AI_SCHED_END_EXPIRED);
			continue;
		}
		next = min(next, lease->deadline_ns);
		if (has_role(lease)) {
			shift(lease);
			next = min_t(u64, next, now + SHIFT_TICK_NS);
		}
	}
	if (totals.leases == 0 && !leaving) {
		/* Not against now: the last lease may have ended after that, just above. */
		if (now_ns() - idle_since_ns >= LINGER_NS)
			ai_trace_stop();
		else
			next = idle_since_ns + LINGER_NS;
	}
	tick_at(next);
	mutex_unlock(&lease_lock);
}

/* ---- granting ---- */

/* setpriority's rule, which is not exported as a function. */
static int may_boost(struct task_struct *task, const struct ai_lease_order *order)
{
	const struct cred *cred = current_cred(), *theirs;
	bool own;

	if (task->flags & PF_KTHREAD)
		return -EPERM;
	rcu_read_lock();
	theirs = __task_cred(task);
	own = uid_eq(theirs->uid, cred->euid) || uid_eq(theirs->euid, cred->euid) ||
	      ns_capable(theirs->user_ns, CAP_SYS_NICE);
	rcu_read_unlock();
	if (!own)
		return -EPERM;
	if (order->flags & AI_SCHED_POLICY_FIFO)
		return READ_ONCE(ai_allow_fifo) && capable(CAP_SYS_NICE) ? 0 : -EPERM;
	if (order->nice < task_nice(task) &&
	    nice_to_rlimit(order->nice) > task_rlimit(task, RLIMIT_NICE) && !capable(CAP_SYS_NICE))
		return -EACCES;
	return 0;
}

static struct ai_lease *make_lease(struct ai_lease_owner *owner, const struct ai_lease_order *order)
{
	struct ai_lease *lease = kzalloc(sizeof(*lease), GFP_KERNEL_ACCOUNT);

	if (!lease)
		return NULL;
	if (!zalloc_cpumask_var(&lease->cpus_before, GFP_KERNEL_ACCOUNT)) {
		kfree(lease);
		return NULL;
	}
	lease->task = get_task_struct(order->task);
	lease->owner = owner;
	lease->flags = order->flags;
	lease->nice = order->nice;
	lease->device = order->device;
	return lease;
}

static int grant(struct ai_lease *lease, const struct ai_lease_order *order)
{
	struct ai_lease_owner *owner = lease->owner;
	int ret;

	if (leaving)
		return -ENODEV;
	if (totals.leases >= AI_LEASES_MAX || (owner && owner->n_leases >= AI_LEASES_PER_FILE))
		return -EDQUOT;
	ret = may_boost(lease->task, order);
	if (ret) {
		totals.refused++;
		return ret;
	}
	if (is_fifo(lease) && lease->task->policy != SCHED_NORMAL)
		return -EINVAL;
	if (ai_trace_find(lease->task))
		return -EBUSY;
	ret = ai_trace_start();
	if (ret)
		return ret;
	ai_trace_add(lease);
	/* The exit probe either finds the lease from here on, or the thread is past it. */
	smp_mb();
	ret = lease->task->flags & PF_EXITING ? -ESRCH : 0;
	if (!ret && (lease->flags & AI_SCHED_NEAR_DEVICE))
		ret = near_device(lease);
	if (ret) {
		ai_trace_remove(lease);
		return ret;
	}
	lease->id = ++last_id;
	lease->deadline_ns = now_ns() + order->duration_ns;
	apply(lease);
	if (has_role(lease))
		shift(lease);
	list_add_tail(&lease->all, &leases);
	if (owner) {
		list_add_tail(&lease->of_owner, &owner->leases);
		owner->n_leases++;
	}
	totals.leases++;
	totals.boosts++;
	return 0;
}

int ai_lease_grant(struct ai_lease_owner *owner, const struct ai_lease_order *order, u64 *id)
{
	struct ai_lease *lease = make_lease(owner, order);
	int ret;

	if (!lease)
		return -ENOMEM;
	mutex_lock(&lease_lock);
	ret = grant(lease, order);
	if (ret) {
		free_lease(lease);
		/* The probes may have been started for it. */
		tick_if_idle();
	} else {
		*id = lease->id;
		tick_at(has_role(lease) ? now_ns() : lease->deadline_ns);
	}
	mutex_unlock(&lease_lock);
	return ret;
}

static struct ai_lease *find(struct ai_lease_owner *owner, u64 id)
{
	struct ai_lease *lease;

	lockdep_assert_held(&lease_lock);
	list_for_each_entry(lease, &owner->leases, of_owner)
		if (lease->id == id)
			return lease;
	return NULL;
}

int ai_lease_drop(struct ai_lease_owner *owner, u64 id)
{
	struct ai_lease *lease;

	mutex_lock(&lease_lock);
	lease = find(owner, id);
	if (lease) {
		totals.dropped++;
		/* No event for one's own act. */
		end(lease, 0);
		tick_if_idle();
	}
	mutex_unlock(&lease_lock);
	return lease ? 0 : -ENOENT;
}

int ai_lease_drop_task(struct task_struct *task)
{
	struct ai_lease *lease;

	mutex_lock(&lease_lock);
	lease = ai_trace_find(task);
	if (lease) {
		totals.dropped++;
		end(lease, AI_SCHED_END_DROPPED);
		tick_if_idle();
	}
	mutex_unlock(&lease_lock);
	return lease ? 0 : -ENOENT;
}

int ai_lease_renew(struct ai_lease_owner *owner, u64 id, u64 duration_ns)
{
	struct ai_lease *lease;

	mutex_lock(&lease_lock);
	lease = find(owner, id);
	if (lease) {
		lease->deadline_ns = now_ns() + duration_ns;
		tick_at(lease->deadline_ns);
	}
	mutex_unlock(&lease_lock);
	return lease ? 0 : -ENOENT;
}

static void view_lease(struct ai_lease *lease, struct ai_lease_view *view)
{
	u64 now = now_ns();

	view->tid = task_pid_vnr(lease->task);
	view->tgid = task_tgid_vnr(lease->task);
	get_task_comm(view->comm, lease->task);
	view->nice_before = lease->nice_before;
	view->nice_now = task_nice(lease->task);
	view->state = lease->state;
	view->device = lease->device;
	view->utilisation_permille = lease->device ? utilisation(lease->device) : AI_SCHED_UNKNOWN;
	view->remaining_ns = lease->deadline_ns > now ? lease->deadline_ns - now : 0;
	view->through_proc = !lease->owner;
	view->latency = lease->latency;
}

int ai_lease_look(struct ai_lease_owner *owner, u64 id, struct ai_lease_view *view)
{
	struct ai_lease *lease;

	mutex_lock(&lease_lock);
	lease = find(owner, id);
	if (lease)
		view_lease(lease, view);
	mutex_unlock(&lease_lock);
	return lease ? 0 : -ENOENT;
}

u32 ai_lease_views(struct ai_lease_view *views, u32 max, u32 *total)
{
	struct ai_lease *lease;
	u32 n = 0;

	mutex_lock(&lease_lock);
	*total = totals.leases;
	list_for_each_entry(lease, &leases, all) {
		if (n == max)
			break;
		view_lease(lease, &views[n++]);
	}
	mutex_unlock(&lease_lock);
	return n;
}

void ai_lease_totals(struct ai_sched_totals *copy)
{
	mutex_lock(&lease_lock);
	*copy = totals;
	mutex_unlock(&lease_lock);
}

int ai_lease_report(u32 device, u32 permille, u64 valid_ns)
{
	u64 now = now_ns();
	u32 at = REPORTS_MAX;

	mutex_lock(&lease_lock);
	for (u32 i = 0; i < REPORTS_MAX; i++) {
		if (reports[i].device == device) {
			at = i;
			break;
		}
		if (at == REPORTS_MAX && reports[i].valid_until_ns <= now)
			at = i;
	}
	if (at < REPORTS_MAX) {
		reports[at].device = device;
		reports[at].permille = permille;
		reports[at].valid_until_ns = now + valid_ns;
		tick_at(now);
	}
	mutex_unlock(&lease_lock);
	return at < REPORTS_MAX ? 0 : -ENOSPC;
}

/* ---- owners ---- */

void ai_lease_owner_init(struct ai_lease_owner *owner)
{
	INIT_LIST_HEAD(&owner->leases);
	spin_lock_init(&owner->events_lock);
	init_waitqueue_head(&owner->wait);
}

void ai_lease_owner_close(struct ai_lease_owner *owner)
{
	struct ai_lease *lease, *following;

	mutex_lock(&lease_lock);
	list_for_each_entry_safe(lease, following, &owner->leases, of_owner) {
		totals.owner_closed++;
		end(lease, 0);
	}
	tick_if_idle();
	mutex_unlock(&lease_lock);
}

bool ai_lease_owner_has_event(struct ai_lease_owner *owner)
{
	return READ_ONCE(owner->count);
}

bool ai_lease_owner_next_event(struct ai_lease_owner *owner, struct ai_sched_event *event)
{
	bool there;

	spin_lock(&owner->events_lock);
	there = owner->count;
	if (there) {
		*event = owner->events[owner->first];
		owner->first = (owner->first + 1) % AI_EVENTS_KEPT;
		owner->count--;
	}
	spin_unlock(&owner->events_lock);
	return there;
}

void ai_lease_owner_untold(struct ai_lease_owner *owner, const struct ai_sched_event *event)
{
	spin_lock(&owner->events_lock);
	if (owner->count < AI_EVENTS_KEPT) {
		owner->first = (owner->first + AI_EVENTS_KEPT - 1) % AI_EVENTS_KEPT;
		owner->events[owner->first] = *event;
		owner->count++;
	}
	spin_unlock(&owner->events_lock);
	wake_up_interruptible_poll(&owner->wait, EPOLLIN | EPOLLRDNORM);
}

int ai_lease_init(void)
{
	int ret = ai_trace_init();

	if (ret)
		return ret;
	/* Above the tasks that a boost may put before ordinary workers. */
	queue = alloc_workqueue("ai_scheduler", WQ_HIGHPRI | WQ_UNBOUND, 1);
	return queue ? 0 : -ENOMEM;
}

void ai_lease_exit(void)
{
	struct ai_lease *lease, *following;

	mutex_lock(&lease_lock);
	leaving = true;
	/* Files hold the module, so what is left came through /proc. */
	list_for_each_entry_safe(lease, following, &leases, all)
		end(lease, 0);
	ai_trace_stop();
	mutex_unlock(&lease_lock);
	cancel_delayed_work_sync(&tick_work);
	destroy_workqueue(queue);
}
