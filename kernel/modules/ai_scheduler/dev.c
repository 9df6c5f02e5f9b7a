// SPDX-License-Identifier: GPL-2.0-only
/* /dev/ai_scheduler: arguments in and out, events. */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/pid.h>
#include <linux/poll.h>
#include <linux/sched/prio.h>
#include <linux/sched/task.h>
#include <linux/slab.h>

#include "../include/ai_abi.h"
#include "../include/pidfd.h"
#include "dev.h"
#include "lease.h"

static bool valid_device(u32 device)
{
	return device & 0x80000000U;
}

static bool valid_duration(u64 ns)
{
	return ns >= NSEC_PER_MSEC && ns <= ai_lease_duration_max_ns();
}

static bool one_of(u32 flags, u32 a, u32 b)
{
	return !(flags & a) != !(flags & b);
}

/* Takes a reference to the task. */
static int resolve_task(const struct ai_sched_request *request, struct task_struct **task)
{
	struct pid *pid;

	if (request->flags & AI_SCHED_TASK_TID) {
		pid = request->task > 0 ? find_get_pid(request->task) : NULL;
		if (!pid)
			return -ESRCH;
	} else {
		pid = ai_pidfd_get(request->task);
		if (IS_ERR(pid))
			return PTR_ERR(pid);
	}
	*task = get_pid_task(pid, PIDTYPE_PID);
	put_pid(pid);
	return *task ? 0 : -ESRCH;
}

static int make_order(const struct ai_sched_request *request, struct ai_lease_order *order)
{
	const u32 roles = AI_SCHED_ROLE_FEEDS | AI_SCHED_ROLE_WAITS;
	const u32 known = AI_SCHED_TASK_TID | AI_SCHED_TASK_PIDFD | AI_SCHED_POLICY_FIFO | roles |
			  AI_SCHED_NEAR_DEVICE | AI_SCHED_CHILDREN;
	const u32 fifo_children = AI_SCHED_POLICY_FIFO | AI_SCHED_CHILDREN;

	if ((request->flags & ~known) || request->lease ||
	    !one_of(request->flags, AI_SCHED_TASK_TID, AI_SCHED_TASK_PIDFD))
		return -EINVAL;
	if ((request->flags & roles) == roles ||
	    (request->flags & fifo_children) == fifo_children)
		return -EINVAL;
	if (request->device ? !valid_device(request->device) :
			      request->flags & (roles | AI_SCHED_NEAR_DEVICE))
		return -EINVAL;
	if (request->nice < MIN_NICE || request->nice > MAX_NICE ||
	    (request->nice && (request->flags & AI_SCHED_POLICY_FIFO)))
		return -EINVAL;
	if (!valid_duration(request->duration_ns))
		return -EINVAL;
	order->flags = request->flags;
	order->nice = request->nice;
	order->device = request->device;
	order->duration_ns = request->duration_ns;
	return resolve_task(request, &order->task);
}

static int boost_one(struct ai_lease_owner *owner, void __user *uarg, size_t size)
{
	struct ai_sched_request request;
	struct ai_lease_order order;
	int ret = copy_struct_from_user(&request, sizeof(request), uarg, size);
	u64 id;

	if (!ret)
		ret = make_order(&request, &order);
	if (ret)
		return ret;
	ret = ai_lease_grant(owner, &order, &id);
	put_task_struct(order.task);
	if (ret)
		return ret;
	if (put_user(id, &((struct ai_sched_request __user *)uarg)->lease)) {
		/* The caller could never drop what it does not know of. */
		ai_lease_drop(owner, id);
		return -EFAULT;
	}
	return 0;
}

static long call_version(struct ai_lease_owner *owner, void __user *uarg)
{
	struct ai_sched_version arg;
	int usize = ai_arg_in(&arg, sizeof(arg), offsetof(struct ai_sched_version, features), uarg);

	if (usize < 0)
		return usize;
	if (arg.flags)
		return -EINVAL;
	arg.major = AI_SCHED_ABI_MAJOR;
	arg.minor = AI_SCHED_ABI_MINOR;
	arg.features = AI_SCHED_FEATURE_PIDFD |
		       (READ_ONCE(ai_allow_fifo) ? AI_SCHED_FEATURE_FIFO : 0);
	arg.duration_max_ns = ai_lease_duration_max_ns();
	return ai_arg_out(&arg, sizeof(arg), uarg, usize);
}

