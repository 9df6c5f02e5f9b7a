// SPDX-License-Identifier: GPL-2.0-only
/* ai_mem: a pinned pool of blocks for /dev/ai_mem. */
#include <linux/miscdevice.h>
#include <linux/module.h>

#include "backing.h"
#include "dev.h"
#include "owner.h"

static unsigned int pool_mib = 256;
module_param(pool_mib, uint, 0444);
MODULE_PARM_DESC(pool_mib, "Size of the pool on each NUMA node in MiB (256)");

module_param_named(file_quota_blocks, ai_file_quota, uint, 0644);
MODULE_PARM_DESC(file_quota_blocks, "Most blocks that one open file may be charged for, 0 for no limit (0)");

module_param_named(global_quota_blocks, ai_global_quota, uint, 0644);
MODULE_PARM_DESC(global_quota_blocks, "Most blocks that all files together may be charged for, 0 for no limit (0)");

module_param_named(cache_blocks, ai_cache_blocks, uint, 0644);
MODULE_PARM_DESC(cache_blocks, "Freed blocks that a file keeps for itself, at most 4096 (256)");

int ai_mem_group = -1;
module_param_named(group, ai_mem_group, int, 0444);
MODULE_PARM_DESC(group, "Group id that may open /dev/ai_mem besides CAP_SYS_ADMIN (-1: none)");

static int __init ai_mem_init(void)
{
	int ret;

	ret = ai_backing_init(pool_mib);
	if (ret)
		return ret;
	ret = ai_mem_proc_init();
	if (ret)
		goto exit_backing;
	/* The group check is in open(): the node only has to let everybody reach it. */
	if (ai_mem_group >= 0)
		ai_mem_misc.mode = 0666;
	ret = misc_register(&ai_mem_misc);
	if (ret)
		goto exit_proc;
	return 0;

exit_proc:
	ai_mem_proc_exit();
exit_backing:
	ai_backing_exit();
	return ret;
}

static void __exit ai_mem_exit(void)
{
	misc_deregister(&ai_mem_misc);
	ai_mem_proc_exit();
	ai_backing_exit();
}

module_init(ai_mem_init);
module_exit(ai_mem_exit);

MODULE_DESCRIPTION("Pinned memory pool for Nightjar");
MODULE_LICENSE("GPL");
MODULE_VERSION("1.0");
