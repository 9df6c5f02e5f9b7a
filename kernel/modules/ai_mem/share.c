// SPDX-License-Identifier: GPL-2.0-only
/*
 * Blocks handed to others: as a dma-buf, which is an object of its own that
 * holds the pages, and as a loan to another module.
 */
#include <linux/dma-buf.h>
#include <linux/dma-mapping.h>
#include <linux/module.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

#include "../include/ai_mem_loan.h"
#include "../include/compat.h"
#include "dev.h"
#include "owner.h"
#include "share.h"

/*
 * The pages of one dma-buf, each with a reference. Never changes after it is
 * made; owned by the dma-buf.
 */
struct ai_share {
	u32 count;
	struct page *pages[];
};

static atomic_t shares = ATOMIC_INIT(0);

u32 ai_share_count(void)
{
	return atomic_read(&shares);
}

static void free_share(struct ai_share *share)
{
	for (u32 i = 0; i < share->count; i++)
		put_page(share->pages[i]);
	kvfree(share);
	atomic_dec(&shares);
}

static struct sg_table *map_share(struct dma_buf_attachment *attachment,
				  enum dma_data_direction direction)
{
	struct ai_share *share = attachment->dmabuf->priv;
	struct sg_table *table = kzalloc(sizeof(*table), GFP_KERNEL);
	int ret;

	if (!table)
		return ERR_PTR(-ENOMEM);
	ret = sg_alloc_table_from_pages(table, share->pages, share->count, 0,
					(unsigned long)share->count << PAGE_SHIFT, GFP_KERNEL);
	if (ret)
		goto free_table;
	ret = dma_map_sgtable(attachment->dev, table, direction, 0);
	if (ret)
		goto free_entries;
	return table;

free_entries:
	sg_free_table(table);
free_table:
	kfree(table);
	return ERR_PTR(ret);
}

static void unmap_share(struct dma_buf_attachment *attachment, struct sg_table *table,
			enum dma_data_direction direction)
{
	dma_unmap_sgtable(attachment->dev, table, direction, 0);
	sg_free_table(table);
	kfree(table);
}

static int mmap_share(struct dma_buf *dmabuf, struct vm_area_struct *vma)
{
	struct ai_share *share = dmabuf->priv;

	if (!(vma->vm_flags & VM_SHARED) || (vma->vm_flags & VM_EXEC))
		return -EINVAL;
	ai_vm_flags(vma, VM_DONTEXPAND | VM_DONTDUMP, VM_MAYEXEC);
	return vm_map_pages(vma, share->pages, share->count);
}

static void release_share(struct dma_buf *dmabuf)
{
	free_share(dmabuf->priv);
}

static const struct dma_buf_ops share_ops = {
	.map_dma_buf = map_share,
	.unmap_dma_buf = unmap_share,
	.mmap = mmap_share,
	.release = release_share,
};

struct dma_buf *ai_share_export(struct ai_owner *owner, const u64 *handles, u32 count)
{
	DEFINE_DMA_BUF_EXPORT_INFO(info);
	struct ai_share *share;
	struct dma_buf *dmabuf;
	int ret;

	share = kvzalloc(struct_size(share, pages, count), GFP_KERNEL_ACCOUNT);
	if (!share)
		return ERR_PTR(-ENOMEM);
	ret = ai_owner_get_pages(owner, handles, count, share->pages);
	if (ret) {
		kvfree(share);
		return ERR_PTR(ret);
	}
	share->count = count;
	atomic_inc(&shares);

	info.ops = &share_ops;
	info.size = (size_t)count << PAGE_SHIFT;
	info.flags = O_RDWR | O_CLOEXEC;
	info.priv = share;
	dmabuf = dma_buf_export(&info);
	if (IS_ERR(dmabuf))
		free_share(share);
	return dmabuf;
}

struct page *ai_mem_borrow(int fd, u64 handle, bool write)
{
	struct ai_owner *owner;
	struct page *page;
	struct file *file = fget(fd);
	int ret;

	if (!file)
		return ERR_PTR(-EBADF);
	owner = ai_mem_owner_of(file);
	if (!owner)
		ret = -EBADF;
	else if (write && !(file->f_mode & FMODE_WRITE))
		ret = -EACCES;
	else
		ret = ai_owner_get_pages(owner, &handle, 1, &page);
	fput(file);
	return ret ? ERR_PTR(ret) : page;
}
EXPORT_SYMBOL_GPL(ai_mem_borrow);

void ai_mem_return(struct page *page)
{
	put_page(page);
}
EXPORT_SYMBOL_GPL(ai_mem_return);

AI_IMPORT_DMA_BUF;
