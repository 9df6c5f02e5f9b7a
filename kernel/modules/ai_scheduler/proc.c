// SPDX-License-Identifier: GPL-2.0-only
/* /proc/ai_scheduler: figures copied first and written after; "boost" and "drop" for shells. */
#include <linux/capability.h>
#include <linux/ctype.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/pid.h>
#include <linux/proc_fs.h>
#include <linux/sched/prio.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "dev.h"
#include "lease.h"

#define LEASES_SHOWN	12U
#define LINE_MAX	64U

/* The upper end of the bucket in which the given share of the wake-ups lies. */
static u64 quantile_ns(const struct ai_latency *latency, u32 permille)
{
	u64 total = 0, seen = 0;
	u32 i;

	for (i = 0; i < AI_SCHED_BUCKETS; i++)
		total += latency->histogram[i];
	for (i = 0; i < AI_SCHED_BUCKETS; i++) {
		seen += latency->histogram[i];
		if (seen * 1000 >= total * permille)
			break;
	}
	return 2ULL << min(i, AI_SCHED_BUCKETS - 1U);
}

static void show_lease(struct seq_file *m, const struct ai_lease_view *view)
{
	seq_printf(m, "lease: tid=%d tgid=%d comm=", view->tid, view->tgid);
	seq_escape(m, view->comm, " \t\n\\=");
	seq_printf(m, " nice_before=%d nice_now=%d state=%s owner=%s remaining_ms=%llu",
		   view->nice_before, view->nice_now,
		   view->state == AI_SCHED_STATE_BOOSTED ? "boosted" : "shifted",
		   view->through_proc ? "task" : "file", view->remaining_ns / NSEC_PER_MSEC);
	if (view->device)
		seq_printf(m, " device=%04x:%02x:%02x.%x", (view->device >> 16) & 0x7fff,
			   (view->device >> 8) & 0xff, (view->device >> 3) & 0x1f,
			   view->device & 7);
	if (view->utilisation_permille != AI_SCHED_UNKNOWN)
		seq_printf(m, " utilisation_permille=%u", view->utilisation_permille);
	seq_printf(m, " wakeups=%llu", view->latency.wakeups);
	if (view->latency.wakeups)
		seq_printf(m, " wakeup_p50_below_ns=%llu wakeup_p99_below_ns=%llu",
			   quantile_ns(&view->latency, 500), quantile_ns(&view->latency, 990));
	seq_printf(m, "\nhistogram: tid=%d", view->tid);
	for (u32 i = 0; i < AI_SCHED_BUCKETS; i++)
		if (view->latency.histogram[i])
			seq_printf(m, " %u:%llu", i, view->latency.histogram[i]);
	seq_putc(m, '\n');
}

static int show_leases(struct seq_file *m)
{
	struct ai_lease_view *views = kvcalloc(LEASES_SHOWN, sizeof(*views), GFP_KERNEL);
	u32 n, total;

	if (!views)
		return -ENOMEM;
	n = ai_lease_views(views, LEASES_SHOWN, &total);
	for (u32 i = 0; i < n; i++)
		show_lease(m, &views[i]);
	if (n < total)
		seq_printf(m, "leases_not_shown: %u\n", total - n);
	kvfree(views);
	return 0;
}

static int show(struct seq_file *m, void *unused)
{
	struct ai_sched_totals totals;

	ai_lease_totals(&totals);
	seq_printf(m, "version: %d.%d\n", AI_SCHED_ABI_MAJOR, AI_SCHED_ABI_MINOR);
	seq_printf(m, "leases: %llu\n", totals.leases);
	seq_printf(m, "boosts: %llu\n", totals.boosts);
	seq_printf(m, "expired: %llu\n", totals.expired);
	seq_printf(m, "dropped: %llu\n", totals.dropped);
	seq_printf(m, "owner_closed: %llu\n", totals.owner_closed);
	seq_printf(m, "task_exited: %llu\n", totals.task_exited);
	seq_printf(m, "refused: %llu\n", totals.refused);
	seq_printf(m, "shifts: %llu\n", totals.shifts);
	seq_printf(m, "overridden: %llu\n", totals.overridden);
	seq_printf(m, "fifo_allowed: %d\n", READ_ONCE(ai_allow_fifo));
	seq_printf(m, "duration_max_seconds: %llu\n", ai_lease_duration_max_ns() / NSEC_PER_SEC);
	/* Figures are for everybody, whose thread is how fast is for the administrator. */
	if (file_ns_capable(m->file, &init_user_ns, CAP_SYS_ADMIN))
		return show_leases(m);
	return 0;
}

