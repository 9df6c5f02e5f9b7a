// SPDX-License-Identifier: GPL-2.0-only
/* ai_scheduler: boosts that end by themselves, for /dev/ai_scheduler. */
#include <linux/miscdevice.h>
#include <linux/module.h>

#include "dev.h"
#include "lease.h"

module_param_named(max_seconds, ai_max_seconds, uint, 0644);
MODULE_PARM_DESC(max_seconds, "Longest lease in seconds, 1 to 86400 (3600)");

module_param_named(allow_fifo, ai_allow_fifo, bool, 0644);
MODULE_PARM_DESC(allow_fifo, "Allow leases of SCHED_FIFO to CAP_SYS_NICE (no)");

module_param_named(starved_permille, ai_starved_permille, uint, 0644);
MODULE_PARM_DESC(starved_permille, "At or below this utilisation only those who feed a device are boosted (300)");

module_param_named(busy_permille, ai_busy_permille, uint, 0644);
MODULE_PARM_DESC(busy_permille, "At or above this utilisation only those who wait for a device are boosted (700)");

int ai_sched_group = -1;
module_param_named(group, ai_sched_group, int, 0444);
MODULE_PARM_DESC(group, "Group id that may open /dev/ai_scheduler besides CAP_SYS_ADMIN (-1: none)");

static int __init ai_scheduler_init(void)
{
	int ret;

	ret = ai_lease_init();
	if (ret)
		return ret;
	ret = ai_sched_proc_init();
	if (ret)
		goto exit_lease;
	/* The group check is in open(): the node only has to let everybody reach it. */
	if (ai_sched_group >= 0)
		ai_sched_misc.mode = 0666;
	ret = misc_register(&ai_sched_misc);
	if (ret)
		goto exit_proc;
	return 0;

exit_proc:
	ai_sched_proc_exit();
exit_lease:
	ai_lease_exit();
	return ret;
}

static void __exit ai_scheduler_exit(void)
{
	misc_deregister(&ai_sched_misc);
	ai_sched_proc_exit();
	ai_lease_exit();
}

module_init(ai_scheduler_init);
module_exit(ai_scheduler_exit);

MODULE_DESCRIPTION("Boost leases for Nightjar");
MODULE_LICENSE("GPL");
MODULE_VERSION("1.0");