static long call_boost(struct ai_lease_owner *owner, void __user *uarg)
{
	struct ai_sched_boost arg;
	int usize = ai_arg_in(&arg, sizeof(arg), sizeof(arg), uarg);
	void __user *requests;
	int ret = 0;

	if (usize < 0)
		return usize;
	if (arg.flags || arg.pad || arg.n_done || arg.count == 0 || arg.count > AI_SCHED_BATCH_MAX)
		return -EINVAL;
	if (arg.request_size < sizeof(struct ai_sched_request))
		return -EINVAL;
	if (arg.request_size > PAGE_SIZE)
		return -E2BIG;
	requests = u64_to_user_ptr(arg.requests);
	while (arg.n_done < arg.count) {
		ret = boost_one(owner, requests + (size_t)arg.n_done * arg.request_size,
				arg.request_size);
		if (ret)
			break;
		arg.n_done++;
	}
	/* The leases' numbers are already told, so they stand even if n_done can not be. */
	return ai_arg_out(&arg, sizeof(arg), uarg, usize) ?: ret;
}

static long call_drop(struct ai_lease_owner *owner, void __user *uarg)
{
	struct ai_sched_lease arg;
	int usize = ai_arg_in(&arg, sizeof(arg), offsetof(struct ai_sched_lease, duration_ns),
			      uarg);

	if (usize < 0)
		return usize;
	if (arg.flags || arg.duration_ns)
		return -EINVAL;
	return ai_lease_drop(owner, arg.lease);
}

static long call_renew(struct ai_lease_owner *owner, void __user *uarg)
{
	struct ai_sched_lease arg;
	int usize = ai_arg_in(&arg, sizeof(arg), sizeof(arg), uarg);

	if (usize < 0)
		return usize;
	if (arg.flags || !valid_duration(arg.duration_ns))
		return -EINVAL;
	return ai_lease_renew(owner, arg.lease, arg.duration_ns);
}

static long call_query(struct ai_lease_owner *owner, void __user *uarg)
{
	struct ai_lease_view *view;
	struct ai_sched_query *arg = kzalloc(sizeof(*arg), GFP_KERNEL);
	int usize, ret;

	if (!arg)
		return -ENOMEM;
	view = kzalloc(sizeof(*view), GFP_KERNEL);
	ret = -ENOMEM;
	if (!view)
		goto free_arg;
	usize = ai_arg_in(arg, sizeof(*arg), offsetof(struct ai_sched_query, remaining_ns), uarg);
	ret = usize;
	if (usize < 0)
		goto free_view;
	ret = arg->flags ? -EINVAL : ai_lease_look(owner, arg->lease, view);
	if (ret)
		goto free_view;
	arg->remaining_ns = view->remaining_ns;
	arg->tid = view->tid;
	arg->tgid = view->tgid;
	arg->nice_before = view->nice_before;
	arg->nice_now = view->nice_now;
	arg->state = view->state;
	arg->utilisation_permille = view->utilisation_permille;
	arg->wakeups = view->latency.wakeups;
	memcpy(arg->histogram, view->latency.histogram, sizeof(arg->histogram));
	ret = ai_arg_out(arg, sizeof(*arg), uarg, usize);
free_view:
	kfree(view);
free_arg:
	kfree(arg);
	return ret;
}

static long call_report(struct ai_lease_owner *owner, void __user *uarg)
{
	struct ai_sched_report arg;
	int usize = ai_arg_in(&arg, sizeof(arg), sizeof(arg), uarg);

	if (usize < 0)
		return usize;
	if (arg.flags || !valid_device(arg.device) || arg.utilisation_permille > 1000 ||
	    arg.valid_ns < NSEC_PER_MSEC || arg.valid_ns > 60 * NSEC_PER_SEC)
		return -EINVAL;
	/* A false figure would move others' boosts. */
	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	return ai_lease_report(arg.device, arg.utilisation_permille, arg.valid_ns);
}