static struct task_struct *task_of(const char *text)
{
	struct task_struct *task;
	struct pid *pid;
	int tid;

	if (kstrtoint(text, 10, &tid) || tid <= 0)
		return ERR_PTR(-EINVAL);
	pid = find_get_pid(tid);
	task = pid ? get_pid_task(pid, PIDTYPE_PID) : NULL;
	put_pid(pid);
	return task ?: ERR_PTR(-ESRCH);
}

static int boost(const char *tid, const char *nice, const char *seconds)
{
	struct ai_lease_order order = { .flags = AI_SCHED_TASK_TID };
	u64 id, duration;
	int ret;

	if (kstrtoint(nice, 10, &order.nice) || order.nice < MIN_NICE || order.nice > MAX_NICE)
		return -EINVAL;
	if (kstrtou64(seconds, 10, &duration) || duration == 0 ||
	    duration > ai_lease_duration_max_ns() / NSEC_PER_SEC)
		return -EINVAL;
	order.duration_ns = duration * NSEC_PER_SEC;
	order.task = task_of(tid);
	if (IS_ERR(order.task))
		return PTR_ERR(order.task);
	ret = ai_lease_grant(NULL, &order, &id);
	put_task_struct(order.task);
	return ret;
}

static int drop(const char *tid)
{
	struct task_struct *task = task_of(tid);
	int ret;

	if (IS_ERR(task))
		return PTR_ERR(task);
	ret = ai_lease_drop_task(task);
	put_task_struct(task);
	return ret;
}

static int obey(char *line)
{
	char *words[4];
	u32 n = 0;
	char *word;

	while ((word = strsep(&line, " \t\n"))) {
		if (!*word)
			continue;
		if (n == ARRAY_SIZE(words))
			return -EINVAL;
		words[n++] = word;
	}
	if (n == 4 && !strcmp(words[0], "boost"))
		return boost(words[1], words[2], words[3]);
	if (n == 2 && !strcmp(words[0], "drop"))
		return drop(words[1]);
	return -EINVAL;
}

/* One command a write. */
static ssize_t write(struct file *file, const char __user *buffer, size_t size, loff_t *at)
{
	char line[LINE_MAX];
	int ret;

	/* Both: an fd opened by the administrator must not work in another's hand. */
	if (!capable(CAP_SYS_ADMIN) || !file_ns_capable(file, &init_user_ns, CAP_SYS_ADMIN))
		return -EPERM;
	if (size == 0 || size >= LINE_MAX)
		return -EINVAL;
	if (copy_from_user(line, buffer, size))
		return -EFAULT;
	line[size] = 0;
	if (strlen(line) != size)
		return -EINVAL;
	ret = obey(line);
	return ret ? ret : (ssize_t)size;
}

static int open(struct inode *inode, struct file *file)
{
	return single_open_size(file, show, NULL, PAGE_SIZE);
}

static const struct proc_ops ops = {
	.proc_open = open,
	.proc_read = seq_read,
	.proc_write = write,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
};

int ai_sched_proc_init(void)
{
	return proc_create("ai_scheduler", 0644, NULL, &ops) ? 0 : -ENOMEM;
}

void ai_sched_proc_exit(void)
{
	remove_proc_entry("ai_scheduler", NULL);
}
