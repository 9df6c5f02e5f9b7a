// SPDX-License-Identifier: GPL-2.0-only
/*
 * /dev/ai_mem: arguments in and out, and mappings. Each call is checked whole
 * before any lock is taken.
 */
#include <linux/dma-buf.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/topology.h>

#include "../include/ai_abi.h"
#include "../include/compat.h"
#include "backing.h"
#include "dev.h"
#include "owner.h"
#include "share.h"

static_assert(AI_MEM_SLOT_BITS == AI_SLOT_BITS);

/* A touch brings in as many of the following pages: a batch is one fault. */
#define FAULT_AROUND	64U

/* Handles on their way between user space and the owner. Few live on the stack. */
struct handle_list {
	u64 *at;
	u64 few[64];
};

static int list_init(struct handle_list *list, u32 count)
{
	list->at = list->few;
	if (count > ARRAY_SIZE(list->few)) {
		list->at = kmalloc_array(count, sizeof(u64), GFP_KERNEL);
		if (!list->at)
			return -ENOMEM;
	}
	return 0;
}

static void list_exit(struct handle_list *list)
{
	if (list->at != list->few)
		kfree(list->at);
}

static int list_read(struct handle_list *list, u64 address, u32 count)
{
	int ret = list_init(list, count);

	if (ret)
		return ret;
	if (copy_from_user(list->at, u64_to_user_ptr(address), count * sizeof(u64))) {
		list_exit(list);
		return -EFAULT;
	}
	return 0;
}

static long call_version(struct ai_owner *owner, void __user *uarg)
{
	struct ai_mem_version arg;
	int usize = ai_arg_in(&arg, sizeof(arg), offsetof(struct ai_mem_version, features), uarg);

	if (usize < 0)
		return usize;
	if (arg.flags)
		return -EINVAL;
	arg.major = AI_MEM_ABI_MAJOR;
	arg.minor = AI_MEM_ABI_MINOR;
	arg.features = AI_MEM_FEATURE_DMABUF;
	arg.block_bytes = PAGE_SIZE;
	arg.batch_max = AI_MEM_BATCH_MAX;
	return ai_arg_out(&arg, sizeof(arg), uarg, usize);
}

static int alloc_node(const struct ai_mem_alloc *arg, u32 *node)
{
	const u32 flags = AI_MEM_ALLOC_ZEROED | AI_MEM_ALLOC_RUN | AI_MEM_ALLOC_NODE_ONLY;
	u32 nodes = ai_backing_pool()->nnodes;

	if ((arg->flags & ~flags) || arg->pad || arg->n_done || arg->count == 0 ||
	    arg->count > AI_MEM_BATCH_MAX)
		return -EINVAL;
	if (arg->node > MAX_NUMNODES)
		return -EINVAL;
	*node = ai_backing_node_of_id(arg->node ? (int)arg->node - 1 : numa_node_id());
	if (*node < nodes)
		return 0;
	/* A CPU without memory of its own may take any; a node asked for by name must be there. */
	*node = 0;
	return arg->node ? -EINVAL : 0;
}

static long call_alloc(struct ai_owner *owner, void __user *uarg)
{
	struct ai_mem_alloc arg;
	struct handle_list list;
	u32 node;
	int usize = ai_arg_in(&arg, sizeof(arg), offsetof(struct ai_mem_alloc, node), uarg);
	int ret;

	if (usize < 0)
		return usize;
	ret = alloc_node(&arg, &node);
	if (!ret)
		ret = list_init(&list, arg.count);
	if (ret)
		return ret;
	ret = ai_owner_alloc(owner, node, arg.flags, arg.count, list.at, &arg.n_done);
	if (copy_to_user(u64_to_user_ptr(arg.handles), list.at, arg.n_done * sizeof(u64)) ||
	    ai_arg_out(&arg, sizeof(arg), uarg, usize)) {
		/* The caller can not know these handles: nobody could free them. */
		u32 freed;

		ai_owner_free(owner, 0, list.at, arg.n_done, &freed);
		ret = -EFAULT;
	}
	list_exit(&list);
	return ret;
}

