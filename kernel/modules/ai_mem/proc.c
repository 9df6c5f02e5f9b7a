// SPDX-License-Identifier: GPL-2.0-only
/* /proc/ai_memory: figures are copied first, then written; no lock is held over the writing. */
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

#include "backing.h"
#include "dev.h"
#include "owner.h"

#define OWNERS_SHOWN	24U

static void show_owners(struct seq_file *m)
{
	struct ai_owner_view views[OWNERS_SHOWN];
	u32 n = ai_owners_view(views, OWNERS_SHOWN);

	for (u32 i = 0; i < n; i++)
		seq_printf(m, "owner: pid=%d blocks=%u charged=%u\n", views[i].tgid,
			   views[i].live, views[i].charged);
}

static int show(struct seq_file *m, void *unused)
{
	const struct ai_pool *pool = ai_backing_pool();
	struct ai_mem_stats stats = {};

	ai_mem_read_stats(NULL, &stats);
	seq_printf(m, "version: %d.%d\n", AI_MEM_ABI_MAJOR, AI_MEM_ABI_MINOR);
	seq_printf(m, "block_bytes: %lu\n", PAGE_SIZE);
	seq_printf(m, "total_blocks: %llu\n", stats.total_blocks);
	seq_printf(m, "free_blocks: %llu\n", stats.free_blocks);
	seq_printf(m, "used_blocks: %llu\n", stats.used_blocks);
	seq_printf(m, "limbo_blocks: %llu\n", stats.limbo_blocks);
	for (u32 node = 0; node < pool->nnodes; node++)
		seq_printf(m, "node%d_free_blocks: %u\n", ai_backing_node_id(node),
			   READ_ONCE(pool->nodes[node].top));
	seq_printf(m, "owners: %llu\n", stats.owners);
	seq_printf(m, "exports: %llu\n", stats.exports);
	seq_printf(m, "allocations: %llu\n", stats.allocations);
	seq_printf(m, "frees: %llu\n", stats.frees);
	seq_printf(m, "failures: %llu\n", stats.failures);
	seq_printf(m, "quota_failures: %llu\n", stats.quota_failures);
	seq_printf(m, "scrubbed_blocks: %llu\n", stats.scrubbed);
	seq_printf(m, "fragmentation_permille: %u\n", stats.fragmentation_permille);
	seq_printf(m, "file_quota_blocks: %llu\n", stats.file_quota);
	seq_printf(m, "global_quota_blocks: %llu\n", stats.global_quota);
	/* Figures are for everybody, who has what is for the administrator. */
	if (file_ns_capable(m->file, &init_user_ns, CAP_SYS_ADMIN))
		show_owners(m);
	return 0;
}

static int open(struct inode *inode, struct file *file)
{
	return single_open_size(file, show, NULL, PAGE_SIZE);
}

static const struct proc_ops ops = {
	.proc_open = open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
};

int ai_mem_proc_init(void)
{
	return proc_create("ai_memory", 0444, NULL, &ops) ? 0 : -ENOMEM;
}

void ai_mem_proc_exit(void)
{
	remove_proc_entry("ai_memory", NULL);
}