static long call_stats(struct ai_lease_owner *owner, void __user *uarg)
{
	struct ai_sched_stats arg;
	struct ai_sched_totals totals;
	int usize = ai_arg_in(&arg, sizeof(arg), offsetof(struct ai_sched_stats, expired), uarg);

	if (usize < 0)
		return usize;
	if (arg.flags)
		return -EINVAL;
	ai_lease_totals(&totals);
	arg.leases = totals.leases;
	arg.boosts = totals.boosts;
	arg.expired = totals.expired;
	arg.dropped = totals.dropped;
	arg.owner_closed = totals.owner_closed;
	arg.task_exited = totals.task_exited;
	arg.refused = totals.refused;
	arg.shifts = totals.shifts;
	arg.overridden = totals.overridden;
	arg.events_lost = totals.events_lost;
	return ai_arg_out(&arg, sizeof(arg), uarg, usize);
}

static long ai_sched_ioctl(struct file *file, unsigned int cmd, unsigned long value)
{
	void __user *uarg = (void __user *)value;

	switch (cmd) {
	case AI_SCHED_VERSION:
		return call_version(file->private_data, uarg);
	case AI_SCHED_BOOST:
		return call_boost(file->private_data, uarg);
	case AI_SCHED_DROP:
		return call_drop(file->private_data, uarg);
	case AI_SCHED_RENEW:
		return call_renew(file->private_data, uarg);
	case AI_SCHED_QUERY:
		return call_query(file->private_data, uarg);
	case AI_SCHED_REPORT:
		return call_report(file->private_data, uarg);
	case AI_SCHED_STATS:
		return call_stats(file->private_data, uarg);
	}
	return -ENOTTY;
}

static ssize_t ai_sched_read(struct file *file, char __user *buffer, size_t size, loff_t *unused)
{
	struct ai_lease_owner *owner = file->private_data;
	struct ai_sched_event event;
	size_t done = 0;
	int ret;

	if (size < sizeof(event))
		return -EINVAL;
	while (size - done >= sizeof(event)) {
		if (!ai_lease_owner_next_event(owner, &event)) {
			if (done)
				break;
			if (file->f_flags & O_NONBLOCK)
				return -EAGAIN;
			/* Another reader may be faster: then on. */
			ret = wait_event_interruptible(owner->wait,
						       ai_lease_owner_has_event(owner));
			if (ret)
				return ret;
			continue;
		}
		if (copy_to_user(buffer + done, &event, sizeof(event))) {
			ai_lease_owner_untold(owner, &event);
			return done ? done : -EFAULT;
		}
		done += sizeof(event);
	}
	return done;
}

static __poll_t ai_sched_poll(struct file *file, poll_table *table)
{
	struct ai_lease_owner *owner = file->private_data;

	poll_wait(file, &owner->wait, table);
	return ai_lease_owner_has_event(owner) ? EPOLLIN | EPOLLRDNORM : 0;
}

static int ai_sched_open(struct inode *inode, struct file *file)
{
	struct ai_lease_owner *owner;

	if (!ai_may_open(ai_sched_group))
		return -EPERM;
	owner = kzalloc(sizeof(*owner), GFP_KERNEL_ACCOUNT);
	if (!owner)
		return -ENOMEM;
	ai_lease_owner_init(owner);
	file->private_data = owner;
	return stream_open(inode, file);
}

static int ai_sched_release(struct inode *inode, struct file *file)
{
	ai_lease_owner_close(file->private_data);
	kfree(file->private_data);
	return 0;
}

static const struct file_operations ai_sched_fops = {
	.owner = THIS_MODULE,
	.open = ai_sched_open,
	.release = ai_sched_release,
	.unlocked_ioctl = ai_sched_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.read = ai_sched_read,
	.poll = ai_sched_poll,
};

struct miscdevice ai_sched_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "ai_scheduler",
	.fops = &ai_sched_fops,
	.mode = 0600,
};