static long call_free(struct ai_owner *owner, void __user *uarg)
{
	struct ai_mem_free arg;
	struct handle_list list;
	int usize = ai_arg_in(&arg, sizeof(arg), sizeof(arg), uarg);
	int ret;

	if (usize < 0)
		return usize;
	if ((arg.flags & ~AI_MEM_FREE_SCRUB) || arg.n_done || arg.count == 0 ||
	    arg.count > AI_MEM_BATCH_MAX)
		return -EINVAL;
	ret = list_read(&list, arg.handles, arg.count);
	if (ret)
		return ret;
	ret = ai_owner_free(owner, arg.flags, list.at, arg.count, &arg.n_done);
	list_exit(&list);
	return ai_arg_out(&arg, sizeof(arg), uarg, usize) ?: ret;
}

void ai_mem_read_stats(struct ai_owner *owner, struct ai_mem_stats *stats)
{
	const struct ai_pool *pool = ai_backing_pool();
	struct ai_mem_counters sum;

	ai_backing_counters(&sum);
	stats->total_blocks = pool->nblocks;
	stats->free_blocks = ai_pool_free_count(pool);
	stats->used_blocks = ai_owners_charged();
	stats->limbo_blocks = ai_limbo_count();
	stats->owners = ai_owners_count();
	stats->allocations = sum.allocations;
	stats->frees = sum.frees;
	stats->failures = sum.failures;
	stats->quota_failures = sum.quota_failures;
	stats->scrubbed = sum.scrubbed;
	stats->exports = ai_share_count();
	stats->file_quota = READ_ONCE(ai_file_quota);
	stats->global_quota = READ_ONCE(ai_global_quota);
	stats->nodes = pool->nnodes;
	stats->fragmentation_permille = ai_pool_fragmentation_permille(pool);
	if (owner) {
		struct ai_owner_view view;

		ai_owner_look(owner, &view);
		stats->file_blocks = view.live;
		stats->file_charged = view.charged;
	}
}

static long call_stats(struct ai_owner *owner, void __user *uarg)
{
	struct ai_mem_stats arg;
	int usize = ai_arg_in(&arg, sizeof(arg), offsetof(struct ai_mem_stats, limbo_blocks), uarg);

	if (usize < 0)
		return usize;
	if (arg.flags)
		return -EINVAL;
	memset(&arg, 0, sizeof(arg));
	ai_mem_read_stats(owner, &arg);
	return ai_arg_out(&arg, sizeof(arg), uarg, usize);
}

/* The number is told before it means anything: an fd that is installed can not be taken back. */
static int install(struct dma_buf *dmabuf, struct ai_mem_export *arg, void __user *uarg,
		   int usize)
{
	int fd = get_unused_fd_flags(O_CLOEXEC);
	int ret = fd;

	if (fd < 0)
		goto put_buffer;
	arg->fd = fd;
	ret = ai_arg_out(arg, sizeof(*arg), uarg, usize);
	if (ret)
		goto put_number;
	fd_install(fd, dmabuf->file);
	return 0;

put_number:
	put_unused_fd(fd);
put_buffer:
	dma_buf_put(dmabuf);
	return ret;
}

static long call_export(struct file *file, void __user *uarg)
{
	struct ai_mem_export arg;
	struct handle_list list;
	struct dma_buf *dmabuf;
	int usize = ai_arg_in(&arg, sizeof(arg), sizeof(arg), uarg);
	int ret;

	if (usize < 0)
		return usize;
	if (arg.flags || arg.fd || arg.count == 0 || arg.count > AI_MEM_BATCH_MAX)
		return -EINVAL;
	/* A dma-buf can be written to, whoever has it. */
	if (!(file->f_mode & FMODE_WRITE))
		return -EACCES;
	ret = list_read(&list, arg.handles, arg.count);
	if (ret)
		return ret;
	dmabuf = ai_share_export(file->private_data, list.at, arg.count);
	list_exit(&list);
	return IS_ERR(dmabuf) ? PTR_ERR(dmabuf) : install(dmabuf, &arg, uarg, usize);
}

static long ai_mem_ioctl(struct file *file, unsigned int cmd, unsigned long value)
{
	void __user *uarg = (void __user *)value;

	switch (cmd) {
	case AI_MEM_VERSION:
		return call_version(file->private_data, uarg);
	case AI_MEM_ALLOC:
		return call_alloc(file->private_data, uarg);
	case AI_MEM_FREE:
		return call_free(file->private_data, uarg);
	case AI_MEM_STATS:
		return call_stats(file->private_data, uarg);
	case AI_MEM_EXPORT:
		return call_export(file, uarg);
	}
	return -ENOTTY;
}

/*
 * Puts the pages in under the owner's lock. FREE takes a handle away under the
 * same lock and unmaps afterwards, so a page is either found there and unmapped
 * or not put in at all. (Returning the page for the core to map would leave a
 * gap between the look-up and the mapping.)
 */
static vm_fault_t ai_mem_fault(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	struct ai_owner *owner = vma->vm_file->private_data;
	unsigned long address = vmf->address & PAGE_MASK;
	unsigned long left = (vma->vm_end - address) >> PAGE_SHIFT;
	unsigned long pages = min_t(unsigned long, FAULT_AROUND, left);
	vm_fault_t result = VM_FAULT_SIGBUS;

	mutex_lock(&owner->lock);
	for (unsigned long i = 0; i < pages; i++) {
		u32 block;
		int ret;

		if (ai_slots_look(&owner->slots, vmf->pgoff + i, &block))
			break;
		ret = vm_insert_page(vma, address + (i << PAGE_SHIFT), ai_backing_page(block));
		if (i > 0 && ret)
			break;
		if (ret == -ENOMEM)
			result = VM_FAULT_OOM;
		/* EBUSY: another thread's fault was faster. */
		if (ret && ret != -EBUSY)
			break;
		result = VM_FAULT_NOPAGE;
	}
	mutex_unlock(&owner->lock);
	return result;
}

static const struct vm_operations_struct ai_mem_vm_ops = {
	.fault = ai_mem_fault,
};

static int ai_mem_mmap(struct file *file, struct vm_area_struct *vma)
{
	int ret;

	if (!(vma->vm_flags & VM_SHARED))
		return -EINVAL;
	if (vma->vm_flags & VM_EXEC)
		return -EPERM;
	ret = ai_owner_has_run(file->private_data, vma->vm_pgoff, vma_pages(vma));
	if (ret)
		return ret;
	ai_vm_flags(vma, VM_MIXEDMAP | VM_DONTEXPAND | VM_DONTDUMP, VM_MAYEXEC);
	vma->vm_ops = &ai_mem_vm_ops;
	return 0;
}

static int ai_mem_open(struct inode *inode, struct file *file)
{
	struct ai_owner *owner;

	if (!ai_may_open(ai_mem_group))
		return -EPERM;
	owner = ai_owner_open(file);
	if (IS_ERR(owner))
		return PTR_ERR(owner);
	file->private_data = owner;
	return 0;
}

static int ai_mem_release(struct inode *inode, struct file *file)
{
	ai_owner_close(file->private_data);
	return 0;
}

static const struct file_operations ai_mem_fops = {
	.owner = THIS_MODULE,
	.open = ai_mem_open,
	.release = ai_mem_release,
	.unlocked_ioctl = ai_mem_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.mmap = ai_mem_mmap,
};

struct ai_owner *ai_mem_owner_of(struct file *file)
{
	return file->f_op == &ai_mem_fops ? file->private_data : NULL;
}

struct miscdevice ai_mem_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "ai_mem",
	.fops = &ai_mem_fops,
	.mode = 0600,
};
